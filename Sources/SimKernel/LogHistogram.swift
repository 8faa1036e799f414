/// Counts of durations in buckets of equal ratio: quantiles to 0.2 % from a fixed amount of memory,
/// the mean, the least and the greatest exactly.
///
/// A bucket is an octave of picoseconds split into 256 equal parts (HdrHistogram's layout).
package struct LogHistogram: Hashable, Sendable {
  /// Parts an octave is split into, as a power of two.
  @inlinable static var bits: Int { 8 }
  package static let bucketCount = (64 - bits) << bits

  package private(set) var counts: [Int64]
  package private(set) var count: Int64 = 0
  package private(set) var total: Double = 0
  package private(set) var least = Int64.max
  package private(set) var greatest = Int64.min

  package init() {
    counts = [Int64](repeating: 0, count: Self.bucketCount)
  }

  /// A histogram counted elsewhere, in the same `bucketCount` buckets.
  package init(counts: UnsafeBufferPointer<Int64>, total: Double, least: Int64, greatest: Int64) {
    precondition(counts.count == Self.bucketCount, "counts of other buckets than a histogram's")
    self.counts = Array(counts)
    count = counts.reduce(0, +)
    self.total = total
    self.least = least
    self.greatest = greatest
  }

  /// The bucket of `value`, which is not negative.
  @inlinable @inline(__always)
  package static func bucket(of value: Int64) -> Int {
    let octave = max(0, 63 &- bits &- value.leadingZeroBitCount)
    return (octave &<< bits) &+ Int(value &>> Int64(truncatingIfNeeded: octave))
  }

  /// The smallest value of bucket `index`.
  @inlinable @inline(__always)
  package static func lowerBound(of index: Int) -> Int64 {
    let octave = max(0, (index &>> bits) &- 1)
    return Int64(index &- (octave &<< bits)) &<< Int64(truncatingIfNeeded: octave)
  }

  /// Adds `times` values of `duration`, which is not negative.
  package mutating func add(_ duration: SimDuration, times: Int64 = 1) {
    let value = duration.picoseconds
    counts[Self.bucket(of: value)] += times
    count += times
    total += Double(value) * Double(times)
    least = min(least, value)
    greatest = max(greatest, value)
  }

  /// The mean in picoseconds; nil when empty.
  package var mean: Double? { count == 0 ? nil : total / Double(count) }

  /// The value that a share `q` of the values does not exceed, in picoseconds; nil when empty.
  package func quantile(_ q: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int64((q * Double(count)).rounded(.up)))
    var seen: Int64 = 0
    for (index, n) in counts.enumerated() where n > 0 {
      seen += n
      if seen >= rank {
        let middle = Double(Self.lowerBound(of: index) + Self.lowerBound(of: index + 1)) / 2
        return min(max(middle, Double(least)), Double(greatest))
      }
    }
    return Double(greatest)
  }

  package mutating func merge(_ other: LogHistogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    count += other.count
    total += other.total
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }
}
