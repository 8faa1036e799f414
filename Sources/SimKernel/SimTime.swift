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

  /// What is longer than 64 bits hold is as long as they do.
  package init(clamping picoseconds: Instant) { self.picoseconds = Int64(clamping: picoseconds) }

  package static let zero = SimDuration(picoseconds: 0)
  package static let second = SimDuration(picoseconds: 1_000_000_000_000)
  package static let millisecond = SimDuration(picoseconds: 1_000_000_000)
  package static let microsecond = SimDuration(picoseconds: 1_000_000)
  package static let nanosecond = SimDuration(picoseconds: 1000)

  /// The longest there is, half of what 63 bits hold: 53 days.
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

/// Picoseconds since a run's start: `SimTime` as a plain number, for the engine's inner loops. 64 bits
/// would end a run after 106 days.
package typealias Instant = Int128

/// An instant of simulated time: picoseconds since the run's start.
package struct SimTime: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Picoseconds since the run's start.
  package var picoseconds: Instant

  @inlinable
  package init(picoseconds: Instant) { self.picoseconds = picoseconds }

  /// Rounds to the nearest picosecond; the value has to be finite, and is cut to the clock's end.
  package init(seconds: Double) {
    picoseconds = Instant((min(seconds, Self.last.seconds) * 1e12).rounded())
  }

  package static let start = SimTime(picoseconds: 0)

  /// The clock's end: four years of 365 days. A sixteenth of them, the most that one of a recording's
  /// windows has to hold, is within 63 bits of picoseconds, and so is the doubled 125 ms above it.
  package static let last = SimTime(picoseconds: 4 * 365 * 86_400_000_000_000_000)

  /// Later than anything that happens.
  @inlinable package static var never: SimTime { SimTime(picoseconds: .max) }

  @inlinable package var isNever: Bool { picoseconds == .max }

  @inlinable package var seconds: Double { Double(picoseconds) * 1e-12 }

  /// The time from `earlier` to this. What is longer than a duration can be is as long as it can.
  package func since(_ earlier: SimTime) -> SimDuration {
    SimDuration(clamping: picoseconds - earlier.picoseconds)
  }

  @inlinable
  package static func < (a: Self, b: Self) -> Bool { a.picoseconds < b.picoseconds }
  @inlinable
  package static func + (t: Self, d: SimDuration) -> Self {
    Self(picoseconds: t.picoseconds + Instant(d.picoseconds))
  }
}
