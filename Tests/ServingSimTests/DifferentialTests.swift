import Foundation
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct DifferentialTests {
  @Test(arguments: plans(600))
  func `the engine equals the reference to the picosecond`(seed: Int) {
    check(randomPlan(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference when replicas are switched off`(seed: Int) {
    check(randomPlanWithPowerDown(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference when requests wait for a better time`(seed: Int) {
    check(randomPlanWithShift(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference when clients give up`(seed: Int) {
    check(randomPlanWithPatience(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference when memory is short and steps are long`(seed: Int) {
    check(randomPlanUnderPressure(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference with other engines' schedulers`(seed: Int) {
    check(randomPlanOfOtherEngines(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(200))
  func `the engine equals the reference when prefix caches are scarce`(seed: Int) {
    check(randomPlanInScarceCaches(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(200))
  func `the engine equals the reference when many replicas hold a prompt`(seed: Int) {
    check(randomPlanOfManyHolders(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(400))
  func `the engine equals the reference when ranks step together`(seed: Int) {
    check(randomPlanOfGangs(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(600))
  func `the engine equals the reference when replicas fail and clients retry`(seed: Int) {
    check(randomPlanOfFailures(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(600))
  func `the engine equals the reference with several models and regions`(seed: Int) {
    check(randomPlanOfRegions(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference when replicas compute prompts for others`(seed: Int) {
    check(randomPlanOfHandovers(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(400))
  func `the engine equals the reference when KV entries are kept in tiers`(seed: Int) {
    check(randomPlanOfOffloading(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(600))
  func `the engine equals the reference when drafts are verified`(seed: Int) {
    check(randomPlanOfSpeculation(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(600))
  func `the engine equals the reference when pools grow and shrink`(seed: Int) {
    check(randomPlanOfScaling(seed: UInt64(seed)), seed: seed)
  }

  /// Plans in which they once differed: a client gave up as another was sent, as its replica came up
  /// or as somebody else arrived, and a prompt ended in the same step as an answer.
  @Test(arguments: [9082, 9119, 21058])
  func `the engine equals the reference where it once did not`(seed: Int) {
    check(randomPlanInScarceCaches(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(600))
  func `the engine equals the reference when much happens at one instant`(seed: Int) {
    check(randomPlanOfTies(seed: UInt64(seed)), seed: seed)
  }

  @Test(arguments: plans(300))
  func `the engine equals the reference over years`(seed: Int) {
    check(randomPlanOverYears(seed: UInt64(seed)), seed: seed)
  }

  /// A closed loop of one client, whose think times go on beyond the clock.
  @Test func `the engine equals the reference where the clock ends a run`() {
    check(randomPlanOverYears(seed: 54681), seed: 54681)
  }

  /// `make fuzz SEED=N COUNT=N`.
  @Test(.enabled(if: Fuzz.isAskedFor, "make fuzz asks for it"), arguments: Fuzz.seeds)
  func `the engine equals the reference on plans without number`(seed: Int) {
    checkAll(seed)
  }

  private func checkAll(_ seed: Int) {
    check(randomPlan(seed: UInt64(seed)), seed: seed)
    check(randomPlanWithShift(seed: UInt64(seed)), seed: seed)
    check(randomPlanWithPatience(seed: UInt64(seed)), seed: seed)
    check(randomPlanOverYears(seed: UInt64(seed)), seed: seed)
    check(randomPlanUnderPressure(seed: UInt64(seed)), seed: seed)
    check(randomPlanInScarceCaches(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfOtherEngines(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfTies(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfManyHolders(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfGangs(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfFailures(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfRegions(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfScaling(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfHandovers(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfOffloading(seed: UInt64(seed)), seed: seed)
    check(randomPlanOfSpeculation(seed: UInt64(seed)), seed: seed)
  }

  private func check(_ random: Plan, seed: Int) {
    var plan = random
    let frontend = SimDuration.microsecond * (seed % 4 == 0 ? 3 : 0)
    for i in plan.replicas.indices { plan.replicas[i].frontendLatency = frontend }
    for s in plan.scaling.indices { plan.scaling[s].replica.frontendLatency = frontend }
    if let fault = Differential.fault(of: plan) { Issue.record("random plan \(seed): \(fault)") }
  }
}

/// The plans that `make fuzz` asks for.
private enum Fuzz {
  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  static var isAskedFor: Bool { number("KAVIER_FUZZ_SEED") != nil }

  static var seeds: Range<Int> {
    let first = max(0, number("KAVIER_FUZZ_SEED") ?? 0)
    return first..<first + max(0, number("KAVIER_FUZZ_COUNT") ?? 0)
  }
}
