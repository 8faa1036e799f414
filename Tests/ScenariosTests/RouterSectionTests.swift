import ServingPolicies
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// `router`, `fleet.weight` and lists of `admission`.
@Suite(.timeLimit(.minutes(30))) struct RouterSectionTests {
  private func text(_ end: String, fleet: String = "") -> String {
    """
    workload:
      synthetic: {requests: 10, arrivals: {rate: 5 /s}, prompt_tokens: 100, output_tokens: 50}
    fleet:
      replicas: 2
      model: llama-3.1-8b
      accelerator: h100-sxm
      \(fleet)
    \(end)

    """
  }

  private func plan(_ end: String, fleet: String = "") throws -> Plan {
    try ScenarioLoader.load(
      SourceFile(name: "s.yaml", text: text(end, fleet: fleet), folder: ""), overrides: []
    ).plan
  }

  private func problems(_ end: String) -> [String] {
    do throws(ScenarioIssues) {
      _ = try ScenarioLoader.load(
        SourceFile(name: "s.yaml", text: text(end), folder: ""), overrides: [])
      return []
    } catch {
      return error.issues.map(\.description)
    }
  }

  @Test func `a word, or a mapping with options`() throws {
    #expect(try plan("router: power_of_two").router == .powerOfTwo)
    let plan = try plan(
      "router: {policy: consistent_hashing, load_factor: 2, refresh_interval: 50 ms}")
    #expect(plan.router == .consistentHashing)
    #expect(plan.routerSettings.loadFactor == 2)
    #expect(plan.routerSettings.refreshInterval == .millisecond * 50)
    #expect(plan.line("router.load_factor") == "2 (s.yaml:8)")
  }

  @Test func `a plan states the options that a name alone leaves open`() throws {
    let plan = try plan("router: kv_aware")
    #expect(plan.line("router.policy") == "kv_aware (s.yaml:8)")
    #expect(plan.line("router.overlap_score_weight") == "1 (default: Dynamo's)")
    #expect(plan.line("router.router_temperature") == "0 (default: Dynamo's)")
    #expect(plan.line("router") == nil)
  }

  @Test func `scorers with their weights`() throws {
    let plan = try plan(
      "router: {policy: scorers, scorers: [{type: prefix_cache, weight: 3}, {type: queue}]}")
    #expect(
      plan.routerSettings.scorers == [
        WeightedScorer(.prefixCache, weight: 3), WeightedScorer(.queue, weight: 1),
      ])
    #expect(plan.routerSettings.picker == .maxScore)
    #expect(
      problems("router: {policy: scorers}") == [
        "s.yaml:8: router.scorers: missing; expected a list like [{type: queue, weight: 2}]"
      ])
    #expect(problems("router: scorers").first?.contains("needs a list of them") == true)
    #expect(
      problems("router: {policy: scorers, scorers: [{type: queue}, {type: queue}]}") == [
        "s.yaml:8: router.scorers.1.type: a second scorer queue"
      ])
  }

  @Test func `options that the policy does not have`() {
    #expect(
      problems("router: {policy: kv_aware, load_factor: 2}") == [
        "s.yaml:8: router.load_factor: goes with policy consistent_hashing, not with kv_aware, which "
          + "has overlap_score_weight, router_temperature, refresh_interval, migration_limit, region"
      ])
    #expect(
      problems("router: {policy: round_robin, picker: max_score}") == [
        "s.yaml:8: router.picker: goes with policy scorers, not with round_robin, which has "
          + "refresh_interval, migration_limit, region"
      ])
    #expect(
      problems("router: {load_factor: 0.5}") == [
        "s.yaml:8: router.policy: missing; expected how a replica is picked, like least_outstanding",
        "s.yaml:8: router.load_factor: found \"0.5\"; expected a number from 1 to 1000, like 1.25",
      ])
    #expect(
      problems("router: [round_robin]") == [
        "s.yaml:8: router: found a list of 1; expected a policy's name, or a mapping like "
          + "{policy: power_of_two}"
      ])
    #expect(problems("router: two").first?.contains("expected one of round_robin") == true)
  }

  @Test func `weights go with the router that asks for them`() throws {
    let plan = try plan("router: weighted_round_robin", fleet: "weight: 3")
    #expect(plan.replicas.map(\.weight) == [3, 3])
    #expect(plan.remarks.map(\.field) == ["router"])
    let idle = try self.plan("router: random", fleet: "weight: 3")
    #expect(idle.remarks.map(\.field) == ["fleet.weight"])
  }

  @Test func `gates in order`() throws {
    let plan = try plan(
      """
      admission:
        - {policy: token_bucket, rate: 600 /min, burst: 20, unit: prompt_tokens, per: tenant}
        - {policy: saturation, queue_depth_threshold: 9}
        - {policy: deadline_shedding}
      """)
    #expect(plan.admission.count == 3)
    let bucket = plan.admission[0] as? TokenBucketGate
    #expect(bucket?.rate == 10 && bucket?.burst == 20)
    #expect(bucket?.unit == .promptTokens && bucket?.scope == .tenant)
    let saturation = plan.admission[1] as? SaturationGate
    #expect(saturation?.queueDepthThreshold == 9 && saturation?.kvCacheUtilThreshold == 0.8)
    #expect((plan.admission[2] as? DeadlineSheddingGate)?.outputTokens == 1)
    #expect(plan.line("admission.0.per") == "tenant (s.yaml:9)")
    #expect(
      plan.line("admission.1.priority_below")
        == "0 (default: of the Gateway API Inference Extension)")
  }

  @Test func `fields of other gates, and fields that a gate needs`() {
    #expect(
      problems("admission: {policy: token_bucket, max_waiting: 3, rate: 1 /s}") == [
        "s.yaml:8: admission.max_waiting: goes with policy queue_limit, not with token_bucket, which "
          + "has rate, burst, unit, per, retry_after",
        "s.yaml:8: admission.burst: missing; expected what a bucket holds, like 20",
      ])
    #expect(
      problems("admission: []") == ["s.yaml:8: admission: an empty list; state one policy"])
  }
}
