import ServingModel
import ServingSim
import SimKernel

/// Failures of one rule: of one replica, or of all that the rule is for.
struct ReferenceFailure {
  var rule: FailureRule
  /// nil: all of them.
  var replica: Int?
  var next: Instant
  var random: RandomStream
}

/// Replicas that fail and come back, spelled out.
extension ReferenceSimulator {
  var failureTimes: [Instant] {
    // Nothing fails for its own sake, but only while something else is to come.
    guard isAtWork else { return [] }
    return failureSources.map(\.next).filter { $0 < SimTime.last.picoseconds }
      + replicas.compactMap(\.lostAt) + replicas.compactMap(\.fastAt)
      + replicas.compactMap(\.noticedAt) + replicas.compactMap(\.reconnectedAt)
  }

  func expectFailures() {
    for (index, rule) in plan.failures.enumerated() where isShared(rule) {
      add(rule, index, replica: nil)
    }
    for i in replicas.indices { expectFailures(of: i, at: 0) }
  }

  /// Of a replica that has joined, by itself.
  func expectFailures(of i: Int, at now: Instant) {
    guard place(of: i).rank == 0 else { return }
    for (index, rule) in plan.failures.enumerated() where !isShared(rule) && isHit(i, rule) {
      add(rule, index, replica: i, from: now)
    }
  }

  private func add(_ rule: FailureRule, _ index: Int, replica: Int?, from now: Instant = 0) {
    let entity = UInt64(index) << 32 | UInt64(replica.map { $0 + 1 } ?? 0)
    var random = RandomStream(seed: plan.seed, .failures, index: entity)
    let next: Instant
    switch rule.time {
    case .at(let time): next = time.picoseconds
    case .every(let seconds): next = now + draw(seconds, &random)
    }
    failureSources.append(
      ReferenceFailure(rule: rule, replica: replica, next: next, random: random))
  }

  private func draw(_ mean: Double, _ random: inout RandomStream) -> Instant {
    SimTime(seconds: random.exponential(mean: mean)).picoseconds
  }

  private func isShared(_ rule: FailureRule) -> Bool {
    switch (rule.time, rule.target) {
    case (.at, _), (_, .zone): true
    default: false
    }
  }

  /// The place of a replica in its group, and of an engine among its ranks.
  private func place(of i: Int) -> (replica: Int, rank: Int) {
    let engine = replicas[..<i].count { $0.plan.group == replicas[i].plan.group }
    let ranks = replicas[i].plan.dataParallelSize
    return (engine / ranks, engine % ranks)
  }

  private func isHit(_ i: Int, _ rule: FailureRule) -> Bool {
    switch rule.target {
    case .all: true
    case .group(let group): replicas[i].plan.group == group
    case .replica(let group, let number):
      replicas[i].plan.group == group && place(of: i).replica == number
    case .zone(let zone): replicas[i].plan.zone == zone
    }
  }

  func fail(at now: Instant) {
    for s in failureSources.indices where failureSources[s].next == now { strike(s, at: now) }
    for i in replicas.indices where replicas[i].lostAt == now {
      crash(i, repair: replicas[i].repair, at: now)
      // Of one that is gone there is nothing more to lose.
      replicas[i].lostAt = nil
    }
    for i in replicas.indices where replicas[i].reconnectedAt == now { reconnect(i, at: now) }
    for i in replicas.indices where replicas[i].noticedAt == now {
      replicas[i].noticedAt = nil
      replicas[i].isMember = false
      loseAll(i, at: now)
    }
    for i in replicas.indices where replicas[i].fastAt == now {
      replicas[i].fastAt = nil
      if replicas[i].goneSince == nil { setPace(i, 1) }
    }
  }

  private func strike(_ s: Int, at now: Instant) {
    let rule = failureSources[s].rule
    var targets = replicas.indices.filter { isHit($0, rule) }
    if let first = failureSources[s].replica {
      let place = place(of: first).replica
      targets = replicas.indices.filter {
        replicas[$0].plan.group == replicas[first].plan.group && self.place(of: $0).replica == place
      }
    }
    failureSources[s].next = .max
    let repair: Instant?
    switch rule.failure.repair {
    case .after(let time): repair = Instant(time.picoseconds)
    case .mean(let mean): repair = draw(mean.seconds, &failureSources[s].random)
    case .never: repair = nil
    }
    if case .every(let seconds) = rule.time, let repair {
      let notice =
        if case .reclaim(let notice) = rule.failure.kind { notice } else { SimDuration.zero }
      let next =
        now + Instant(notice.picoseconds) + repair
        + draw(seconds, &failureSources[s].random)
      if !targets.allSatisfy({ replicas[$0].goneSince != nil }) { failureSources[s].next = next }
    }
    for i in targets {
      switch rule.failure.kind {
      case .crash: crash(i, repair: repair ?? .max, at: now)
      case .reclaim(let notice): reclaim(i, notice, repair: repair ?? .max, at: now)
      case .partition(let detection):
        cutOff(i, for: repair ?? .max, noticedAfter: detection, at: now)
      case .slow(let factor):
        guard replicas[i].goneSince == nil else { continue }
        setPace(i, factor)
        replicas[i].fastAt = repair.map { now + $0 }
      }
    }
  }

  private func setPace(_ i: Int, _ factor: Double) {
    let usual = replicas[i].usualStepTime
    replicas[i].plan.stepTime = factor == 1 ? usual : SlowedStepTime(usual, by: factor)
  }

  /// Whether it serves, and was not told to leave.
  private func isReady(_ i: Int, at now: Instant) -> Bool {
    replicas[i].isMember && replicas[i].wakeEnd ?? now <= now && !replicas[i].isOff(at: now)
      && !replicas[i].isCutOff
  }

  private func crash(_ i: Int, repair: Instant, at now: Instant) {
    let drains = replicas[i].isDraining && replicas[i].goneSince == nil
    let isReclaimed = replicas[i].lostAt != nil && !replicas[i].isDraining
    guard drains || isReclaimed || isReady(i, at: now) else { return }
    replicas[i].lostAt = nil
    if !drains {
      replicas[i].isMember = false
      replicas[i].isFailing = true
      replicas[i].repair = repair
    }
    loseAll(i, at: now)
    leaveFleet(i, at: now)
    breakDown(i, at: now)
  }

  private func reclaim(_ i: Int, _ notice: SimDuration, repair: Instant, at now: Instant) {
    let drains = replicas[i].isDraining && replicas[i].goneSince == nil
    guard drains || isReady(i, at: now) else { return }
    guard notice > .zero else { return crash(i, repair: repair, at: now) }
    replicas[i].isMember = false
    replicas[i].repair = repair
    replicas[i].lostAt = now + Instant(notice.picoseconds)
  }

  private func cutOff(
    _ i: Int, for time: Instant, noticedAfter detection: SimDuration, at now: Instant
  ) {
    let drains = replicas[i].isDraining && replicas[i].goneSince == nil
    let isReclaimed = replicas[i].lostAt != nil && !replicas[i].isDraining
    guard drains || isReclaimed || isReady(i, at: now) else { return }
    if !drains, !isReclaimed {
      replicas[i].isCutOff = true
      replicas[i].noticedAt = now + Instant(detection.picoseconds)
      let end = time == .max ? Instant.max : now + time
      replicas[i].reconnectedAt = end < SimTime.last.picoseconds ? end : nil
    }
    loseAll(i, at: now)
    leaveFleet(i, at: now)
  }

  private func reconnect(_ i: Int, at now: Instant) {
    replicas[i].reconnectedAt = nil
    replicas[i].noticedAt = nil
    replicas[i].isCutOff = false
    replicas[i].isMember = true
    if replicas[i].stepEnd == nil { replicas[i].idleSince = now }
    sendUnsent(at: now)
  }

  /// It is down when it has lost all it had.
  func breakDown(_ i: Int, at now: Instant) {
    guard replicas[i].isFailing, replicas[i].isIdle else { return }
    replicas[i].isFailing = false
    replicas[i].failedSince = now
    replicas[i].isFull = false
    replicas[i].hasLost = false
    replicas[i].forgetService()
    replicas[i].forgetText()
    let up = replicas[i].repair == .max ? Instant.max : now + replicas[i].repair
    replicas[i].wakeEnd = up < SimTime.last.picoseconds ? up : nil
  }
}
