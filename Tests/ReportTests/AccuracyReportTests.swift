import Accuracy
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
    let tables = [[], ["gpu"]].map { ErrorTable(predictions, by: $0) }
    #expect(
      AccuracyReport.text(tables) == """
        all rows  rows  unsupported  median  mean   bias
                     1            1    25.0  25.0  +25.0

        gpu   rows  unsupported  median  mean   bias
        A100     0            1       -     -      -
        H100     1            0    25.0  25.0  +25.0

        Errors are of the measured value, in %; bias is the median of predicted over
        measured less one. Rows that are not predicted say why in predictions.csv.

        """)
  }
}
