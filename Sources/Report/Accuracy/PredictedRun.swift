import Accuracy

/// The predictions of one measured run.
struct PredictedRun {
  var name: String
  var rows: [Prediction]

  /// Neighbours of the same name are of one run.
  static func all(_ predictions: [Prediction]) -> [PredictedRun] {
    var runs: [PredictedRun] = []
    for prediction in predictions {
      if runs.last?.name == prediction.row.caseID {
        runs[runs.count - 1].rows.append(prediction)
      } else {
        runs.append(PredictedRun(name: prediction.row.caseID, rows: [prediction]))
      }
    }
    return runs
  }
}
