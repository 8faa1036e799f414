import Testing

@testable import Accuracy

@Suite(.timeLimit(.minutes(30))) struct RobustRegressionTests {
  /// Rows of three terms (one, x, y) in two groups, with times 5 + 2 x + 0.5 y but for `change`.
  private func rows(_ change: (Int, Double) -> Double = { $1 }) -> [RobustRegression.Row] {
    (0..<40).map { index in
      let x = Double(index % 7)
      let y = Double(index * index % 11)
      return RobustRegression.Row(
        amounts: [1, x, y], time: change(index, 5 + 2 * x + 0.5 * y), group: index % 2,
        weight: 1.0 / 20)
    }
  }

  private func check(_ found: [Double], _ expected: [Double], within error: Double) {
    for (a, b) in zip(found, expected) { #expect(abs(a - b) <= error, "\(found)") }
  }

  @Test func `exact times give the terms, and no doubt`() {
    let fit = RobustRegression(rows())
    check(fit.values, [5, 2, 0.5], within: 1e-9)
    check(fit.standardErrors.map { $0 ?? 0 }, [0, 0, 0], within: 1e-9)
    #expect(fit.unidentified.isEmpty && fit.atZero.isEmpty)
  }

  @Test func `a few rows that took far too long hardly count`() {
    let fit = RobustRegression(rows { $0 % 13 == 5 ? $1 * 20 : $1 })
    check(fit.values, [5, 2, 0.5], within: 0.15)
  }

  @Test func `groups that differ are what makes the errors`() {
    let fit = RobustRegression(rows { $0 % 2 == 0 ? $1 * 1.1 : $1 * 0.9 })
    #expect((fit.standardErrors[0] ?? 0) > 0.2)
  }

  @Test func `what only one group tells has an error that nobody knows`() {
    let noisy = rows { $0 % 3 == 0 ? $1 * 1.2 : $1 }
    let alone = RobustRegression(
      noisy.map { row in
        var row = row
        row.group = 0
        return row
      })
    #expect(alone.standardErrors == [nil, nil, nil])
    // Each group has a term for itself and is fitted by it.
    let apart = RobustRegression(
      noisy.map { row in
        var row = row
        row.amounts = row.group == 0 ? [1, 0] : [0, 1]
        return row
      })
    #expect(apart.values.allSatisfy { $0 > 1 })
    #expect(apart.standardErrors == [nil, nil])
  }

  @Test func `a large group counts like a small one`() {
    let small = RobustRegression.Row(amounts: [1], time: 8, group: 0, weight: 1)
    let large = RobustRegression.Row(amounts: [1], time: 8.8, group: 1, weight: 1.0 / 99)
    let fit = RobustRegression([small] + [RobustRegression.Row](repeating: large, count: 99))
    check(fit.values, [8.4], within: 0.1)
  }

  @Test func `a term that makes steps shorter is held at zero`() {
    let fit = RobustRegression(rows { index, time in time - 0.6 * Double(index * index % 11) })
    #expect(fit.atZero == [2])
    #expect(fit.values[2] == 0 && fit.standardErrors[2] == nil && fit.values.allSatisfy { $0 >= 0 })
  }

  @Test func `a term that goes with those before it is left out`() {
    let doubled = rows().map { row in
      var row = row
      row.amounts.append(row.amounts[0] + 3 * row.amounts[1])
      return row
    }
    let fit = RobustRegression(doubled)
    #expect(fit.unidentified == [3])
    check(fit.values, [5, 2, 0.5, 0], within: 1e-9)
  }

  @Test func `medians`() {
    #expect([Double]().median == nil)
    #expect([3.0, 1, 2].median == 2)
    #expect([4.0, 1, 2, 3].median == 2.5)
  }
}
