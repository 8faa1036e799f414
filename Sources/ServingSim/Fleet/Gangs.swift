import ServingModel
import SimKernel

/// Engines that step together: the data parallel ranks of a replica whose model has experts. Their
/// tokens meet in every layer with experts, so a step ends for all when the slowest is through, and a
/// rank without requests computes a token that nobody gets (`DPEngineCoreProc` in
/// vllm/v1/engine/core.py, version 0.11; `prepare_mlp_sync_batch` of SGLang 0.5).
///
/// Invariant: at any time either all ranks of a gang that are up have a step under way, and these began
/// and end together, or none has.
struct Gangs {
  /// The numbers of the ranks of each, which follow each other in the fleet.
  private(set) var ranks: [Range<Int>] = []
  /// Of each replica, up to the last that is in one; -1: in none.
  private var gangOfReplica: [Int32] = []
  /// Of how many ranks the last one is to be, and when they are up.
  private var size = 0
  private var upAt: Instant = 0
  /// What ranks compute, while a step is priced.
  var works: [StepWork] = []

  var isEmpty: Bool { ranks.isEmpty }

  /// Replica `i`, the last of the fleet, is up at `upAt`: of a gang, all ranks are at once.
  mutating func join(_ i: Int, _ plan: ReplicaPlan, upAt: Instant) {
    guard plan.stepsTogether, plan.dataParallelSize > 1 else { return }
    while gangOfReplica.count <= i { gangOfReplica.append(-1) }
    if let last = ranks.last, last.upperBound == i, last.count < size, upAt == self.upAt {
      ranks[ranks.count - 1] = last.lowerBound..<i + 1
    } else {
      ranks.append(i..<i + 1)
      size = plan.dataParallelSize
      self.upAt = upAt
    }
    gangOfReplica[i] = Int32(ranks.count - 1)
  }

  /// The number of the gang of replica `i`; nil: it steps by itself.
  func gang(of i: Int) -> Int? {
    guard i < gangOfReplica.count, gangOfReplica[i] >= 0 else { return nil }
    return Int(gangOfReplica[i])
  }

  /// All who step when replica `i` does.
  func peers(of i: Int) -> Range<Int> { gang(of: i).map { ranks[$0] } ?? i..<i + 1 }
}

extension Fleet {
  /// Begins the steps of this instant, those of gangs together.
  mutating func beginAll() {
    guard !gangs.isEmpty else { return beginSteps() }
    // Once each: the ranks of a gang are ready together, or one after the other from the outside.
    let ready = Set((0..<ready.count).compactMap { gangs.gang(of: Int(self.ready[$0])) })
    beginSteps()
    for gang in ready.sorted() { beginTogether(gangs.ranks[gang]) }
  }

  /// Those of `ranks` that have a batch have planned it; the others join in, if there is any step.
  private mutating func beginTogether(_ ranks: Range<Int>) {
    guard ranks.contains(where: { replicas[$0].isBusy }) else { return }
    precondition(
      ranks.allSatisfy { !replicas[$0].isBusy || replicas[$0].span.start == now },
      "a gang that begins a step amid another")
    gangs.works.removeAll(keepingCapacity: true)
    for i in ranks where stepsAlong(i) { gangs.works.append(replicas[i].workOfStep) }
    let duration = replicas[ranks.lowerBound].settings.stepTime.duration(ofRanks: gangs.works)
    for i in ranks where stepsAlong(i) {
      replicas[i].stepAlong(from: now, lasting: duration.picoseconds)
      clock.set(i, to: replicas[i].span.end)
    }
  }

  private func stepsAlong(_ i: Int) -> Bool {
    standings[i].life.isServing
  }
}

extension Replica {
  /// What the step that has just been planned computes; without requests, a token.
  fileprivate var workOfStep: StepWork {
    mutating get {
      guard isBusy else {
        var work = StepWork()
        work.decodeSequences = 1
        return work
      }
      addDecoders()
      return batch.work
    }
  }

  /// The step lasts as long as that of all ranks does. Without requests it serves nobody.
  fileprivate mutating func stepAlong(from now: Int64, lasting duration: Int64) {
    if !isBusy {
      isBusy = true
      if batch.hasChunks { clearChunks() }
      spanBlocks.begin(used: kv.used)
    }
    span.start = now
    span.first = duration
    span.growth = 0
    span.resize(to: 1)
  }
}
