/// A request whose arrival follows from the run itself: a next turn, a closed loop's next request.
struct PendingArrival: BitwiseCopyable, Comparable {
  /// Picoseconds.
  var time: Int64
  var number: Int32

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool {
    a.time < b.time || (a.time == b.time && a.number < b.number)
  }
}
