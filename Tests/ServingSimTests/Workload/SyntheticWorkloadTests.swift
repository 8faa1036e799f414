import ServingModel
import ServingSim
import SimKernel
import Testing

private let lengths = TokenLengths(.lognormal(median: 500, sigma: 1))
private let answers = TokenLengths(.lognormal(median: 100, sigma: 0.7))

private func open(_ requests: Int) -> SyntheticWorkload {
  SyntheticWorkload(
    load: .open(.poisson(rate: 4), .requests(requests)), promptTokens: lengths,
    outputTokens: answers)
}

private func conversations(_ requests: Int, longest: Int? = nil) -> SyntheticWorkload {
  var laws = open(requests)
  laws.sessions = SyntheticSessions(
    turns: .geometric(mean: 3), thinkTimes: .exponential(mean: .second), maxPromptTokens: longest)
  return laws
}

@Test func `the same seed draws the same requests and another seed draws others`() {
  let a = open(200).workload(seed: 1, description: "")
  let b = open(200).workload(seed: 1, description: "")
  let c = open(200).workload(seed: 2, description: "")
  #expect(a.arrivals == b.arrivals && a.promptTokens == b.promptTokens)
  #expect(a.outputTokens == b.outputTokens)
  #expect(a.arrivals != c.arrivals && a.promptTokens != c.promptTokens)
}

@Test func `changing one law leaves what the others draw as it was`() {
  let before = open(300).workload(seed: 1, description: "")
  var laws = open(300)
  laws.outputTokens = TokenLengths(.gamma(shape: 0.5, scale: 900))
  laws.sharedPrefix = SharedPrefix(groups: 4, tokens: 10, zipfExponent: 1)
  let after = laws.workload(seed: 1, description: "")
  #expect(before.arrivals == after.arrivals)
  #expect(before.promptTokens.map { $0 + 10 } == after.promptTokens)
  #expect(before.outputTokens != after.outputTokens)

  laws.load = .closed(ClosedLoop(concurrency: 4), requests: 300)
  let closed = laws.workload(seed: 1, description: "")
  #expect(closed.promptTokens == after.promptTokens)
  #expect(closed.arrivals.allSatisfy { $0 == .never })
  #expect(closed.closedLoop == ClosedLoop(concurrency: 4))
}

@Test func `a longer workload begins with the shorter one`() {
  let short = open(50).workload(seed: 9, description: "")
  let long = open(80).workload(seed: 9, description: "")
  #expect(Array(long.arrivals.prefix(50)) == short.arrivals)
  #expect(Array(long.promptTokens.prefix(50)) == short.promptTokens)
}

@Test func `requests that stand alone have no content, dependencies or sessions`() {
  let workload = open(10).workload(seed: 1, description: "ten")
  #expect(workload.count == 10 && workload.description == "ten")
  #expect(workload.content == nil && workload.dependencies == nil)
  #expect(workload.sessions == nil && workload.closedLoop == nil)
}

@Test func `a duration holds the arrivals before its end`() {
  var laws = open(0)
  laws.load = .open(.deterministic(rate: 2), .duration(SimTime(seconds: 10)))
  #expect(laws.workload(seed: 1, description: "").count == 20)
  laws.load = .open(.poisson(rate: 100), .duration(SimTime(seconds: 50)))
  let workload = laws.workload(seed: 1, description: "")
  #expect(abs(workload.count - 5000) < 250)
  #expect(workload.arrivals.allSatisfy { $0 < SimTime(seconds: 50) })
}

@Test func `each turn extends the previous prompt and answer and waits for it`() throws {
  let workload = conversations(2000).workload(seed: 3, description: "")
  let dependencies = try #require(workload.dependencies)
  let sessions = try #require(workload.sessions)
  let content = try #require(workload.content)
  #expect(workload.count == 2000)
  #expect(!content.answersExtend.contains(false) && content.chainOfRequest == sessions)
  var firstTurns = 0
  for row in 0..<workload.count {
    let dependents = dependencies.dependents[
      Int(dependencies.firstDependent[row])..<Int(dependencies.firstDependent[row + 1])]
    if row + 1 < workload.count, sessions[row + 1] == sessions[row] {
      #expect(Array(dependents) == [Int32(row + 1)])
      #expect(
        workload.promptTokens[row + 1] > workload.promptTokens[row] + workload.outputTokens[row])
      #expect(workload.arrivals[row + 1] == .never && dependencies.waitsFor[row + 1] == 1)
    } else {
      #expect(dependents.isEmpty)
    }
    if dependencies.waitsFor[row] == 0 {
      firstTurns += 1
      #expect(workload.arrivals[row] != .never)
    }
  }
  #expect(abs(Double(workload.count) / Double(firstTurns) - 3) < 0.3)
  let first = workload.arrivals.filter { $0 != .never }
  #expect(first == first.sorted())
}

@Test func `think times follow their law`() throws {
  let workload = conversations(20_000).workload(seed: 3, description: "")
  let dependencies = try #require(workload.dependencies)
  let thinks = zip(dependencies.waitsFor, dependencies.thinkTimes)
    .filter { $0.0 > 0 }.map { $0.1.seconds }
  #expect(abs(thinks.reduce(0, +) / Double(thinks.count) - 1) < 0.03)
}

@Test func `a session ends before a prompt that is too long`() throws {
  let workload = conversations(3000, longest: 2000).workload(seed: 3, description: "")
  let waitsFor = try #require(workload.dependencies).waitsFor
  let later = zip(workload.promptTokens, waitsFor).filter { $0.1 > 0 }.map { $0.0 }
  #expect(later.count > 500 && later.allSatisfy { $0 <= 2000 })

  var huge = conversations(100)
  huge.promptTokens = .fixed(1_500_000_000)
  #expect(huge.workload(seed: 1, description: "").arrivals.allSatisfy { $0 != .never })
}

@Test func `a group's requests share its prefix and nothing else`() throws {
  var laws = open(30_000)
  laws.sharedPrefix = SharedPrefix(groups: 3, tokens: 64, zipfExponent: 1)
  let workload = laws.workload(seed: 5, description: "")
  let content = try #require(workload.content)
  #expect(!content.answersExtend.contains(true))
  #expect(Set(content.chainOfRequest).count == workload.count)
  #expect(Array(content.parents.prefix(3)) == [-1, -1, -1])
  #expect(Array(content.offsets.prefix(3)) == [0, 0, 0])
  let groups = content.chainOfRequest.map { content.parents[Int($0)] }
  #expect(content.chainOfRequest.allSatisfy { content.offsets[Int($0)] == 64 })
  #expect(workload.promptTokens.allSatisfy { $0 > 64 })
  // Shares 6 : 3 : 2.
  for (group, share) in [(Int32(0), 6.0 / 11), (1, 3.0 / 11), (2, 2.0 / 11)] {
    #expect(abs(Double(groups.count { $0 == group }) / 30_000 - share) < 0.01)
  }
}

@Test func `sessions in groups hang below their group`() throws {
  var laws = conversations(500)
  laws.sharedPrefix = SharedPrefix(groups: 2, tokens: 100)
  let workload = laws.workload(seed: 5, description: "")
  let content = try #require(workload.content)
  let sessions = try #require(workload.sessions)
  #expect(content.chainOfRequest == sessions.map { $0 + 2 })
  #expect(content.parents.dropFirst(2).allSatisfy { (0..<2).contains($0) })
  #expect(content.offsets.dropFirst(2).allSatisfy { $0 == 100 })
}
