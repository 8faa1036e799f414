import ServingModel
import Testing

@testable import Accuracy

struct ExpectedErrorsTests {
  /// Rows of `metric` on case `index`, off by 1 %, 2 % ... of what was measured.
  private func predictions(
    _ count: Int, of metric: String = "tpot_mean", case index: Int = 0
  ) -> [Prediction] {
    (1...count).map {
      Prediction(
        row: MeasuredRow(caseID: "c", caseIndex: index, metric: metric, value: 100, keys: [:]),
        predicted: 100 + Double($0), reason: "")
    }
  }

  @Test func `figures count where their fit was as far from them, and once`() {
    let near = predictions(10, case: 0) + predictions(20, case: 1) + predictions(10, case: 2)
    let far = near.map { prediction in
      var far = prediction
      far.predicted = far.predicted.map { $0 * 2 }
      return far
    }
    let errors = ExpectedErrors.all([
      HeldBack(predictions: near, statuses: [.newModel, .newAccelerator, nil]),
      HeldBack(predictions: far, statuses: [.newModel, .measured, .measured]),
    ])
    #expect(
      errors == [
        // 20 and 10 rows that are off by 102, 104 ... % of what was measured.
        ExpectedError(.measured, .tpot, median: 1.2, ninetieth: 1.3),
        ExpectedError(.newModel, .tpot, median: 0.05, ninetieth: 0.09),
        ExpectedError(.newAccelerator, .tpot, median: 0.1, ninetieth: 0.18),
      ])
  }

  @Test func `tails, odd metrics and a handful of rows tell nothing`() {
    let rows =
      predictions(20, of: "tpot_p99") + predictions(20, of: "prefill_batch")
      + predictions(20, of: "happiness") + predictions(9, of: "ttft_median")
      + predictions(5, of: "e2e_mean") + predictions(5, of: "e2e_batch")
    let errors = ExpectedErrors.errors(.measured, rows)
    #expect(errors == [ExpectedError(.measured, .e2e, median: 0.03, ninetieth: 0.05)])
  }
}
