import Foundation
package import ServingSim
package import SimKernel

/// A run of the engine beside one of the reference: everything that a recording says, with `==`.
package struct Differential {
  /// The first thing in which they differ, in words; nil: there is none.
  package private(set) var difference: String?
  private let recording: Recording
  private let reference: ReferenceSimulator

  /// `run` is a live run of the plan's requests whose clients go away as `leaving` says; nil: the
  /// plan is simulated.
  package init(
    _ plan: Plan, leaving: [Int: Instant] = [:], changes: [ReplicaChange] = [],
    run: Recording? = nil
  ) {
    reference = ReferenceSimulator(plan)
    reference.leaving = leaving
    reference.changes = changes
    reference.run(end: run?.end)
    recording = run ?? Simulation.run(plan)
    compareOutcomes()
    if run == nil { compare("end", recording.end.picoseconds, reference.end) }
    compareReplicas()
    compareGaps()
    if run == nil { compare("lost attempts", recording.lost, reference.lost) }
    if run == nil { compare("held requests", recording.held, reference.held) }
    compare("handoffs", recording.handoffs, reference.handoffs)
    compare("loads", recording.loads, reference.loaded.sorted(by: KVLoad.precedes))
  }

  /// How the engine differs from the reference on a plan, and a scenario that shows it; nil: it
  /// does not.
  package static func fault(of plan: Plan) -> String? {
    guard let difference = Differential(plan).difference else { return nil }
    guard plan.pools == [PoolPlan()], plan.regions.names.isEmpty, plan.scaling.isEmpty,
      plan.replicas.allSatisfy({ $0.offloading == nil })
    else { return "\(difference)\nNo scenario is printed of plans with pools or tiers." }
    let sayable = plan.sayable
    guard let shown = Differential(sayable).difference else {
      return "\(difference)\nNo scenario shows it: \(plan.name) with linear step times is alike."
    }
    let printed = PrintedScenario(sayable)
    let folder = NSTemporaryDirectory() + "kavier-\(plan.name.replacing(" ", with: "-"))"
    let path = (try? printed.write(to: folder)) ?? "nowhere"
    return """
      \(difference)
      kavier simulate \(path) shows this: \(shown)
      \(printed.scenario)
      """
  }

  private mutating func compareOutcomes() {
    // What differs first in time tells more than what follows from it.
    let differing = recording.outcomes.indices.filter {
      recording.outcomes[$0] != reference.outcomes[$0]
    }
    let first = differing.min { a, b in start(a) < start(b) }
    guard let first else { return }
    compare("request \(first)", recording.outcomes[first], reference.outcomes[first])
  }

  /// When a request is known to fare differently.
  private func start(_ number: Int) -> SimTime {
    let (engine, reference) = (recording.outcomes[number], reference.outcomes[number])
    return min(engine.firstScheduled, engine.finish, reference.firstScheduled, reference.finish)
  }

  private mutating func compareReplicas() {
    let replicas = recording.replicas
    compare("steps", replicas.map(\.steps), reference.steps)
    compare("steps outside", replicas.map(\.stepsOutside), reference.stepsOutside)
    compare("preemptions", replicas.map(\.preemptions), reference.preemptions)
    compare("wakes", replicas.map(\.wakes), reference.wakes)
    compare("migrations", replicas.map(\.migrations), reference.migrated)
    compare("when they joined", replicas.map(\.joined), reference.joined)
    compare("when they were gone", replicas.map(\.gone), reference.gone)
    compare("nodes", replicas.map(\.node), reference.nodes)
    compare("failures", replicas.map(\.failures), reference.failures)
    compare("times down", replicas.map(\.downTime), reference.downTimes)
    compare("offloaded blocks", replicas.map(\.offloadedBlocks), reference.offloadedBlocks)
    compare("peak of blocks", replicas.map(\.peakUsedBlocks), reference.peakUsedBlocks)
    compare("blocks", replicas.map(\.usableBlocks), reference.usableBlocks)
    for (i, replica) in replicas.enumerated() {
      var totals = WindowTotals()
      for (number, window) in replica.windows.enumerated() {
        let expected = reference.window(number, of: i, length: replica.windowLength)
        compareWindows("replica \(i), window \(number)", window, expected)
        totals.add(window)
      }
      compare("replica \(i), prompt tokens", replica.lookedUpTokens, totals.lookedUpTokens)
      compare("replica \(i), tokens found", replica.cachedTokens, totals.cachedTokens)
      let end = Instant(replica.windowLength.picoseconds) * Instant(replica.windows.count)
      compare("replica \(i), after its windows", max(end, recording.end.picoseconds), end)
    }
  }

  private mutating func compareWindows(
    _ name: String, _ engine: WindowTotals, _ reference: WindowTotals
  ) {
    compare("\(name), prefill steps", engine.prefillSteps, reference.prefillSteps)
    compare("\(name), decode steps", engine.decodeSteps, reference.decodeSteps)
    compare(name, engine, reference)
  }

  private mutating func compareGaps() {
    var gaps = LogHistogram()
    for gap in reference.gaps { gaps.add(SimDuration(clamping: gap)) }
    compare("gaps", recording.interTokenLatencies.counts, gaps.counts)
    compare("longest gap", recording.interTokenLatencies.greatest, gaps.greatest)
    compare("shortest gap", recording.interTokenLatencies.least, gaps.least)
  }

  private mutating func compare<T: Equatable>(_ name: String, _ engine: T, _ reference: T) {
    guard difference == nil, engine != reference else { return }
    difference = "\(name): the engine says \(engine), the reference \(reference)"
  }
}
