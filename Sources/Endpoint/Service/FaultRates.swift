import SimKernel

/// A way for a request to fail.
package enum Fault: String, CaseIterable, Sendable {
  /// An error in place of the next token: HTTP 500, or an error message within a stream.
  case error
  /// No more tokens, and no end.
  case stall
  /// The connection is reset.
  case reset
}

/// Which share of the requests fails in which way.
package struct FaultRates: Hashable, Sendable {
  private var rates: [Fault: Double] = [:]

  package init() {}

  /// A share of all requests; together they are at most 1.
  package subscript(fault: Fault) -> Double {
    get { rates[fault] ?? 0 }
    set { rates[fault] = newValue }
  }

  package var total: Double { Fault.allCases.reduce(0) { $0 + self[$1] } }

  /// What happens to request `index` of a run, which is to get `outputTokens` tokens, and after how
  /// many of them; nil: nothing.
  func draw(seed: UInt64, index: UInt64, outputTokens: Int) -> (fault: Fault, afterTokens: Int)? {
    guard total > 0 else { return nil }
    var stream = RandomStream(seed: seed, .faults, index: index)
    var left = stream.uniform()
    for fault in Fault.allCases {
      left -= self[fault]
      if left < 0 { return (fault, stream.integer(below: outputTokens)) }
    }
    return nil
  }
}
