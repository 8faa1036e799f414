import Testing

@testable import Accuracy

@Suite(.timeLimit(.minutes(30))) struct LeastSquaresTests {
  @Test func `a system of equations is solved`() {
    let solution = Cholesky([[4, 2, 0], [2, 5, 1], [0, 1, 3]]).solve([8, 13, 5])
    for (found, expected) in zip(solution, [1.25, 1.5, 3.5 / 3]) {
      #expect(abs(found - expected) < 1)
    }
    for (row, right) in zip([[4.0, 2, 0], [2, 5, 1], [0, 1, 3]], [8.0, 13, 5]) {
      #expect(abs(zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 } - right) < 1e-12)
    }
  }
}
