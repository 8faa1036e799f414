import ServingModel
import ServingPolicies
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct IndependenceTests {
  /// Round robin and random routers carry their state over.
  private static let routers: [RouterPolicy] = [
    .leastOutstanding, .sessionAffinity, .prefixAffinity,
  ]

  @Test(arguments: 6400..<6460)
  func `two halves far apart are two runs`(seed: Int) {
    var first = randomPlan(seed: UInt64(seed))
    first.router = Self.routers[seed % 3]
    // Reports come at multiples of their interval, whenever the second half begins.
    first.routerSettings.refreshInterval = nil
    first.workload.isolate()
    // What counts how often text was found remembers the first half.
    for i in first.replicas.indices { first.replicas[i].eviction = nil }
    // So does what counts what each tenant has had.
    for i in first.replicas.indices where first.replicas[i].scheduler is VirtualTokenCounter {
      first.replicas[i].scheduler = FirstComeFirstServed()
    }
    var second = first
    second.workload = randomPlan(seed: UInt64(seed) + 1_000_000).workload
    second.workload.isolate()

    let firstRun = Simulation.run(first)
    let shift = firstRun.end.since(.start) + SimDuration(picoseconds: 1_000_003)
    var both = first
    both.workload.append(second.workload, shift: shift)
    let expected =
      firstRun.outcomes + Simulation.run(second).outcomes.map { $0.later(by: shift) }
    #expect(Simulation.run(both).outcomes == expected)
  }

  @Test(arguments: 6500..<6530)
  func `another router leaves arrivals and lengths as they are`(seed: Int) {
    var plan = randomPlan(seed: UInt64(seed))
    plan.replicas = [plan.replicas[0], plan.replicas[0], plan.replicas[0]]
    plan.workload.isolate()
    plan.workload.dependencies = nil
    let sent = RouterPolicy.allCases.map { router in
      plan.router = router
      return Simulation.run(plan).outcomes.map {
        [$0.arrival.picoseconds, Instant($0.outputTokens)]
      }
    }
    for other in sent.dropFirst() { #expect(other == sent[0]) }
  }
}

extension Outcome {
  fileprivate func later(by shift: SimDuration) -> Outcome {
    var outcome = self
    for moment in [\Outcome.arrival, \.firstScheduled, \.firstToken, \.finish]
    where outcome[keyPath: moment] != .never {
      outcome[keyPath: moment] = outcome[keyPath: moment] + shift
    }
    return outcome
  }
}

extension Workload {
  /// Has requests arrive by themselves rather than from a closed loop.
  fileprivate mutating func isolate() {
    traits[.tenant] = nil
    guard closedLoop != nil else { return }
    closedLoop = nil
    arrivals = (0..<count).map { SimTime(picoseconds: 3_000_000 * Instant($0)) }
  }

  /// Appends the requests of `other`, which share nothing with these.
  fileprivate mutating func append(_ other: Workload, shift: SimDuration) {
    content = joined(content ?? unshared, other.content ?? other.unshared)
    dependencies = joined(
      dependencies ?? independent, other.dependencies ?? other.independent, offset: Int32(count))
    priorities = (priorities ?? fill(0)) + (other.priorities ?? other.fill(0))
    deadlines = (deadlines ?? timeless) + (other.deadlines ?? other.timeless)
    traits[.maxTokens] =
      (traits[.maxTokens] ?? unlimited) + (other.traits[.maxTokens] ?? other.unlimited)
    let mine = sessions ?? fill(-1)
    let next = (mine.max() ?? -1) + 1
    sessions = mine + (other.sessions ?? other.fill(-1)).map { $0 < 0 ? $0 : $0 + next }
    arrivals += other.arrivals.map { $0 == .never ? $0 : $0 + shift }
    promptTokens += other.promptTokens
    outputTokens += other.outputTokens
  }

  private func fill(_ value: Int32) -> [Int32] { [Int32](repeating: value, count: count) }

  private var timeless: [SimDuration] { arrivals.map { _ in .longest } }

  private var unlimited: [Int64] { arrivals.map { _ in RequestTraits.none } }

  private var unshared: ContentTable {
    ContentTable(chainOfRequest: fill(-1))
  }

  private var independent: Dependencies {
    Dependencies(
      waitsFor: fill(0), firstDependent: fill(0) + [0], dependents: [],
      thinkTimes: arrivals.map { _ in .zero })
  }
}

private func joined(_ a: ContentTable, _ b: ContentTable) -> ContentTable {
  let chains = Int32(a.parents.count)
  func moved(_ chain: Int32) -> Int32 { chain < 0 ? chain : chain + chains }
  return ContentTable(
    chainOfRequest: a.chainOfRequest + b.chainOfRequest.map(moved),
    answersExtend: a.answersExtend + b.answersExtend,
    parents: a.parents + b.parents.map(moved), offsets: a.offsets + b.offsets)
}

private func joined(_ a: Dependencies, _ b: Dependencies, offset: Int32) -> Dependencies {
  let edges = Int32(a.dependents.count)
  return Dependencies(
    waitsFor: a.waitsFor + b.waitsFor,
    firstDependent: a.firstDependent.dropLast() + b.firstDependent.map { $0 + edges },
    dependents: a.dependents + b.dependents.map { $0 + offset },
    thinkTimes: a.thinkTimes + b.thinkTimes)
}
