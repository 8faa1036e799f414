/// Errors of predictions against what was measured.
enum Accuracy {
  /// Mean of the errors' sizes in per cent.
  static func meanError(_ predicted: [Double], _ measured: [Double]) -> Double {
    let errors = zip(predicted, measured).map { abs($0 - $1) / $1 * 100 }
    return errors.reduce(0, +) / Double(errors.count)
  }

  /// The original's weighted error: sizes of errors in seconds weighted by what was measured, over
  /// the mean of what was measured.
  static func weightedError(_ predicted: [Double], _ measured: [Double]) -> Double {
    let weighted = zip(predicted, measured).reduce(0) { $0 + abs($1.0 - $1.1) * $1.1 }
    let sum = measured.reduce(0, +)
    return weighted / sum / (sum / Double(measured.count)) * 100
  }
}

/// The measurements of one A10 with vLLM 0.9.0 and Llama 3.1 8B that the original is held against,
/// and what it published of itself (its reproducibility capsule, experiment 1).
enum MeasuredA10 {
  /// Words of the prompt, and words of the answer that were asked for.
  static let sizes = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384]
  /// Words that the answers had.
  static let answers = [53, 106, 206, 409, 769, 1838, 3109, 6585, 13940]
  static let promptOfAnswers = 7
  /// Medians in seconds.
  static let prefill = [0.054, 0.072, 0.123, 0.213, 0.436, 0.819, 1.749, 3.860, 7.347]
  static let decode = [2.316, 4.526, 9.052, 18.120, 36.332, 73.062, 147.257, 299.566, 617.688]
  static let publishedPrefill = [0.052, 0.079, 0.134, 0.243, 0.461, 0.898, 1.772, 3.520, 7.015]
  static let publishedDecode = [
    2.383, 4.739, 9.183, 18.205, 34.205, 81.716, 138.205, 292.694, 619.583,
  ]
  /// Tokens of the longest prompt by the model's tokeniser.
  static let longestPromptTokens = 27_621
}
