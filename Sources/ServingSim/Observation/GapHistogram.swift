import SimKernel

/// A `LogHistogram` in the making: the same counts in plain memory, for the hot loop.
struct GapHistogram: ~Copyable {
  private let counts: UnsafeMutablePointer<Int64>
  private var total = 0.0
  private var least = Int64.max
  private var greatest = Int64.min

  init() {
    counts = .allocate(capacity: LogHistogram.bucketCount)
    counts.initialize(repeating: 0, count: LogHistogram.bucketCount)
  }

  deinit { counts.deallocate() }

  func copy() -> GapHistogram {
    var copy = GapHistogram()
    copy.counts.update(from: counts, count: LogHistogram.bucketCount)
    copy.total = total
    copy.least = least
    copy.greatest = greatest
    return copy
  }

  /// Adds `times` values of each of `steps` durations, the first being `first` and each one
  /// `growth` longer than the one before; all in picoseconds, none negative.
  @inline(__always)
  mutating func addRun(first: Int64, growth: Int64, steps: Int, times: Int) {
    let last = first &+ growth &* Int64(steps &- 1)
    let added = Int64(steps) &* Int64(times)
    total += (Double(first) + Double(last)) / 2 * Double(added)
    if first < least { least = first }
    if last > greatest { greatest = last }
    let octave = Self.octave(of: first)
    let place = first &>> octave
    if place == last &>> octave {
      counts[Self.bucket(octave, place)] &+= added
    } else {
      addBuckets(first: first, growth: growth, steps: Int64(steps), times: Int64(times))
    }
  }

  @inline(never)
  private mutating func addBuckets(first: Int64, growth: Int64, steps: Int64, times: Int64) {
    var value = first
    var left = steps
    while left > 0 {
      let octave = Self.octave(of: value)
      let place = value &>> octave
      // Steps until a value reaches the next bucket.
      let ahead = (((place &+ 1) &<< octave) &- value &+ growth &- 1) / growth
      let inside = min(left, ahead)
      counts[Self.bucket(octave, place)] &+= inside &* times
      value &+= inside &* growth
      left &-= inside
    }
  }

  // `LogHistogram.bucket(of:)` in two parts, repeated here because it is not inlined across modules.
  @inline(__always)
  private static func octave(of value: Int64) -> Int64 {
    max(0, 55 &- Int64(value.leadingZeroBitCount))
  }

  /// Of the values that are `place` when divided by two `octave` times.
  @inline(__always)
  private static func bucket(_ octave: Int64, _ place: Int64) -> Int {
    Int((octave &<< 8) &+ place)
  }

  var histogram: LogHistogram {
    LogHistogram(
      counts: UnsafeBufferPointer(start: counts, count: LogHistogram.bucketCount), total: total,
      least: least, greatest: greatest)
  }
}
