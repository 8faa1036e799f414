import Accuracy
import ServingModel
import Testing

@testable import Report

struct AccuracyReportTests {
  private let predictions = [
    Prediction(
      row: MeasuredRow(
        caseID: "a", caseIndex: 0, metric: "ttft_mean", value: 200,
        keys: ["gpu": "H100", "family": "open_loop", "engine": "vllm", "source": "a, \"b\""]),
      predicted: 250, reason: "x; y"),
    Prediction(
      row: MeasuredRow(
        caseID: "b", caseIndex: nil, metric: "m", value: nil, keys: ["gpu": "A100"]),
      predicted: nil, reason: "wrong"),
  ]

  @Test func `predictions are rows with their columns`() {
    #expect(
      PredictionsCSV.text(predictions, keyColumns: ["gpu", "source"]) == """
        case_id,metric,measured,predicted,ape,status,reason,gpu,source
        a,ttft_mean,200.000,250.000,25.0000,ok,x; y,H100,"a, ""b\"""
        b,m,,,,unsupported,wrong,A100,

        """)
  }

  @Test func `predictions are JSON with null for what is not there`() {
    let json = AccuracyReport.json(Array(predictions.dropFirst()), keyColumns: ["gpu", "tier"])
    #expect(
      json == """
        {
          "predictions": [
            {
              "case_id": "b",
              "metric": "m",
              "measured": null,
              "predicted": null,
              "ape": null,
              "status": "unsupported",
              "reason": "wrong",
              "gpu": "A100",
              "tier": null
            }
          ]
        }

        """)
  }

  @Test func `summaries are tables`() {
    let report = AccuracyReport(
      tables: [[], ["gpu"]].map { ErrorTable(predictions, by: $0) }, of: predictions)
    #expect(
      report.text == """
        all rows  rows  unsupported  median  mean   bias
                     1            1    25.0  25.0  +25.0

        gpu   rows  unsupported  median  mean   bias
        A100     0            1       -     -      -
        H100     1            0    25.0  25.0  +25.0

        rows not predicted, and why
        1  wrong

        Errors are of the measured value, in %; bias is the median of predicted over
        measured less one.

        """)
  }

  /// Of a mean time to first token, expected within 10 and 40 %.
  private func prediction(_ predicted: Double?, family: String, reason: String = "") -> Prediction {
    Prediction(
      row: MeasuredRow(
        caseID: "a", caseIndex: 0, metric: "ttft_mean", value: 100, keys: ["family": family]),
      predicted: predicted, reason: reason,
      expected: ExpectedError(.measured, .ttft, median: 0.1, ninetieth: 0.4))
  }

  @Test func `what swinging steps make of a prediction widens its intervals`() {
    // 100 was measured. A prediction of 90 is 10 % off, one of 60 is 40 %.
    func coverage(_ half: [Double], _ ninetieth: [Double]) -> [Int] {
      var far = prediction(50, family: "open_loop")
      far.swings = StepSwings(half: half, ninetieth: ninetieth)
      return IntervalCoverage.all([far]).first.map { [$0.half, $0.ninetieth] } ?? []
    }
    #expect(coverage([], []) == [0, 0])
    #expect(coverage([55, 45], [70, 40]) == [0, 1])
    #expect(coverage([91, 45], [300, 9]) == [1, 1])
    #expect(coverage([89, 30], [59, 9]) == [0, 0])
  }

  @Test func `coverage counts predictions within their own intervals, by family`() {
    let report = AccuracyReport(
      tables: [],
      of: [
        prediction(105, family: "open_loop"), prediction(90, family: "open_loop"),
        prediction(130, family: "open_loop"), prediction(150, family: "energy"),
        prediction(nil, family: "energy"), predictions[0],
      ])
    #expect(
      report.text.hasPrefix(
        """

        in the stated interval of  rows  50 %   90 %
        all rows                      4  50.0   75.0
        energy                        1   0.0    0.0
        open_loop                     3  66.7  100.0
        """), "\(report.text)")
    #expect(report.json.contains(#""family": "open_loop""#))
    #expect(report.json.contains(#""in_50": 2"#) && report.json.contains(#""in_90": 3"#))
  }

  @Test func `reasons that differ by names and numbers are one kind`() {
    let reasons = [
      #"no model "x-7b" in the catalogue; nearest is a"#, "a thing that is not modelled",
      #"no model "y-70b" in the catalogue; nearest is b"#,
      #"no model "x-7b" in the catalogue; nearest is a"#,
    ]
    let report = AccuracyReport(
      tables: [], of: reasons.map { prediction(nil, family: "energy", reason: $0) })
    #expect(
      report.text.hasPrefix(
        """

        rows not predicted, and why
        3  no model "x-7b" in the catalogue; nearest is a (and 1 others like it)
        1  a thing that is not modelled
        """), "\(report.text)")
  }
}
