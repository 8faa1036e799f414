#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Draws from the laws that workloads are made of.
extension RandomStream {
  /// Uniform in (0, 1]: safe to take the logarithm of.
  @inline(__always)
  mutating func positiveUniform() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

  /// Exponential with the given mean.
  package mutating func exponential(mean: Double) -> Double { -log(positiveUniform()) * mean }

  /// Normal with mean 0 and deviation 1 (Box and Muller, 1958). The second value of the pair is
  /// not kept, so a draw always takes two numbers from the stream.
  package mutating func standardNormal() -> Double {
    let radius = sqrt(-2 * log(positiveUniform()))
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Lognormal: half of the values lie below `median`; `sigma` is the deviation of the logarithm.
  package mutating func lognormal(median: Double, sigma: Double) -> Double {
    median * exp(sigma * standardNormal())
  }

  /// Gamma with mean `shape * scale` and variance `shape * scale * scale` (Marsaglia and Tsang,
  /// 2000; shapes below 1 by their boost).
  package mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0, "a gamma law with a shape of zero or less was asked for")
    guard shape < 1 else { return gammaFromOne(shape: shape) * scale }
    let boost = exp(log(positiveUniform()) / shape)
    return gammaFromOne(shape: shape + 1) * boost * scale
  }

  private mutating func gammaFromOne(shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / sqrt(9 * d)
    while true {
      let x = standardNormal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = positiveUniform()
      let x2 = x * x
      if u < 1 - 0.0331 * x2 * x2 || log(u) < 0.5 * x2 + d * (1 - v + log(v)) { return d * v }
    }
  }

  /// Geometric on 1, 2, 3 ... with the given mean: tries up to the first success.
  package mutating func geometric(mean: Double) -> Int {
    precondition(mean >= 1, "a geometric law with a mean below one was asked for")
    guard mean > 1 else { return 1 }
    // log1p keeps precision where the chance of success, 1 / mean, is small.
    let tries = log(positiveUniform()) / log1p(-1 / mean)
    return 1 + Int(min(tries, 0x1p52))
  }

  /// By inverting an empirical law given as quantiles at equal steps from the least (share 0) to
  /// the greatest value (share 1), straight lines between them.
  package mutating func empirical(quantiles: [Double]) -> Double {
    precondition(!quantiles.isEmpty, "an empirical law without quantiles was asked for")
    let position = uniform() * Double(quantiles.count - 1)
    let below = Int(position)
    guard below + 1 < quantiles.count else { return quantiles[below] }
    let part = position - Double(below)
    return quantiles[below] + part * (quantiles[below + 1] - quantiles[below])
  }
}
