import ServingPolicies
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// `fleet.scaling`, `admission` and `workload.client_timeout`.
@Suite(.timeLimit(.minutes(30))) struct ScalingPlannerTests {
  private static let outstanding =
    "scaling: {policy: outstanding, target: 8, max_replicas: 5, start_up: 2 min}"

  @Test func `a pool by its requests`() throws {
    let plan = try plan(small(fleet: Self.outstanding))
    let pool = try #require(plan.scaling.first)
    #expect(plan.replicas.count == 1 && pool.group == "fleet" && pool.bounds == 1...5)
    #expect(pool.startUp == .second * 120)
    let scaler = try #require(pool.scaler as? OutstandingScaler)
    #expect(scaler.target == 8 && scaler.interval == .second * 15)
    #expect(
      plan.line("fleet.scaling.interval") == "15 s (default: of Kubernetes' controller)")
    #expect(plan.line("fleet.scaling.min_replicas") == "1 (default: Kubernetes')")
    #expect(plan.line("fleet.scaling.max_replicas") == "5 (s.yaml:10)")
  }

  @Test func `a pool begins with the least replicas, and ranks are one replica`() throws {
    let plan = try plan(
      small(fleet: Self.outstanding),
      set: [
        "fleet.scaling.min_replicas=2", "fleet.engine.data_parallel_size=2",
        "fleet.scaling.interval=30 s",
      ])
    #expect(plan.replicas.count == 4 && plan.scaling[0].bounds == 2...5)
    #expect((plan.scaling[0].scaler as? OutstandingScaler)?.interval == .second * 30)
  }

  @Test func `a timetable bounds its pool`() throws {
    let entries = "[{at: 1 h, replicas: 4}, {at: 2 h, replicas: 0}]"
    let plan = try plan(
      small(fleet: "scaling: {policy: schedule, entries: \(entries), start_up: 0 s}"))
    #expect(plan.scaling[0].bounds == 0...4 && plan.scaling[0].startUp == .zero)
    let scaler = try #require(plan.scaling[0].scaler as? ScheduledScaler)
    #expect(
      scaler.entries == [
        .init(time: SimTime(seconds: 3600), replicas: 4),
        .init(time: SimTime(seconds: 7200), replicas: 0),
      ])
    #expect(plan.line("fleet.scaling.entries.0.at") == "1 h (s.yaml:10)")
    #expect(plan.line("fleet.scaling.max_replicas") == "4 (default: the most of entries)")
  }

  @Test func `what a scaler needs, and what another one goes by`() {
    #expect(
      problems(small(fleet: "scaling: {policy: outstanding}")) == [
        "s.yaml:10: fleet.scaling.start_up: missing; expected from the decision to start a "
          + "replica to when it serves, like 2 min",
        "s.yaml:10: fleet.scaling.target: missing; expected the requests that a replica is to "
          + "have, waiting and running, like 16",
        "s.yaml:10: fleet.scaling.max_replicas: missing; expected the most replicas that there "
          + "may be",
      ])
    // Scalers of a reader's own come after these.
    #expect(
      problems(small(fleet: "scaling: {policy: schedule, target: 3, start_up: 1 s, entries: []}"))
        .first?.hasPrefix("s.yaml:10: fleet.scaling.target: goes with policy outstanding") == true)
    #expect(
      problems(small(fleet: "scaling: {policy: hpx, start_up: 1 s}")).first?.hasPrefix(
        "s.yaml:10: fleet.scaling.policy: found \"hpx\"; expected one of schedule, outstanding")
        == true)
    #expect(problems(small(fleet: "scaling: {}")).count == 2)
    #expect(problems(small(fleet: "scaling: {policy: schedule, start_up: 1 s}")).count == 1)
  }

  /// Of `start_up`.
  private func starting(_ startUp: String, _ more: String = "") -> String {
    small(
      fleet:
        "scaling: {policy: outstanding, target: 8, max_replicas: 5, start_up: \(startUp)\(more)}")
  }

  @Test func `a start-up is the sum of its parts`() throws {
    let parts =
      "{node: 90 s, image: 10 GB, network_bandwidth: 1 GB/s, storage_bandwidth: 2 GB/s, engine: 40 s}"
    let planned = try plan(starting(parts))
    // 8.03 billion weights of two bytes.
    #expect(
      planned.line("derived.fleet.scaling.start_up.weights")
        == "16.06 s (derived: 14.96 GiB, each weight of the model once, / network_bandwidth)")
    #expect(planned.line("derived.fleet.scaling.start_up.image")?.hasPrefix("10.0 s (") == true)
    #expect(
      planned.line("derived.fleet.scaling.start_up.sum")
        == "156.06 s (derived: node, image, weights and engine)")
    #expect(abs(planned.scaling[0].startUp.seconds - 156.0605) < 0.001)
    #expect(planned.scaling[0].replica.nodes == nil)
    let own = try plan(starting("{weights: 4 GB, storage_bandwidth: 2 GB/s, engine: 0 s}"))
    #expect(own.scaling[0].startUp == .second * 2)
  }

  @Test func `nodes take a share of the start-up`() throws {
    let planned = try plan(
      starting(
        "{node: 90 s, image: 10 GB, network_bandwidth: 1 GB/s, weights: 1 GB, engine: 4 s}",
        ", nodes: {replicas_per_node: 2, quota: 3, minimum_billing: 1 h}"),
      set: ["fleet.replicas=3"])
    #expect(planned.scaling[0].startUp == .second * 5)
    let expected = NodePlan(
      NodeTerms(replicasPerNode: 2, minimumBilling: .second * 3600), quota: 3,
      provisioning: .second * 100)
    #expect(planned.scaling[0].replica.nodes == expected)
    #expect(planned.replicas.allSatisfy { $0.nodes == expected })
    let few = try plan(starting("5 s", ", nodes: {quota: 3}"))
    #expect(few.remarks.map(\.reason) == ["3 nodes of 1 replicas hold 3"])
    #expect(
      problems(starting("5 s", ", nodes: {quota: 2}"), set: ["fleet.replicas=3"]) == [
        "s.yaml:10: fleet.scaling.nodes.quota: found 2; the 3 replicas of the beginning take 3 nodes"
      ])
  }

  @Test func `parts of a start-up that are missing`() {
    let path = "s.yaml:10: fleet.scaling.start_up"
    #expect(
      problems(starting("soon")).first?.hasPrefix(
        "\(path): found \"soon\"; expected a time with its unit, like 30 s") == true)
    #expect(
      problems(starting("{image: 1 GB, storage_bandwidth: 1 GB/s}")) == [
        "\(path).engine: missing; expected what the engine takes to be ready, like 40 s",
        "\(path).network_bandwidth: missing; expected what the image is pulled at, like 10 Gbit/s",
      ])
    #expect(
      problems(starting("{engine: 1 s}")) == [
        "\(path).storage_bandwidth: missing; expected what weights are read at, like 2 GB/s"
      ])
    #expect(
      problems(starting("{engine: 1 s, weights: 1 TB, storage_bandwidth: 1 B/s}")) == [
        "\(path): its parts come to 1000000000001.0 s; expected at most 53 d together"
      ])
  }

  @Test func `an autoscaler with Kubernetes' defaults`() throws {
    let text = small(fleet: "scaling: {policy: hpa, target: 4, max_replicas: 5, start_up: 1 s}")
    let plan = try plan(text, set: ["fleet.scaling.metric=waiting", "fleet.scaling.tolerance=0.2"])
    let settings = try #require(plan.scaling[0].scaler as? HorizontalPodAutoscaler).settings
    var expected = HorizontalPodAutoscaler.Settings(
      metric: .waiting, target: 4, interval: .second * 15)
    expected.tolerance = 0.2
    #expect(settings == expected && settings.scaleDownWindow == .second * 300)
    #expect(
      plan.line("fleet.scaling.scale_down_window") == "300 s (default: Kubernetes')")
    #expect(
      problems(small(fleet: Self.outstanding), set: ["fleet.scaling.metric=waiting"]).first?
        .hasSuffix(
          "fleet.scaling.metric: goes with policy hpa, not with outstanding, which has target, "
            + "interval") == true)
  }

  @Test func `numbers that do not go together`() {
    func found(_ scaling: String, _ fleet: String = "") -> [String] {
      problems(small(fleet: "\(fleet)\nscaling: {start_up: 1 s, \(scaling)}"))
    }
    #expect(
      found("policy: outstanding, target: 1, min_replicas: 3, max_replicas: 2") == [
        "s.yaml:10: fleet.scaling.max_replicas: found 2; min_replicas is 3"
      ])
    #expect(
      found("policy: outstanding, target: 1, max_replicas: 2", "replicas: 4") == [
        "s.yaml:10: fleet.replicas: found 4; min_replicas and max_replicas are 1 and 2"
      ])
    #expect(
      found("policy: schedule, max_replicas: 2, entries: [{at: 1 s, replicas: 3}]") == [
        "s.yaml:10: fleet.scaling.entries.0.replicas: found 3; min_replicas and max_replicas "
          + "are 1 and 2"
      ])
    #expect(
      found("policy: schedule, entries: [{at: 2 s, replicas: 3}, {at: 2 s, replicas: 1}]") == [
        "s.yaml:10: fleet.scaling.entries.1.at: found 2 s, which is not later than the entry "
          + "before it"
      ])
    #expect(
      found(
        "policy: outstanding, target: 1, max_replicas: 2",
        "power_down: {after: 1 s, wake: 1 s}"
      ).first?.hasPrefix("s.yaml:11: fleet.scaling: a group has scaling or fleet.power_down")
        == true)
    #expect(found("policy: outstanding, target: 0, max_replicas: 2").count == 1)
    #expect(found("policy: outstanding, target: 1e300, max_replicas: 2").count == 1)
    #expect(found("policy: outstanding, target: 1, interval: 0 s, max_replicas: 2").count == 1)
  }

  @Test func `all replicas that there may be count as memory`() {
    let source = SourceFile(
      name: "s.yaml",
      text: small(
        fleet: "scaling: {policy: outstanding, target: 1, max_replicas: 100000, start_up: 1 s}"),
      folder: "")
    let limit = MemoryLimit(bytes: 1e9, origin: "a test")
    do throws(ScenarioIssues) {
      _ = try ScenarioLoader.load(source, overrides: [], memoryLimit: limit)
      Issue.record("100,000 replicas fit")
    } catch {
      #expect(error.issues.first?.description.contains("100000 replicas") == true)
    }
  }

  @Test func `a gate by its name`() throws {
    let text = small() + "admission: {policy: queue_limit, max_waiting: 7}\n"
    #expect((try plan(text).admission.first as? QueueLimitGate)?.limit == 7)
    #expect(try plan(small()).admission.isEmpty)
    #expect(
      problems(small() + "admission: {max_waiting: 0}\n") == [
        "s.yaml:10: admission.policy: missing; expected what a request is refused by, like "
          + "queue_limit",
        "s.yaml:10: admission.max_waiting: found \"0\"; expected a whole number from 1 to 1000000",
      ])
    #expect(
      problems(small(fleet: "admission: {policy: queue_limit, max_waiting: 7}")).first?
        .contains("it goes to the top, as admission") == true)
  }

  @Test func `clients that give up, and remarks on what did nothing`() throws {
    let plan = try plan(
      small(fleet: Self.outstanding) + "admission: {policy: queue_limit, max_waiting: 70}\n",
      set: ["workload.client_timeout=40 s"])
    #expect(plan.workload.patience == Array(repeating: .second * 40, count: 10))
    #expect(plan.line("workload.client_timeout") == "40 s (--set)")
    let remarks = FinishedRun(plan: plan, recording: Simulation.run(plan)).remarks
    #expect(remarks.map(\.field) == ["scaling", "admission", "workload.client_timeout"])
    let hasty = try Scenarios.ScenarioLoader.load(
      SourceFile(name: "s.yaml", text: small(), folder: ""),
      overrides: ["workload.client_timeout=10 ms"]
    ).plan
    let run = Simulation.run(hasty)
    #expect(run.outcomes.allSatisfy { $0.status == .aborted })
    #expect(FinishedRun(plan: hasty, recording: run).remarks.isEmpty)
  }
}
