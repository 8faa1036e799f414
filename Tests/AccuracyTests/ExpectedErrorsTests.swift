import Accuracy
import ServingModel
import Testing

struct ExpectedErrorsTests {
  private func subject(_ engine: String, _ gpu: String, _ model: String) throws
    -> CalibrationSubject
  {
    let model = try #require(Models.named(model))
    return CalibrationSubject(
      model: model, accelerator: try #require(Accelerators.named(gpu)),
      parallelism: Parallelism(), precision: .native(to: model), engine: engine)
  }

  /// Rows of `metric` on case `index`, off by 1 %, 2 % ... of what was measured.
  private func predictions(
    _ count: Int, of metric: String = "tpot_mean", case index: Int
  ) -> [Prediction] {
    (1...count).map {
      Prediction(
        row: MeasuredRow(caseID: "c", caseIndex: index, metric: metric, value: 100, keys: [:]),
        predicted: 100 + Double($0), reason: "")
    }
  }

  @Test func `new models on known pairs are calibrated, new accelerators transferred`() throws {
    // Two models on one pair, and one model on another pair.
    let subjects = [
      try subject("vllm", "h100-sxm", "llama-3.1-8b"),
      try subject("vllm", "h100-sxm", "llama-3.1-70b"), try subject("vllm", "l4", "llama-3.1-8b"),
    ]
    let errors = ExpectedErrors.all(
      withoutModel: predictions(10, case: 0) + predictions(10, case: 1)
        + predictions(50, case: 2),
      withoutAccelerator: predictions(30, case: 0) + predictions(20, case: 2),
      subject: { subjects[$0] })
    #expect(
      errors == [
        ExpectedError(.calibrated, .tpot, median: 0.05, ninetieth: 0.09),
        ExpectedError(.transferred, .tpot, median: 0.13, ninetieth: 0.25),
      ])
  }

  @Test func `tails, odd metrics and a handful of rows tell nothing`() throws {
    let subject = try subject("vllm", "h100-sxm", "llama-3.1-8b")
    let rows =
      predictions(20, of: "tpot_p99", case: 0) + predictions(20, of: "prefill_batch", case: 0)
      + predictions(20, of: "happiness", case: 0) + predictions(9, of: "ttft_median", case: 0)
      + predictions(5, of: "e2e_mean", case: 0) + predictions(5, of: "e2e_batch", case: 0)
    let errors = ExpectedErrors.all(
      withoutModel: [], withoutAccelerator: rows, subject: { _ in subject })
    #expect(errors == [ExpectedError(.transferred, .e2e, median: 0.03, ninetieth: 0.05)])
  }
}
