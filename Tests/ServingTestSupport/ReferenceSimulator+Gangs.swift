import ServingModel
import ServingSim
import SimKernel

/// Data parallel ranks whose tokens meet in the experts, spelled out.
extension ReferenceSimulator {
  /// The numbers of those who step together. As many ranks as a replica has follow each other.
  var gangs: [[Int]] {
    var gangs: [[Int]] = []
    for i in replicas.indices where replicas[i].plan.stepsTogether {
      if let last = gangs.last, last.last == i - 1,
        last.count < replicas[last[0]].plan.dataParallelSize
      {
        gangs[gangs.count - 1].append(i)
      } else {
        gangs.append([i])
      }
    }
    return gangs
  }

  /// All who step when replica `i` does.
  func peers(of i: Int) -> [Int] { gangs.first { $0.contains(i) } ?? [i] }

  /// Steps of a gang's ranks that begin now last as long as all of them take together. Who has nothing
  /// to do computes a token.
  func stepTogether(_ gang: [Int], at now: Instant) {
    // They go off together, when the last of them has idled long enough.
    if gang.allSatisfy({ !replicas[$0].wasBusy }) {
      let since = gang.map { replicas[$0].idleSince }.max() ?? now
      for i in gang { replicas[i].idleSince = since }
    }
    let isWaitedFor = gang.contains { !replicas[$0].parked.isEmpty }
    for i in gang { replicas[i].isWaitedFor = isWaitedFor }
    let began = gang.contains { replicas[$0].beganStep(at: now) }
    guard began else { return }
    let up = gang.filter {
      replicas[$0].goneSince == nil && replicas[$0].wakeEnd == nil && !replicas[$0].isFailing
        && replicas[$0].failedSince == nil && !replicas[$0].isCutOff
    }
    for i in up where replicas[i].stepEnd == nil { replicas[i].beginIdleStep(at: now) }
    let works = up.map { replicas[$0].workOfStep }
    let duration = replicas[gang[0]].plan.stepTime.duration(ofRanks: works)
    for i in up { replicas[i].stepEnd = now + Instant(duration.picoseconds) }
  }
}

extension ReferenceReplica {
  func beganStep(at now: Instant) -> Bool { stepEnd != nil && step.start == now }

  /// With no request.
  mutating func beginIdleStep(at now: Instant) {
    wasBusy = true
    step = ReferenceStep(start: now)
    step.usedBlocks = plan.usableBlocks - cache.free
    peakUsedBlocks = max(peakUsedBlocks, step.usedBlocks)
    if let traffic = plan.meter?.weightBytes, traffic.count > 0 {
      step.weightBytes = Int(traffic[min(1, traffic.count - 1)].rounded())
    }
    stepEnd = .max
  }

  var workOfStep: StepWork {
    guard running.isEmpty else { return step.work }
    var work = StepWork()
    work.decodeSequences = 1
    return work
  }
}
