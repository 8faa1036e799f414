/// Consecutive steps whose batch does not change, so that each takes `growth` longer than the one
/// before: one event in place of `steps`. Times are picoseconds since the fleet's epoch.
struct StepSpan {
  var start: Int64 = 0
  /// Duration of the first step.
  var first: Int64 = 0
  var growth: Int64 = 0
  private(set) var steps = 0
  private(set) var end: Int64 = 0

  mutating func epochMoves(by picoseconds: Int64) {
    start.epochMoves(by: picoseconds)
    end.epochMoves(by: picoseconds)
  }

  /// Makes it `count` steps long. Its end is held to 64 bits here, and so is all before it.
  @inline(__always)
  mutating func resize(to count: Int) {
    let k = Int64(count)
    steps = count
    end = start + k * first + growth * ((k &* (k &- 1)) &>> 1)
  }

  /// From the start to the end of step `count`, which is one of its steps.
  @inline(__always)
  func duration(of count: Int) -> Int64 {
    let k = Int64(count)
    return k &* first &+ growth &* ((k &* (k &- 1)) &>> 1)
  }

  /// When its last step begins.
  @inline(__always)
  var lastStart: Int64 { end &- first &- growth &* Int64(steps &- 1) }

  /// The number of the first step that ends at `time` or later; `time` is within the span.
  @inline(__always)
  func firstBoundary(notBefore time: Int64) -> Int {
    let wanted = time &- start
    var count = max(1, min(steps, estimate(wanted)))
    while count < steps, duration(of: count) < wanted { count &+= 1 }
    while count > 1, duration(of: count &- 1) >= wanted { count &-= 1 }
    return count
  }

  /// Solves `duration(of: k) = wanted` in floating point; off by one at most or so.
  @inline(__always)
  private func estimate(_ wanted: Int64) -> Int {
    let half = Double(growth) / 2
    let linear = Double(first) - half
    let root = (linear * linear + 4 * half * Double(wanted)).squareRoot()
    // The form that does not cancel when growth is small.
    return Int(2 * Double(wanted) / (linear + root)) &+ 1
  }
}
