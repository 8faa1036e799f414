package import SimKernel

/// What a batch policy sees of its replica at the start of a step: a walk over the waiting requests,
/// in their order, and the room there is. At each it can admit the request or pass it by.
package struct QueueView: ~Copyable {
  let replica: UnsafeMutablePointer<Replica>
  /// Tokens that this step can still compute.
  package private(set) var budget: Int
  let now: Int64

  init(replica: UnsafeMutablePointer<Replica>, budget: Int, now: Int64) {
    self.replica = replica
    self.budget = budget
    self.now = now
  }

  /// When the step begins.
  package var time: SimTime { SimTime(picoseconds: replica.pointee.epoch.instant(now)) }
  /// Requests in the batch, those just admitted included.
  package var running: Int { replica.pointee.batch.running.count }
  /// Requests that wait, those passed by included.
  package var waiting: Int { replica.pointee.queue.waiting.count }
  package var maxNumSeqs: Int { replica.pointee.settings.maxNumSeqs }
  package var freeBlocks: Int { replica.pointee.kv.free }
  package var usableBlocks: Int { replica.pointee.kv.capacity }
  /// Tokens a block holds.
  package var blockSize: Int { replica.pointee.settings.blockSize.tokens }
  /// What the policy's ratio has come to; 1 if it has none.
  package var newTokenRatio: Double {
    replica.pointee.newTokenRatio.value(
      replica.pointee.settings.newTokenRatio, at: replica.pointee.decoders.step)
  }

  /// The sum of `measure` over those who run, those just admitted included.
  package func sumOverRunning(_ measure: (RunningRequest) -> Int) -> Int {
    replica.pointee.sumOverRunning(measure)
  }

  /// What the prefix cache has of the request that the walk has come to.
  package func lookUp() -> FoundPrefix {
    let id = replica.pointee.queue.waiting.front
    guard id >= 0 else { return FoundPrefix(tokens: 0, freeBlocks: 0) }
    let request = replica.pointee.live[id]
    let found = replica.pointee.kv.match(request.content, tokens: Int(request.knownTokens))
    return FoundPrefix(tokens: found.blocks * blockSize, freeBlocks: found.unheld)
  }

  /// The request that the walk has come to; nil: it is at the end.
  package var next: WaitingRequest? {
    let id = replica.pointee.queue.waiting.front
    guard id >= 0 else { return nil }
    let request = replica.pointee.live[id]
    return WaitingRequest(
      number: Int(request.number),
      arrival: SimTime(picoseconds: replica.pointee.epoch.instant(request.arrival)),
      rank: request.rank, promptTokens: Int(request.promptTokens),
      generatedTokens: Int(request.generatedTokens), maxTokens: Int(request.maxTokens))
  }

  /// Admits that request with as much of its prompt as the budget allows, and goes on to the next;
  /// or says why it cannot be admitted now.
  package mutating func admit() -> AdmissionResult {
    replica.pointee.admitFront(budget: &budget, at: now)
  }

  /// Leaves that request where it waits, and goes on to the next; nothing at the end.
  package mutating func skip() {
    replica.pointee.queue.waiting.skip(in: replica.pointee.live)
  }

  /// Begins the walk anew, with those who were passed by.
  package mutating func restart() {
    replica.pointee.queue.waiting.endWalk(in: replica.pointee.live)
  }

  /// In a queue of lines: those in which somebody waits, in no order.
  package var lines: [WaitingLine] { replica.pointee.waitingLines() }

  /// Goes on with the first of that line; nobody is passed by who stands in another.
  package mutating func turn(to line: WaitingLine) {
    replica.pointee.queue.waiting.turn(to: Int32(line.number))
  }

  /// Admits one after the other until one cannot be.
  package mutating func admitInOrder() -> Stability {
    replica.pointee.admitInOrder(&budget, at: now)
  }
}

/// What a batch policy may know of a request that waits.
package struct WaitingRequest: Sendable {
  package var number: Int
  /// At its replica.
  package var arrival: SimTime
  /// What the policy said it is; 0 in a queue ordered by arrival.
  package var rank: Int64
  package var promptTokens: Int
  /// Tokens of its answer that it has already, if it was preempted; they are to be computed again.
  package var generatedTokens: Int
  /// The most that its answer may have: as its client says, else what the model's length leaves.
  package var maxTokens: Int
}

/// What a batch policy may know of a request that runs.
package struct RunningRequest: Sendable {
  package var promptTokens: Int
  package var generatedTokens: Int
  /// The most that its answer may have.
  package var maxTokens: Int
  /// Tokens that it has KV blocks for, those of the step that is planned included.
  package var heldTokens: Int
}

/// What the prefix cache has of a request.
package struct FoundPrefix: Sendable {
  package var tokens: Int
  /// Blocks of it that count as free as long as nobody holds them.
  package var freeBlocks: Int
}

package enum AdmissionResult: Sendable {
  case admitted
  /// The walk is at the end.
  case noneWaits
  /// As many requests run as may.
  case noSeat
  /// The step's tokens are spent, or do not hold a prompt that must not be split.
  case noBudget
  /// The prompt's KV blocks are not free.
  case noMemory
}
