import Accuracy
import Testing

struct ErrorSummaryTests {
  private func prediction(
    _ predicted: Double?, of measured: Double, gpu: String = "H100", engine: String = "vllm",
    kind: String? = nil
  ) -> Prediction {
    var keys = ["family": "energy", "gpu": gpu, "engine": engine, "tier": "B"]
    keys["kind"] = kind
    return Prediction(
      row: MeasuredRow(
        caseID: "c", caseIndex: 0, metric: "ttft_mean", value: measured, keys: keys),
      predicted: predicted, reason: "")
  }

  @Test func `errors are medians, means and a bias`() {
    let summary = ErrorSummary(
      group: ["x"],
      of: [
        prediction(150, of: 100), prediction(90, of: 100), prediction(80, of: 100),
        prediction(nil, of: 100), prediction(100, of: 100),
      ])
    #expect(summary.predicted == 4 && summary.unsupported == 1)
    // 0, 10, 20 and 50 %; signed -20, -10, 0 and +50 %.
    #expect(abs((summary.medianError ?? 0) - 0.15) < 1e-12)
    #expect(abs((summary.meanError ?? 0) - 0.2) < 1e-12)
    #expect(abs((summary.bias ?? 0) + 0.05) < 1e-12)
  }

  @Test func `nothing predicted has no errors`() {
    let summary = ErrorSummary(group: [], of: [prediction(nil, of: 1)])
    #expect(summary.medianError == nil && summary.meanError == nil && summary.bias == nil)
    #expect(summary.predicted == 0 && summary.unsupported == 1)
  }

  @Test func `groups are in the order of their names`() {
    let predictions = [
      prediction(1, of: 1, gpu: "H200"), prediction(1, of: 1, gpu: "A100"),
      prediction(2, of: 1, gpu: "H200"),
    ]
    let table = ErrorTable(predictions, by: ["gpu"])
    #expect(table.rows.map(\.group) == [["A100"], ["H200"]])
    #expect(table.rows.map(\.predicted) == [1, 2])
  }

  @Test func `spellings of one engine are one group`() {
    let predictions = [
      prediction(1, of: 1, engine: "trtllm"), prediction(1, of: 1, engine: "TensorRT-LLM 0.17"),
    ]
    let table = ErrorTable(predictions, by: ["family", "metric", "engine"])
    #expect(table.rows.map(\.group) == [["energy", "ttft_mean", "tensorrt-llm"]])
  }

  @Test func `columns of few values get a table of their own`() {
    let many = (0...20).map { prediction(1, of: 1, kind: "\($0)") }
    func columns(_ predictions: [Prediction]) -> [[String]] {
      ErrorTable.all(predictions, extraColumns: ["kind"]).map(\.columns)
    }
    let usual = [[], ["family", "metric", "engine"], ["gpu"], ["tier"]]
    #expect(columns(many) == usual)
    #expect(columns(Array(many.dropLast())) == usual + [["kind"]])
  }
}
