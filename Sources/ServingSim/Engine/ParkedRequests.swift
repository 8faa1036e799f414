/// What another replica has to do with a request, where one computes its prompt and another one
/// answers it.
enum HandoverStage: UInt8, BitwiseCopyable {
  /// Nothing.
  case none
  /// This replica computes its prompt, and no more.
  case prompt
  /// This replica has computed its prompt, which another one is to be told.
  case computed
  /// Another replica has taken it over. Its blocks stay until its KV entries are there.
  case kept
  /// Another replica has computed its prompt. It waits here for blocks.
  case awaited
  /// It has blocks here, and its KV entries are on their way.
  case receiving
  /// Its KV entries have come. It waits here for a step.
  case received

  /// Whether its prompt was computed, here or elsewhere, though it does not run here.
  var isPromptComputed: Bool { rawValue >= Self.computed.rawValue }

  /// Whether it has blocks here though it does not run.
  var holdsBlocks: Bool { isPromptComputed && self != .awaited }
}

/// Requests that have KV blocks here and are in neither the queue nor the batch: their KV entries are to
/// go to another replica, or come from one or from a tier.
///
/// Invariant: those in `ids` are `computed`, `kept`, `receiving` or load; between two events of the fleet
/// nothing is in `reserved`.
struct ParkedRequests: ~Copyable {
  private var ids = Stack<Int32>()
  /// Those whose KV entries have come, in that order.
  private(set) var received = Stack<Int32>()
  /// Those of `ids` that another replica has.
  private var keptCount = 0
  /// Those that have got blocks since the fleet last looked.
  var reserved = Stack<Reservation>()

  /// The blocks that a request waits to have filled.
  struct Reservation: BitwiseCopyable {
    var number: Int32
    var blocks: Int32
  }

  init() {}

  private init(copying other: borrowing ParkedRequests) {
    ids = other.ids.copy()
    received = other.received.copy()
    keptCount = other.keptCount
    reserved = other.reserved.copy()
  }

  func copy() -> ParkedRequests { ParkedRequests(copying: self) }

  var count: Int { ids.count &+ received.count }
  var isEmpty: Bool { count == 0 }

  /// Those that no other replica has.
  @inline(__always)
  var ownCount: Int { count &- keptCount }

  mutating func append(_ id: Int32) { ids.append(id) }

  /// Another replica has taken over request `number`.
  mutating func keep(_ number: Int32, in live: borrowing Slab<LiveRequest>) {
    guard let id = find(number, isKept: false, in: live) else {
      preconditionFailure("a request is taken over whose prompt is not computed")
    }
    live[id].handover = .kept
    keptCount += 1
  }

  /// Takes out the request of this number that is here for its own sake; nil: it is not here. Of an
  /// earlier attempt at it blocks may be kept all the same.
  mutating func take(_ number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    guard let id = find(number, isKept: false, in: live) else { return nil }
    ids.removeAll { $0 == id }
    received.removeAll { $0 == id }
    return id
  }

  /// Takes out the request of this number that another replica has; nil: it is not here.
  mutating func takeKept(_ number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32? {
    guard let id = find(number, isKept: true, in: live) else { return nil }
    ids.removeAll { $0 == id }
    keptCount -= 1
    return id
  }

  /// The KV entries of request `number` have come. Returns its id.
  mutating func receive(_ number: Int32, in live: borrowing Slab<LiveRequest>) -> Int32 {
    guard let id = take(number, in: live) else {
      preconditionFailure("KV entries come of a request that has no blocks for them")
    }
    if live[id].handover == .receiving { live[id].handover = .received }
    received.append(id)
    return id
  }

  /// The first `count` of those whose KV entries have come are in the batch.
  mutating func joined(_ count: Int) { received.removeFirst(count) }

  private func find(
    _ number: Int32, isKept: Bool, in live: borrowing Slab<LiveRequest>
  ) -> Int32? {
    func isMeant(_ id: Int32) -> Bool {
      live[id].number == number && (live[id].handover == .kept) == isKept
    }
    for i in 0..<ids.count where isMeant(ids[i]) { return ids[i] }
    for i in 0..<received.count where isMeant(received[i]) { return received[i] }
    return nil
  }

  /// The ids of all of them.
  var all: [Int32] { Array(ids.elements) + Array(received.elements) }
}
