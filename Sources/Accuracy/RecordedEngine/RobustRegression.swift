/// Linear regression of times that no term may make shorter.
///
/// Errors are relative ones, since a machine that is slower for a while is so for long steps and
/// for short ones. Every group of rows counts alike: what differs between runs does not average out
/// within one. Rows that are off by more than `outlier` deviations count less (Huber 1964).
struct RobustRegression {
  struct Row {
    /// Of each term; as many in every row.
    var amounts: [Double]
    /// Above zero.
    var time: Double
    /// Rows of one group are off together. Counted from zero.
    var group: Int
    /// One over the rows of its group.
    var weight: Double
  }

  private(set) var values: [Double]
  /// Of the values; nil where the groups do not tell: for a term that was left out, and for one that
  /// a single group is fitted by, whose error nothing shows.
  private(set) var standardErrors: [Double?]
  /// Terms that the rows do not tell from those before them.
  private(set) var unidentified: [Int]
  /// Terms that come out negative without the bound.
  private(set) var atZero: [Int] = []

  private let rows: [Row]
  private static let outlier = 3.0
  private static let rounds = 30

  /// At least one row.
  init(_ rows: [Row]) {
    self.rows = rows
    let terms = rows[0].amounts.indices
    values = terms.map { _ in 0 }
    standardErrors = terms.map { _ in nil }
    unidentified = Self.unidentified(rows)
    var active = terms.filter { [unidentified] in !unidentified.contains($0) }
    fit(active)
    // The most negative first: without it the others may be fine.
    while let worst = active.min(by: { part($0) < part($1) }), values[worst] < 0 {
      active.removeAll { $0 == worst }
      atZero.append(worst)
      fit(active)
    }
  }

  /// The mean part of a row's time that the term makes up.
  private func part(_ term: Int) -> Double {
    values[term] * rows.reduce(0) { $0 + $1.weight * $1.amounts[term] }
  }

  private mutating func fit(_ terms: [Int]) {
    var weights = rows.map { $0.weight / ($0.time * $0.time) }
    for _ in 0..<Self.rounds {
      solve(terms, weights)
      weights = robustWeights()
    }
    estimateErrors(terms, weights)
  }

  private func fitted(_ row: Row) -> Double {
    zip(values, row.amounts).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// No step is free; a round on the way to the solution may think so.
  private func scale(_ row: Row) -> Double { max(row.time / 10, fitted(row)) }

  private func robustWeights() -> [Double] {
    let errors = rows.map { $0.time / scale($0) - 1 }
    // A normal law's median magnitude is 1 / 1.4826 of its deviation.
    let deviation = 1.4826 * (errors.map(abs).median ?? 0)
    let limit = Self.outlier * max(1e-3, deviation)
    return zip(rows, errors).map { row, error in
      let scale = scale(row)
      return row.weight / (scale * scale) * min(1, limit / max(abs(error), 1e-12))
    }
  }

  private mutating func solve(_ terms: [Int], _ weights: [Double]) {
    var right = terms.map { _ in 0.0 }
    for (row, weight) in zip(rows, weights) {
      for i in terms.indices { right[i] += weight * row.amounts[terms[i]] * row.time }
    }
    let solution = Cholesky(normal(terms, weights)).solve(right)
    for term in values.indices { values[term] = 0 }
    for (term, value) in zip(terms, solution) { values[term] = value }
  }

  private func normal(_ terms: [Int], _ weights: [Double]) -> [[Double]] {
    var matrix = terms.map { _ in terms.map { _ in 0.0 } }
    for (row, weight) in zip(rows, weights) {
      for i in terms.indices {
        let amount = weight * row.amounts[terms[i]]
        for j in terms.indices { matrix[i][j] += amount * row.amounts[terms[j]] }
      }
    }
    return matrix
  }

  /// Clustered by group (Liang, Zeger 1986): from how much the errors of groups differ. Where each
  /// group is fitted for itself they do not differ, and nothing is known.
  private mutating func estimateErrors(_ terms: [Int], _ weights: [Double]) {
    let groups = (rows.map(\.group).max() ?? 0) + 1
    standardErrors = values.map { _ in nil }
    guard groups > 1 else { return }
    var scores = (0..<groups).map { _ in terms.map { _ in 0.0 } }
    var sizes = scores
    for (row, weight) in zip(rows, weights) {
      let residual = row.time - fitted(row)
      for i in terms.indices {
        let share = weight * residual * row.amounts[terms[i]]
        scores[row.group][i] += share
        sizes[row.group][i] += abs(share)
      }
    }
    let factor = Cholesky(normal(terms, weights))
    let correction = Double(groups) / Double(groups - 1)
    let shifts = scores.map(factor.solve)
    for i in terms.indices {
      let telling = scores.indices.count { abs(scores[$0][i]) > Self.leastTold * sizes[$0][i] }
      guard telling > 1 else { continue }
      let variance = shifts.reduce(0) { $0 + correction * $1[i] * $1[i] }
      standardErrors[terms[i]] = variance.squareRoot()
    }
  }

  /// Errors of a group's rows that cancel to less than this were fitted away within it.
  private static let leastTold = 1e-4
}

extension RobustRegression {
  /// A term that has less of its own than this, beside the terms before it, is not told from them.
  private static let leastShare = 1e-6

  /// By Gram and Schmidt on the amounts, relative to the rows' times.
  private static func unidentified(_ rows: [Row]) -> [Int] {
    var basis: [[Double]] = []
    return rows[0].amounts.indices.filter { term in
      var column = rows.map { $0.amounts[term] / $0.time * $0.weight.squareRoot() }
      let size = dot(column, column)
      for other in basis {
        let along = dot(column, other)
        for i in column.indices { column[i] -= along * other[i] }
      }
      let rest = dot(column, column)
      guard size > 0, rest > leastShare * size else { return true }
      basis.append(column.map { $0 / rest.squareRoot() })
      return false
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension [Double] {
  /// nil when there are none.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let middle = count / 2
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
