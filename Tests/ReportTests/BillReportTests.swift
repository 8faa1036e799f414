import Impact
import Report
import ServingSim
import SimKernel
import Testing

@Suite struct BillReportTests {
  static func run() -> FinishedRun {
    var run = RunFileTests.run()
    run.replicas[0].meter = Fixtures.meter
    return run
  }

  static var plan: ImpactPlan {
    ImpactPlan(
      facility: Sourced(PowerUsageEffectiveness(1.5), source: "a test"),
      grid: Sourced(StepSeries(constant: 400), source: "a test"), price: .catalogue)
  }

  @Test func `a run from its file is billed to the same bits`() throws {
    let run = Self.run()
    let again = try RunFileTests.read(try RunFileTests.bytes(run))
    let bill = Bill(run, plan: Self.plan)
    #expect(BillJSON.render(Bill(again, plan: Self.plan)) == BillJSON.render(bill))
    #expect(BillText.render(Bill(again, plan: Self.plan)) == BillText.render(bill))
  }

  @Test func `what is known is shown, the rest is said to be missing`() {
    let text = BillText.render(Bill(Self.run(), plan: Self.plan))
    #expect(text.contains("(accelerators with their share of the facility)"))
    #expect(text.contains("CO2e operational (location-based)\n"))
    #expect(text.contains("\nPhase "))
    #expect(text.contains("impact.host is not stated: accelerators alone"))
    #expect(!text.contains("SCI") && !text.contains("Water "))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `unknown is null`() {
    let json = BillJSON.render(Bill(Self.run(), plan: ImpactPlan()))
    #expect(json.contains("\"operational_gco2e\": null"))
    #expect(json.contains("\"cost_low\": null"))
    #expect(json.contains("\"boundary\": \"accelerators\""))
    #expect(!json.contains("\"energy_j\": null"))
  }

  @Test func `the windows add up in the file`() throws {
    let bill = Bill(Self.run(), plan: Self.plan)
    var text = ""
    try BillCSV.write(bill) { text += String(decoding: $0, as: UTF8.self) }
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "operational_gco2e"))
    let sum = rows.dropFirst().compactMap { Double($0[column]) }.reduce(0, +)
    #expect(abs(sum - bill.total[.operationalCarbon]) <= 1e-12 * sum)
    #expect(rows.count == bill.windows.count + 1)
  }
}
