package import SimKernel

/// How many tokens prompts or answers have. Values are rounded to whole tokens, at least 1.
package struct TokenLengths: Hashable, Sendable {
  package var law: Law
  /// Shorter and longer draws are set to these bounds; nil: no bound.
  package var min: Int?
  package var max: Int?

  package enum Law: Hashable, Sendable {
    case fixed(Int)
    /// Half of the values lie below `median`; `sigma` is the deviation of the logarithm.
    case lognormal(median: Double, sigma: Double)
    /// Mean `shape * scale`.
    case gamma(shape: Double, scale: Double)
    /// Quantiles at equal steps from the least to the greatest value.
    case quantiles([Double])
    /// Every whole number from `min` to `max`, both included, equally likely.
    case uniform(min: Int, max: Int)
  }

  package init(_ law: Law, min: Int? = nil, max: Int? = nil) {
    self.law = law
    self.min = min
    self.max = max
  }

  package static func fixed(_ tokens: Int) -> TokenLengths { TokenLengths(.fixed(tokens)) }

  /// One draw.
  package func draw(from stream: inout RandomStream) -> Int32 {
    var value = raw(from: &stream).rounded()
    if let max { value = Swift.min(value, Double(max)) }
    if let min { value = Swift.max(value, Double(min)) }
    return Int32(Swift.min(Swift.max(value, 1), Double(Int32.max)))
  }

  private func raw(from stream: inout RandomStream) -> Double {
    switch law {
    case .fixed(let tokens): return Double(tokens)
    case .lognormal(let median, let sigma): return stream.lognormal(median: median, sigma: sigma)
    case .gamma(let shape, let scale): return stream.gamma(shape: shape, scale: scale)
    case .quantiles(let values): return stream.empirical(quantiles: values)
    case .uniform(let min, let max):
      precondition(min <= max, "lengths from more to fewer tokens")
      return Double(min + stream.integer(below: max - min + 1))
    }
  }
}
