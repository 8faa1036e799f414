import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// `regions`, `fleet.region`, `fleet.served_model_name`, `router.region` and the labels of requests.
@Suite(.timeLimit(.minutes(30))) struct RegionPlannerTests {
  private static let two = """
    regions:
      - {name: east, latency: 5 ms}
      - {name: north, links: [{to: east, latency: 80 ms}], serves: north}
    """

  private static func group(_ fields: String) -> String {
    "  - {model: llama-3.1-8b, accelerator: h100-sxm, \(fields)}\n"
  }

  private func scenario(
    _ regions: String = two,
    _ groups: [String] = ["region: east, name: e", "region: north, name: n"],
    workload: String = "regions: [{name: east, share: 3}, {name: north}]", rest: String = ""
  ) -> String {
    """
    \(regions)
    workload:
      synthetic: {requests: 400, arrivals: {rate: 2 /s}, prompt_tokens: 100, output_tokens: 20}
      \(workload)
    fleet:

    """ + groups.map(Self.group).joined() + rest + "\n"
  }

  private func refusals(_ text: String) -> [String] {
    problems(text).map { $0.drop { $0 != " " }.dropFirst().description }
  }

  @Test func `regions, pools and where requests come from`() throws {
    let found = try plan(
      scenario(
        rest:
          "router: {policy: random, region: {policy: least_loaded, spillover: 0.8, max_latency: 1 s}}"
      ))
    #expect(found.regions.names == ["east", "north"])
    let far = SimDuration.millisecond * 80
    #expect(found.regions.latency == [[.millisecond * 5, far], [far, .zero]])
    #expect(found.regions.serves == [nil, [1]])
    #expect(found.regions.policy == .leastLoaded && found.regions.spillover == 0.8)
    #expect(found.regions.maxLatency == .second)
    #expect(found.pools == [PoolPlan(region: 0), PoolPlan(region: 1)])
    #expect(
      found.replicas.map(\.pool) == [0, 1] && found.replicas.map(\.region) == ["east", "north"])
    let labels = try #require(found.workload.traits[.region])
    // Three of four, give or take five standard deviations.
    #expect((256...344).contains(labels.ofRequest.count { $0 == 0 }))
  }

  @Test func `groups that serve the same models in one region are one pool`() throws {
    let found = try plan(
      scenario(
        "",
        [
          "name: a, served_model_name: [x, y]", "name: b", "name: c, served_model_name: [y, x]",
        ], workload: "models: [{name: x}, {name: llama-3.1-8b}]"))
    #expect(
      found.pools == [PoolPlan(models: ["x", "y"]), PoolPlan(models: ["llama-3.1-8b"])])
    #expect(found.replicas.map(\.pool) == [0, 1, 0])
    // Where all serve the same, nobody asks.
    let alike = try plan(scenario("", ["name: a", "name: b"], workload: "client_timeout: 1 min"))
    #expect(alike.pools == [PoolPlan()])
  }

  @Test func `what is not joined is refused`() {
    #expect(
      refusals(
        scenario("regions: [{name: east}, {name: north, links: [{to: west, latency: 1 ms}]}]"))
        == [
          "regions.1.links.0.to: no region \"west\"; expected one of east, north",
          "regions.1.links: no link to east; expected one like {to: east, latency: 80 ms}",
        ])
    #expect(
      refusals(scenario(Self.two, ["region: east, name: e", "name: n"])).contains(
        "fleet.1.region: missing; expected one of east, north"))
    #expect(
      refusals(scenario("", ["name: a, region: east"], workload: "client_timeout: 1 min")) == [
        "fleet.0.region: no region \"east\"; the scenario has no regions"
      ])
  }

  @Test func `requests that nobody serves are refused`() {
    #expect(
      refusals(scenario(workload: "client_timeout: 1 min")) == [
        "workload.regions: requests do not say where they come from; expected a list like "
          + "[{name: east, share: 1}]"
      ])
    #expect(
      refusals(
        scenario(
          "", ["name: a, served_model_name: x", "name: b, served_model_name: z"],
          workload: "models: [{name: other}]")) == [
          "workload.models: 400 requests say \"other\", which no group serves; "
            + "fleet.served_model_name and workload.models can say so; expected one of x, z"
        ])
    #expect(
      refusals(
        scenario(
          """
          regions:
            - {name: east, serves: east}
            - {name: north, links: [{to: east, latency: 80 ms}], serves: east}
          """)) == [
          "regions.1: no group may serve clients of north: regions.serves leaves out all that could"
        ])
  }

  @Test func `prices are of groups that there are`() throws {
    #expect(
      refusals(scenario(rest: "impact: {groups: [{name: n, price: 1}, {name: spot, price: 0.8}]}"))
        == ["impact.groups.1.name: no group \"spot\"; expected one of e, n"])
  }

  @Test func `a policy has what it goes by`() {
    #expect(
      refusals(
        scenario(
          rest:
            "router: {policy: random, region: lowest_carbon}\nimpact: {regions: [{name: east, grid: DEU}]}"
        ))
        == [
          "router.region: lowest_carbon goes by the grid of impact.regions, which is not stated for north"
        ])
  }
}
