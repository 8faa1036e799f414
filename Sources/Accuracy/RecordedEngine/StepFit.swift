package import TraceArchive

/// A term of a linear step time.
package enum StepTerm: Int, CaseIterable, Sendable {
  // In this order a term gives way to those before it that it cannot be told from.
  case base
  case perDecodeSequence
  case perPrefillToken
  case perDecodeContext
  case perPrefillPair
  case perPrefillSequence

  /// As a scenario spells it.
  package var name: String {
    switch self {
    case .base: "base"
    case .perDecodeSequence: "per_decode_sequence"
    case .perPrefillToken: "per_prefill_token"
    case .perDecodeContext: "per_decode_context"
    case .perPrefillPair: "per_prefill_pair"
    case .perPrefillSequence: "per_prefill_sequence"
    }
  }

  func amount(in step: TimedStep) -> Double {
    switch self {
    case .base: 1
    case .perDecodeSequence: Double(step.decodeSequences)
    case .perPrefillToken: Double(step.prefillTokens)
    case .perDecodeContext: Double(step.decodeContext)
    case .perPrefillPair: Double(step.prefillPairs)
    case .perPrefillSequence: Double(step.prefillSequences)
    }
  }
}

/// Robust linear regression of step times, in milliseconds, with no negative term.
///
/// Errors are relative ones, since a machine that is slower for a while is so for long steps and
/// for short ones. Every run counts alike: what differs between runs does not average out within
/// one. Steps that are off by more than `outlier` deviations count less (Huber 1964).
package struct StepFit: Sendable {
  /// By `StepTerm.rawValue`.
  package private(set) var values = [Double](repeating: 0, count: StepTerm.allCases.count)
  /// Of the values, from how much runs differ; zero for a term that was left out.
  package private(set) var standardErrors: [Double]
  /// Terms that these steps do not tell from others.
  package private(set) var unidentified: [StepTerm] = []
  /// Terms that come out negative without the bound.
  package private(set) var atZero: [StepTerm] = []

  private static let outlier = 3.0
  private static let rounds = 30
  /// A term whose share of its own, beside the terms before it, is less than this is not told apart.
  private static let leastShare = 1e-6

  private struct Row {
    var amounts: [Double]
    var time: Double
    var run: Int
    var weight: Double
  }

  /// `runs` are lists of steps; at least one step in all.
  package init(_ runs: [[TimedStep]]) {
    standardErrors = values
    let rows = Self.rows(runs)
    unidentified = Self.unidentified(rows)
    var active = StepTerm.allCases.filter { !unidentified.contains($0) }
    fit(rows, active)
    // The most negative first: without it the others may be fine.
    while let worst = active.filter({ values[$0.rawValue] < 0 }).min(by: { share($0, rows) < share($1, rows) }) {
      active.removeAll { $0 == worst }
      atZero.append(worst)
      fit(rows, active)
    }
  }

  /// Milliseconds.
  package func duration(of step: TimedStep) -> Double {
    StepTerm.allCases.reduce(0) { $0 + values[$1.rawValue] * $1.amount(in: step) }
  }

  private static func rows(_ runs: [[TimedStep]]) -> [Row] {
    runs.enumerated().flatMap { index, steps in
      steps.map { step in
        Row(
          amounts: StepTerm.allCases.map { $0.amount(in: step) }, time: max(step.busy, 1e-6),
          run: index, weight: 1 / Double(steps.count))
      }
    }
  }

  /// The mean part of a step that the term makes up.
  private func share(_ term: StepTerm, _ rows: [Row]) -> Double {
    values[term.rawValue] * rows.reduce(0) { $0 + $1.weight * $1.amounts[term.rawValue] }
  }

  private mutating func fit(_ rows: [Row], _ terms: [StepTerm]) {
    var weights = rows.map { $0.weight / ($0.time * $0.time) }
    for _ in 0..<Self.rounds {
      solve(rows, weights, terms)
      weights = robustWeights(rows)
    }
    estimateErrors(rows, weights, terms)
  }

  private func predicted(_ row: Row) -> Double {
    // No step is free; a round on the way to the solution may think so.
    max(row.time / 10, zip(values, row.amounts).reduce(0) { $0 + $1.0 * $1.1 })
  }

  private func robustWeights(_ rows: [Row]) -> [Double] {
    let errors = rows.map { row in row.time / predicted(row) - 1 }
    let magnitudes = errors.map(abs).sorted()
    // A normal law's median magnitude is 1 / 1.4826 of its deviation.
    let limit = Self.outlier * max(1e-3, 1.4826 * magnitudes[magnitudes.count / 2])
    return zip(rows, errors).map { row, error in
      let scale = predicted(row)
      return row.weight / (scale * scale) * min(1, limit / max(abs(error), 1e-12))
    }
  }

  private mutating func solve(_ rows: [Row], _ weights: [Double], _ terms: [StepTerm]) {
    var right = [Double](repeating: 0, count: terms.count)
    for (row, weight) in zip(rows, weights) {
      for (i, term) in terms.enumerated() {
        right[i] += weight * row.amounts[term.rawValue] * row.time
      }
    }
    let solution = Cholesky(Self.normal(rows, weights, terms)).solve(right)
    values = [Double](repeating: 0, count: values.count)
    for (term, value) in zip(terms, solution) { values[term.rawValue] = value }
  }

  private static func normal(
    _ rows: [Row], _ weights: [Double], _ terms: [StepTerm]
  ) -> [[Double]] {
    var matrix = [[Double]](
      repeating: [Double](repeating: 0, count: terms.count), count: terms.count)
    for (row, weight) in zip(rows, weights) {
      for i in terms.indices {
        let a = weight * row.amounts[terms[i].rawValue]
        for j in terms.indices { matrix[i][j] += a * row.amounts[terms[j].rawValue] }
      }
    }
    return matrix
  }

  /// Clustered by run (Liang, Zeger 1986): steps of one run are off together.
  private mutating func estimateErrors(
    _ rows: [Row], _ weights: [Double], _ terms: [StepTerm]
  ) {
    let runs = Set(rows.map(\.run)).count
    var scores = [[Double]](
      repeating: [Double](repeating: 0, count: terms.count), count: (rows.map(\.run).max() ?? 0) + 1)
    for (row, weight) in zip(rows, weights) {
      let residual = row.time - zip(values, row.amounts).reduce(0) { $0 + $1.0 * $1.1 }
      for (i, term) in terms.enumerated() {
        scores[row.run][i] += weight * residual * row.amounts[term.rawValue]
      }
    }
    let factor = Cholesky(Self.normal(rows, weights, terms))
    standardErrors = [Double](repeating: 0, count: values.count)
    let correction = Double(runs) / Double(max(1, runs - 1))
    for score in scores {
      for (term, shift) in zip(terms, factor.solve(score)) {
        standardErrors[term.rawValue] += correction * shift * shift
      }
    }
    standardErrors = standardErrors.map { $0.squareRoot() }
  }

  /// Gram and Schmidt on the amounts, relative to the steps' times.
  private static func unidentified(_ rows: [Row]) -> [StepTerm] {
    var basis: [[Double]] = []
    var unidentified: [StepTerm] = []
    for term in StepTerm.allCases {
      var column = rows.map { $0.amounts[term.rawValue] / $0.time * $0.weight.squareRoot() }
      let size = dot(column, column)
      for other in basis {
        let along = dot(column, other)
        for i in column.indices { column[i] -= along * other[i] }
      }
      let rest = dot(column, column)
      guard size > 0, rest > leastShare * size else {
        unidentified.append(term)
        continue
      }
      let length = rest.squareRoot()
      basis.append(column.map { $0 / length })
    }
    return unidentified
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
