import Foundation
import Impact
import SimKernel
import Testing

@testable import Scenarios

@Suite(.timeLimit(.minutes(30))) struct ImpactPlannerTests {
  private func impact(_ text: String, folder: String = "") throws -> ImpactPlan {
    try #require(try Self.load(text, folder: folder).impact)
  }

  private static func load(_ impact: String, folder: String = "") throws -> LoadedScenario {
    let text = small() + "\nimpact: \(impact)\n"
    return try ScenarioLoader.load(
      SourceFile(name: "s.yaml", text: text, folder: folder), overrides: [])
  }

  private func problems(_ impact: String, folder: String = "") -> [String] {
    do {
      _ = try Self.load(impact, folder: folder)
      return []
    } catch let issues as ScenarioIssues {
      return issues.issues.map { issue in
        let path = issue.path.isEmpty ? "" : issue.path + ": "
        return path + issue.message
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `without impact nothing is billed`() throws {
    let loaded = try ScenarioLoader.load(
      SourceFile(name: "s.yaml", text: small(), folder: ""), overrides: [])
    #expect(loaded.impact == nil)
  }

  @Test func `every field arrives`() throws {
    let plan = try impact(
      """
      {grid: DEU, market_grid: 30 g/kWh, pue: 1.2, host: 8-accelerators, currency: EUR,
       water: {site: 0.3 L/kWh, source: catalogue}, price: [1.5, 3], tariff: 0.15,
       embodied: {lifetime: 4 y, accelerator: [100 kg, 0.3 t], host: catalogue},
       power: [fitted, linear, {curve: asymptotic, a: 0.3}], functional_unit: million_tokens}
      """)
    #expect(plan.grid?.value.values == [380.95])
    #expect(plan.grid?.source.hasPrefix("Germany 2023: life-cycle") == true)
    #expect(plan.marketIntensity?.value == 30 && plan.facility?.value.value(load: 0.5) == 1.2)
    #expect(plan.host?.value.idle == 1150 && plan.currency == "EUR")
    #expect(plan.water.site?.value == 0.3 && plan.water.source?.value == 1.947)
    #expect(plan.tariff?.value.values == [0.15] && plan.functionalUnit == .millionTokens)
    #expect(plan.embodied?.accelerator?.value == Interval(100, 300))
    #expect(plan.embodied?.host?.value == Interval(712.5, 712.5))
    #expect(
      plan.power == [
        .fitted, .curve(PowerCurve(.linear)), .curve(PowerCurve(.asymptotic(a: 0.3, dvfs: true))),
      ])
    guard case .rent(let rent) = plan.price else {
      Issue.record("no rent")
      return
    }
    #expect(rent.value == Interval(1.5, 3))
  }

  @Test func `what is wrong is named, all at once`() {
    #expect(
      problems("{grid: DEW, price: -2, pue: 0.9, host: big, tariff: cheap}") == [
        "impact.pue: found \"0.9\"; expected a number from 1, or a list of {load, pue}",
        "impact.host: found \"big\"; expected one of 8-accelerators, 2-accelerators, or a mapping",
        "impact.price: found \"-2\"; expected catalogue, a price of one accelerator-hour like 2.5, "
          + "or [least, most]",
      ])
    let later = problems("{grid: DEW, tariff: cheap}")
    #expect(later.count == 2)
    #expect(later[0].hasPrefix("impact.grid: no country \"DEW\" in the catalogue; expected a code"))
    #expect(
      later[1]
        == "impact.tariff: found \"cheap\"; expected a price of one kWh from 0, or {trace: FILE}")
    #expect(problems("{price: 2, ownership: {capex: 1, lifetime: 4 y}}").count == 1)
    #expect(problems("{power: {curve: asymptotic}}").first?.contains("above 0") == true)
    #expect(problems("{pue: [{load: 0.5, pue: 1.2}, {load: 0.5, pue: 1.1}]}").count == 1)
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)/"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: folder + "grid.csv", atomically: true, encoding: .utf8)
    try body(folder)
  }

  @Test func `a file is read from the run's start`() throws {
    try withFile(
      """
      timestamp,carbon_intensity
      2026-01-01T00:00:00Z,100
      2026-01-01T01:00:00Z,200
      2026-01-01T03:00:00+01:00,300

      """
    ) { folder in
      let plan = try impact(
        "{grid: {trace: grid.csv}, start: 2026-01-01T01:30:00Z}", folder: folder)
      let grid = try #require(plan.grid?.value)
      #expect(grid.value(at: 0) == 200 && grid.value(at: 1_800_000) == 300)
      #expect(grid.covers(from: -5_400_000, to: 5_400_000))
      #expect(!grid.covers(from: 0, to: 5_400_001))
      #expect(problems("{grid: {trace: grid.csv}}", folder: folder).count == 1)
    }
  }

  @Test func `gaps and nonsense in a file are named by line`() throws {
    try withFile(
      """
      timestamp,carbon_intensity
      2026-01-01T00:00:00Z,100
      2026-01-01T01:00:00Z,200
      2026-01-01T02:00:00Z,200
      2026-01-01T04:00:00Z,-3
      2026-01-01T05:00:00Z,200
      2026-01-01T06:00:00Z,200
      noon,100

      """
    ) { folder in
      let found = problems("{grid: {trace: grid.csv}, start: 2026-01-01T00:00:00Z}", folder: folder)
      #expect(found.count == 3)
      #expect(found.contains("carbon_intensity: found \"-3\"; expected a number from 0"))
      #expect(found.contains { $0.hasPrefix("a gap: 10800.0 s after the row above") })
    }
  }
}
