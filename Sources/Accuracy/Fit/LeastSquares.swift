/// Robust, regularised least squares (Levenberg 1944, Marquardt 1963): minimises
/// sum w s^2 (sqrt(1 + (r / s)^2) - 1) * 2 / s^2 + sum ((x - prior) / deviation)^2.
struct LeastSquares {
  /// Residuals of this size begin to count less.
  static let scale = 0.1

  var prior: [Double]
  var deviation: [Double]

  /// The matrix and the right side of the normal equations.
  struct Normal {
    var matrix: [[Double]]
    var right: [Double]

    init(size: Int) {
      matrix = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
      right = [Double](repeating: 0, count: size)
    }

    /// One observation with `residual` and its few derivatives.
    mutating func add(residual: Double, weight: Double, slopes: [(index: Int, slope: Double)]) {
      let ratio = residual / LeastSquares.scale
      let robust = weight / (1 + ratio * ratio).squareRoot()
      let factor = robust / (LeastSquares.scale * LeastSquares.scale)
      for (i, a) in slopes {
        right[i] -= factor * a * residual
        for (j, b) in slopes { matrix[i][j] += factor * a * b }
      }
    }
  }

  /// The step from `x` that the equations ask for, damped.
  func step(from x: [Double], _ normal: Normal, damping: Double) -> [Double] {
    var normal = normal
    for i in x.indices {
      let precision = 1 / (deviation[i] * deviation[i])
      normal.matrix[i][i] += precision
      normal.right[i] -= precision * (x[i] - prior[i])
      normal.matrix[i][i] *= 1 + damping
    }
    return Cholesky(normal.matrix).solve(normal.right)
  }

  /// Standard deviations of the solution.
  func errors(_ normal: Normal) -> [Double] {
    var matrix = normal.matrix
    for i in prior.indices { matrix[i][i] += 1 / (deviation[i] * deviation[i]) }
    let factor = Cholesky(matrix)
    return prior.indices.map { i in
      var unit = [Double](repeating: 0, count: prior.count)
      unit[i] = 1
      return max(0, factor.solve(unit)[i]).squareRoot()
    }
  }

  static func loss(residual: Double, weight: Double) -> Double {
    let ratio = residual / scale
    return 2 * weight * ((1 + ratio * ratio).squareRoot() - 1)
  }

  func penalty(_ x: [Double]) -> Double {
    x.indices.reduce(0) { sum, i in
      let ratio = (x[i] - prior[i]) / deviation[i]
      return sum + ratio * ratio
    }
  }
}

/// The factor L of a positive definite matrix L L^T.
struct Cholesky {
  private var factor: [[Double]]

  init(_ matrix: [[Double]]) {
    factor = matrix
    for i in factor.indices {
      for j in 0...i {
        var sum = factor[i][j]
        for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
        factor[i][j] = i == j ? max(sum, 1e-300).squareRoot() : sum / factor[j][j]
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= factor[i][k] * x[k] }
      x[i] /= factor[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(x.count, i + 1) { x[i] -= factor[k][i] * x[k] }
      x[i] /= factor[i][i]
    }
    return x
  }
}
