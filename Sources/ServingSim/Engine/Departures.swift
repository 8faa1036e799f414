/// Requests that leave.
///
/// Invariant: between two spans nobody is to be dropped; whoever has ended is nowhere else any more.
struct Departures: ~Copyable {
  /// Numbers of the requests that ended in the last completed step, in order of admission, or that were
  /// dropped since.
  var ended = Stack<Int32>()
  /// Requests to be dropped when the step under way ends.
  var aborting = Stack<Drop>()
  /// Those of `ended` that go on at another replica.
  var moved = Stack<Moved>()
  /// Numbers of the requests whose prompts the last completed step finished for another replica.
  var handedOver = Stack<Int32>()
  /// Scratch for requests that end with a step.
  var finishing = Stack<Int32>()

  /// A request that is to be dropped.
  struct Drop: BitwiseCopyable {
    var number: Int32
    var reason: Reason

    enum Reason: BitwiseCopyable {
      /// Its client has gone.
      case left
      /// Its replica is lost.
      case lost
      /// Its replica is lost, and it goes on elsewhere.
      case moved
      /// Another replica has its KV entries, or nobody needs them any more.
      case sent
    }
  }

  /// A request that goes on at another replica, with what it has.
  struct Moved: BitwiseCopyable {
    var number: Int32
    var promptTokens: Int32
    var outputTokens: Int32
    /// As in `LiveRequest`.
    var lastToken: Int64
  }

  /// Nobody has ended yet.
  mutating func clear() {
    ended.removeAll()
    moved.removeAll()
    handedOver.removeAll()
  }

  init() {}

  private init(copying other: borrowing Departures) {
    ended = other.ended.copy()
    aborting = other.aborting.copy()
    moved = other.moved.copy()
    handedOver = other.handedOver.copy()
  }

  func copy() -> Departures { Departures(copying: self) }
}
