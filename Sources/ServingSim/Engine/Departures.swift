/// Requests that leave.
///
/// Invariant: between two spans nobody is to be dropped; whoever has ended is nowhere else any more.
struct Departures: ~Copyable {
  /// Numbers of the requests that ended in the last completed step, in order of admission, or that were
  /// dropped since.
  var ended = Stack<Int32>()
  /// Requests to be dropped when the step under way ends.
  var aborting = Stack<Drop>()
  /// Scratch for requests that end with a step.
  var finishing = Stack<Int32>()

  /// A request that is to be dropped.
  struct Drop: BitwiseCopyable {
    var number: Int32
    /// Whether its replica is lost, and not its client gone.
    var isLost: Bool
  }

  init() {}

  private init(copying other: borrowing Departures) {
    ended = other.ended.copy()
    aborting = other.aborting.copy()
  }

  func copy() -> Departures { Departures(copying: self) }
}
