/// Exact quantiles of whole numbers without sorting them.
///
/// The quantile q of n ascending values lies at rank q (n - 1), counted from 0; between two ranks it
/// is interpolated linearly (`linear`, the default of numpy's `quantile`).
package enum Quantiles {
  /// The quantiles `shares`, each in 0...1, of `values`, in the order of `shares`; nil when there
  /// are no values. Reorders `values`.
  ///
  /// Time grows with their number (and, for inputs made to defeat the sampling, with n log n). The
  /// same input always takes the same steps.
  @_specialize(where Value == Int64)
  @_specialize(where Value == Int128)
  package static func select<Value: FixedWidthInteger>(
    _ shares: [Double], in values: inout [Value]
  ) -> [Double]? {
    guard !values.isEmpty else { return nil }
    let positions = shares.map { Position(share: $0, count: values.count) }
    let ranks = positions.flatMap { [$0.lower, $0.upper] }.sorted()
    let halvings = Int.bitWidth - values.count.leadingZeroBitCount
    return values.withUnsafeMutableBufferPointer { buffer in
      place(ranks[...], in: 0..<buffer.count, of: buffer, patience: 3 * halvings)
      return positions.map { $0.value(in: buffer) }
    }
  }

  private typealias Buffer<Value> = UnsafeMutableBufferPointer<Value>

  /// Where a quantile lies: a share of the way from one rank to the next.
  private struct Position {
    var lower: Int
    var upper: Int
    var share: Double

    init(share q: Double, count: Int) {
      precondition(q >= 0 && q <= 1, "a quantile outside 0...1")
      let exact = q * Double(count - 1)
      lower = min(Int(exact), count - 1)
      upper = min(lower + 1, count - 1)
      share = exact - Double(lower)
    }

    func value<Value: FixedWidthInteger>(in ordered: Buffer<Value>) -> Double {
      let low = Double(ordered[lower])
      let high = Double(ordered[upper])
      // From the nearer end, so that rounding misses neither end.
      return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share)
    }
  }

  /// Puts at each of `ranks`, ascending indices within `part`, the value that sorting would put
  /// there. Sorting takes over after `patience` splits, one within the other.
  private static func place<Value: FixedWidthInteger>(
    _ ranks: ArraySlice<Int>, in part: Range<Int>, of buffer: Buffer<Value>, patience: Int
  ) {
    guard !ranks.isEmpty else { return }
    guard part.count > sampleSize, patience > 0 else {
      var rest = Buffer(rebasing: buffer[part])
      rest.sort()
      return
    }
    let target = ranks[(ranks.startIndex + ranks.endIndex) / 2]
    let pivot = sample(part, of: buffer, near: target)
    var border = gather(part, of: buffer) { $0 < pivot }
    if border == part.lowerBound {
      // The pivot is the least value: it and its equals are in place once they stand first.
      border = gather(part, of: buffer) { $0 == pivot }
    } else {
      let left = ranks.prefix { $0 < border }
      place(left, in: part.lowerBound..<border, of: buffer, patience: patience - 1)
    }
    let right = ranks.drop { $0 < border }
    place(right, in: border..<part.upperBound, of: buffer, patience: patience - 1)
  }

  private static let sampleSize = 64

  /// A value of `part` that is likely to belong close to `rank`.
  private static func sample<Value: FixedWidthInteger>(
    _ part: Range<Int>, of buffer: Buffer<Value>, near rank: Int
  ) -> Value {
    let stride = part.count / sampleSize
    var picks = (0..<sampleSize).map { buffer[part.lowerBound + $0 * stride] }
    picks.sort()
    return picks[(rank - part.lowerBound) * sampleSize / part.count]
  }

  /// Moves the values of `part` that satisfy `test` to its front; returns the first index after
  /// them. Every value is moved whether or not it has to be: a guessed branch costs more.
  @inline(__always)
  private static func gather<Value: FixedWidthInteger>(
    _ part: Range<Int>, of buffer: Buffer<Value>, where test: (Value) -> Bool
  ) -> Int {
    var border = part.lowerBound
    for index in part {
      let value = buffer[index]
      buffer[index] = buffer[border]
      buffer[border] = value
      border += test(value) ? 1 : 0
    }
    return border
  }
}
