import Foundation
import ServingTestSupport
import Testing

/// Figures that a page's sentences repeat of a run, against the run.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct FiguresInProseTests {
  struct Sentence: CustomTestStringConvertible {
    var page: String
    var example: String
    var settings: [String] = []
    /// Keys of report.json whose values are added up.
    var keys: [String]
    /// What one of the page's units is in the report's.
    var unit = 1.0
    var digits = 0
    /// `{}` stands for the figure.
    var text: String

    var testDescription: String { "\(page): \(text)" }
  }

  private static let policies = "Docs/PowerAndCarbonPolicies.md"
  private static let bills = "Docs/EnergyCarbonWaterAndCost.md"
  private static let energy = ["impact.total.energy_j"]
  private static let served = [
    "impact.phases.prefill.operational_gco2e", "impact.phases.decode.operational_gco2e",
  ]
  private static let idle = ["impact.phases.idle.operational_gco2e"]
  private static let carbon = ["impact.total.operational_gco2e"]

  private static let sentences = [
    Sentence(
      page: policies, example: "17-power-down",
      settings: ["router=least_outstanding", "fleet.power_down.minimum=4", "impact.grid=DEU"],
      keys: energy, unit: 3600, text: "the accelerators take {} Wh in this example"),
    Sentence(
      page: policies, example: "17-power-down",
      settings: ["fleet.power_down.minimum=4", "impact.grid=DEU"], keys: energy, unit: 3600,
      text: "{} Wh with `consolidate` and all replicas on"),
    Sentence(
      page: policies, example: "17-power-down", settings: ["impact.grid=DEU"], keys: energy,
      unit: 3600, text: "and {} Wh as"),
    Sentence(
      page: policies, example: "18-batch-shift", keys: served,
      text: "Prefill and decode of this run emit {} g"),
    Sentence(
      page: policies, example: "18-batch-shift", settings: ["shift.policy=immediate"],
      keys: served, text: "and {} g with `--set shift.policy=immediate`"),
    Sentence(page: policies, example: "18-batch-shift", keys: idle, text: "idle time {} g in"),
    Sentence(
      page: policies, example: "18-batch-shift", settings: ["shift.policy=immediate"],
      keys: idle, text: "and {} g in 24."),
    Sentence(
      page: bills, example: "14-greener-at-night", keys: carbon, unit: 10,
      text: "emit about {}0 g from midnight"),
    Sentence(
      page: bills, example: "14-greener-at-night",
      settings: ["impact.start=2026-06-21T12:00:00Z"], keys: carbon, unit: 10,
      text: "{}0 g from noon"),
    Sentence(
      page: bills, example: "14-greener-at-night",
      settings: ["impact.start=2026-06-21T18:00:00Z"], keys: carbon, unit: 10,
      text: "{}0 g from six in the evening"),
    Sentence(
      page: bills, example: "15-idle-replica", settings: ["fleet.replicas=1"], keys: energy,
      unit: 3.6e6, digits: 2, text: "takes the hour from {} to"),
    Sentence(
      page: bills, example: "15-idle-replica", keys: energy, unit: 3.6e6, digits: 2,
      text: "to {} kWh"),
  ]

  @Test(arguments: sentences) func `a sentence has the run's figure`(sentence: Sentence) throws {
    let result = try Program.run(
      [
        "simulate", "\(SharedData.repository)/Examples/\(sentence.example).yaml", "--format",
        "json",
      ]
        + sentence.settings.flatMap { ["--set", $0] })
    #expect(result.code == 0, "\(result.problems)")
    let report = try JSONSerialization.jsonObject(with: Data(result.out.utf8))
    let values = try sentence.keys.map { try #require(Self.value($0, of: report), "\($0)") }
    let figure = String(
      format: "%.\(sentence.digits)f", values.reduce(0, +) / sentence.unit)
    let text = try Page(sentence.page).text.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let expected = sentence.text.replacingOccurrences(of: "{}", with: figure)
    #expect(text.contains(expected), "the run says: \(expected)")
  }

  private static func value(_ path: String, of report: Any) -> Double? {
    path.split(separator: ".").reduce(report as Any?) { node, key in
      (node as? [String: Any])?[String(key)]
    } as? Double
  }
}
