/// A span of simulated time, in whole picoseconds.
///
/// Integers make time exact: adding k equal steps one by one and multiplying by k give the same
/// bits, which is what lets the engine jump over steps. 63 bits of picoseconds hold 106 days.
package struct SimDuration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The span in picoseconds.
  package var picoseconds: Int64

  @inlinable
  package init(picoseconds: Int64) { self.picoseconds = picoseconds }

  /// Rounds to the nearest picosecond; the value has to be finite and within 106 days.
  package init(seconds: Double) { picoseconds = Int64((seconds * 1e12).rounded()) }

  package static let zero = SimDuration(picoseconds: 0)
  package static let second = SimDuration(picoseconds: 1_000_000_000_000)
  package static let millisecond = SimDuration(picoseconds: 1_000_000_000)
  package static let microsecond = SimDuration(picoseconds: 1_000_000)
  package static let nanosecond = SimDuration(picoseconds: 1000)

  /// The longest run the clock can hold.
  package static let longest = SimDuration(picoseconds: .max / 2)

  @inlinable package var seconds: Double { Double(picoseconds) * 1e-12 }

  @inlinable
  package static func < (a: Self, b: Self) -> Bool { a.picoseconds < b.picoseconds }
  @inlinable
  package static func + (a: Self, b: Self) -> Self {
    Self(picoseconds: a.picoseconds + b.picoseconds)
  }
  @inlinable
  package static func - (a: Self, b: Self) -> Self {
    Self(picoseconds: a.picoseconds - b.picoseconds)
  }
  @inlinable
  package static func * (a: Self, k: Int) -> Self {
    Self(picoseconds: a.picoseconds * Int64(k))
  }
  @inlinable
  package static func += (a: inout Self, b: Self) { a.picoseconds += b.picoseconds }
}

/// An instant of simulated time: picoseconds since the run's start.
package struct SimTime: Hashable, Comparable, Sendable {
  /// Picoseconds since the run's start.
  package var picoseconds: Int64

  @inlinable
  package init(picoseconds: Int64) { self.picoseconds = picoseconds }

  package init(seconds: Double) { picoseconds = SimDuration(seconds: seconds).picoseconds }

  package static let start = SimTime(picoseconds: 0)

  /// Later than anything that happens.
  @inlinable package static var never: SimTime { SimTime(picoseconds: .max) }

  @inlinable package var isNever: Bool { picoseconds == .max }

  @inlinable package var seconds: Double { Double(picoseconds) * 1e-12 }

  @inlinable
  package static func < (a: Self, b: Self) -> Bool { a.picoseconds < b.picoseconds }
  @inlinable
  package static func + (t: Self, d: SimDuration) -> Self {
    Self(picoseconds: t.picoseconds + d.picoseconds)
  }
  @inlinable
  package static func - (a: Self, b: Self) -> SimDuration {
    SimDuration(picoseconds: a.picoseconds - b.picoseconds)
  }
}
