import FoundationEssentials
import Report
import ServingModel
import ServingSim
import Testing

struct ExpectedErrorsReportTests {
  private static let errors = [
    ExpectedError(.measured, .ttft, median: 0.31, ninetieth: 0.62),
    ExpectedError(.measured, .tpot, median: 0.09, ninetieth: 0.27),
    ExpectedError(.measured, .throughput, median: 0.05, ninetieth: 0.1),
  ]
  private static let calibrated = CalibrationStanding(
    profile: "ours", status: .measured, errors: errors)
  private static let transferred = CalibrationStanding(
    profile: "ours", status: .newAccelerator,
    errors: [ExpectedError(.newAccelerator, .tpot, median: 0.2, ninetieth: 0.25)])

  private func metrics(_ standings: [CalibrationStanding?]) -> Metrics {
    var (plan, recording) = Fixtures.small()
    while plan.replicas.count < standings.count {
      plan.replicas.append(Fixtures.replica(group: "group \(plan.replicas.count)"))
      recording.replicas.append(Fixtures.idle())
    }
    for (i, standing) in standings.enumerated() { plan.replicas[i].calibration = standing }
    return Metrics(FinishedRun(plan: plan, recording: recording))
  }

  @Test func `latencies have their expected errors beside them, and what those mean once`() {
    let text = TextReport.render(metrics([Self.calibrated]))
    #expect(
      text.contains(
        """
        Latency         mean    p50    p90    p95    p99    max    +-
        TTFT (ms)      150.0  100.0  260.0  280.0  296.0  300.0  31 %
        ITL (ms)       100.0  100.0  100.0  100.0  100.0  100.0
        TPOT (ms)      100.0  100.0  100.0  100.0  100.0  100.0   9 %
        E2E (s)        1.150  1.100  2.060  2.180  2.276  2.300
        Queueing (ms)  33.33      0  80.00  90.00  98.00  100.0
        +-: half of such predictions of means and medians are within this share of what
        is measured; nine of ten within TTFT 62 %, TPOT 27 %.

        """))
  }

  @Test func `a fleet is as uncertain as its most uncertain group`() {
    let two = metrics([Self.calibrated, Self.transferred])
    #expect(two.expectedError(of: .tpot) == ErrorInterval(median: 0.2, ninetieth: 0.27))
    #expect(two.expectedError(of: .ttft) == nil)
    #expect(metrics([Self.calibrated, .uncalibrated]).expectedError(of: .tpot) == nil)
    #expect(metrics([Self.calibrated, nil]).expectedError(of: .tpot) == nil)
    #expect(!TextReport.render(metrics([.uncalibrated])).contains("+-"))
  }

  @Test func `groups of another standing are told apart`() {
    let two = metrics([Self.calibrated, Self.transferred, Self.calibrated])
    #expect(two.stepTimes.map(\.groups) == [["h100", "group 2"], ["group 1"]])
    let text = TextReport.render(two)
    #expect(text.contains("\nStep time   h100, group 2: roofline; not calibrated"))
    #expect(text.contains("\nStep time   group 1: roofline; not calibrated"))
  }

  @Test func `report.json has them by group and for the fleet`() throws {
    struct Report: Decodable {
      struct Interval: Decodable, Equatable {
        var median: Double
        var ninetieth: Double
      }
      struct Calibration: Decodable {
        var profile: String?
        var status: String
        var expected_error: [String: Interval?]
      }
      struct StepTime: Decodable {
        var groups: [String]
        var calibration: Calibration?
      }
      struct Latency: Decodable { var expected_error: Interval? }
      var step_time: [StepTime]
      var latency: [String: Latency]
    }
    let text = JSONReport.render(metrics([Self.calibrated, .uncalibrated, nil]))
    let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    #expect(report.step_time.map(\.groups) == [["h100"], ["group 1"], ["group 2"]])
    #expect(report.step_time.map { $0.calibration?.status } == ["measured", "uncalibrated", nil])
    #expect(report.step_time.map { $0.calibration?.profile } == ["ours", nil, nil])
    let tpot = report.step_time[0].calibration?.expected_error["tpot"] ?? nil
    #expect(tpot == Report.Interval(median: 0.09, ninetieth: 0.27))
    #expect(report.latency["tpot"]?.expected_error == nil)
    let alone = try JSONDecoder().decode(
      Report.self, from: Data(JSONReport.render(metrics([Self.calibrated])).utf8))
    #expect(alone.latency["ttft"]?.expected_error == Report.Interval(median: 0.31, ninetieth: 0.62))
    #expect(alone.latency["itl"]?.expected_error == nil)
  }
}
