/// Requests that leave.
///
/// Invariant: between two spans nobody is to be dropped; whoever has ended is nowhere else any more.
struct Departures: ~Copyable {
  /// Numbers of the requests that ended in the last completed step, in order of admission, or that were
  /// dropped since.
  var ended = Stack<Int32>()
  /// Numbers of requests to be dropped when the step under way ends: their clients have gone.
  var aborting = Stack<Int32>()
  /// Scratch for requests that end with a step.
  var finishing = Stack<Int32>()

  init() {}

  private init(copying other: borrowing Departures) {
    ended = other.ended.copy()
    aborting = other.aborting.copy()
  }

  func copy() -> Departures { Departures(copying: self) }
}
