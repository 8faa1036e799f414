import ServingModel
import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

/// Serves whoever a test wants first.
private struct RankedBy: OrderedPolicy {
  var rank: @Sendable (RequestView) -> Int64

  var order: QueueOrder { .rank }

  func rank(of request: RequestView) -> Int64 { rank(request) }
}

@Suite(.timeLimit(.minutes(30))) struct RequestTraitsTests {
  /// Request 0 runs alone; then the others wait, and the policy says who is next.
  private func order(
    _ traits: RequestTraits, _ rank: @escaping @Sendable (RequestView) -> Int64
  ) -> [Int] {
    let requests = [0, 0.1, 0.2].map { StepRequest(at: $0, prompt: 2, output: 3) }
    var plan = stepPlan(requests, stepReplica(seats: 1, scheduler: RankedBy(rank: rank)))
    plan.workload.traits = traits
    let outcomes = Simulation.run(plan).outcomes
    return outcomes.indices.sorted { outcomes[$0].firstScheduled < outcomes[$1].firstScheduled }
  }

  @Test(arguments: RequestLabel.allCases) func `a policy sees each label`(
    label: RequestLabel
  ) {
    var traits = RequestTraits()
    traits[label] = RequestLabels(names: ["slow", "fast"], ofRequest: [-1, 0, 1])
    #expect(order(traits) { Int64(-($0.traits[label] ?? -1)) } == [0, 2, 1])
    #expect(order(traits) { $0.traits.name(of: label) == "fast" ? 0 : 1 } == [0, 2, 1])
    // Other labels say nothing.
    let others = RequestLabel.allCases.filter { $0 != label }
    #expect(
      order(traits) { request in others.contains { request.traits[$0] != nil } ? -1 : 0 }
        == [0, 1, 2])
  }

  @Test(arguments: RequestNumber.allCases) func `a policy sees each number`(
    number: RequestNumber
  ) {
    var traits = RequestTraits()
    traits[number] = [RequestTraits.none, 9, 3]
    #expect(order(traits) { $0.traits[number] ?? .max } == [0, 2, 1])
  }

  @Test func `a request that says nothing shows nothing`() {
    #expect(
      order(RequestTraits()) { request in
        let says =
          RequestLabel.allCases.contains {
            request.traits[$0] != nil || request.traits.name(of: $0) != nil
          } || RequestNumber.allCases.contains { request.traits[$0] != nil }
        return says ? -1 : 0
      } == [0, 1, 2])
  }

  @Test func `answers end at their clients' limits`() {
    var plan = stepPlan((0..<3).map { _ in StepRequest(prompt: 2, output: 6) })
    plan.workload.traits[.maxTokens] = [4, 9, RequestTraits.none]
    #expect(Simulation.run(plan).outcomes.map(\.outputTokens) == [4, 6, 6])
    #expect(Differential(plan).difference == nil)
  }

  @Test func `every column has its own name, here and in traces`() {
    let names = RequestLabel.allCases.map(\.name) + RequestNumber.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    let columns =
      RequestLabel.allCases.map(\.traceColumn) + RequestNumber.allCases.map(\.traceColumn)
    #expect(Set(columns).count == columns.count)
    #expect(Set(RequestLabel.allCases.map(\.plural)).count == RequestLabel.allCases.count)
  }

  @Test func `a live run's policies see what its requests say, and no more`() {
    let plan = stepPlan(
      [],
      stepReplica(
        seats: 1, scheduler: RankedBy { $0.traits.name(of: .tenant) == "first" ? 0 : 1 }))
    var live = LiveSimulation(plan, capacity: 3, chains: 0)
    func request(_ tenant: String?, limit: Int64? = nil) -> LiveArrival {
      var traits = LiveTraits()
      traits[.tenant] = tenant
      traits[.maxTokens] = limit
      return LiveArrival(promptTokens: 2, outputTokens: 4, traits: traits)
    }
    for round in 0..<3 {
      let start = SimTime(seconds: Double(round))
      let last = round == 2 ? nil : "first"
      let numbers = [nil, "second", last].map { live.submit(request($0, limit: 2), at: start) }
      var order: [Int32] = []
      live.advance(to: SimTime(seconds: Double(round) + 0.9)) { event, outcome in
        guard event.kind == .ended else { return }
        order.append(event.request)
        #expect(outcome.outputTokens == 2)
      }
      // The third request of the last round has the place of one that was first, and says nothing.
      let expected = round == 2 ? numbers.sorted() : [numbers[2]] + numbers[..<2].sorted()
      #expect(order == expected, "round \(round)")
    }
  }

  @Test func `names that clients make up do not fill the memory`() {
    var traits = LiveTraits()
    traits[.tenant] = String(repeating: "x", count: 1000)
    #expect(traits[.tenant]?.count == LiveTraits.longestWord)
    var collector = TraitCollector(mostWords: 2)
    for word in ["a", "b", "c", "a"] { collector.append(word: { _ in word }, number: { _ in nil }) }
    let labels = collector.collected()[.tenant]
    #expect(labels?.names == ["a", "b"] && labels?.ofRequest == [0, 1, -1, 0])
  }

  @Test func `columns begin with the first value and reach to the last request`() {
    var collector = TraitCollector()
    let words = [nil, "b", nil, "a", "b", nil]
    for (place, word) in words.enumerated() {
      collector.append(
        word: { $0 == .region ? word : nil },
        number: { $0 == .maxTokens && place == 2 ? 7 : nil })
    }
    let traits = collector.collected()
    #expect(
      traits[.region] == RequestLabels(names: ["b", "a"], ofRequest: [-1, 0, -1, 1, 0, -1]))
    #expect(traits[.maxTokens] == [-1, -1, 7, -1, -1, -1])
    #expect(traits[.model] == nil && traits[.endToEnd] == nil)
    #expect(traits.of([4, 2])[.region]?.ofRequest == [0, -1])
    #expect(traits.of([4, 2])[.maxTokens] == [-1, 7] && traits.fit(6) && !traits.fit(5))
  }
}
