import Testing

@testable import Scenarios

/// `kavier explain`.
struct ReferenceTextTests {
  private static let text = ReferenceText(ScenarioReference())

  @Test func `a field has what may be written, its default and its meaning`() {
    #expect(
      Self.text.text(at: "fleet.engine.max_num_seqs") == """
        fleet.engine.max_num_seqs
            a whole number from 1 to 1000000. Default: 1024 from 70 GiB of memory on,
            but not on an A100; otherwise 256. The most requests in a step.

        """)
  }

  @Test func `a field of a group in a list is that of any group`() {
    #expect(Self.text.text(at: "fleet.1.replicas") == Self.text.text(at: "fleet.replicas"))
  }

  @Test func `a section has its introduction and its fields`() {
    let text = Self.text.text(at: "admission") ?? ""
    #expect(
      text.hasPrefix(
        """
        admission
            a mapping, or a list of them. Which requests are refused as they arrive.
            Without it, none are. The policies of a list are asked one after the other,
            until one refuses.

        A refused request goes to no replica.

          policy
              one of the words below. Required. When a request is refused.
                `queue_limit`: a request is refused when even the replica with the
                fewest requests has `max_waiting` of them in its queue

        """))
    #expect(
      text.contains(
        """

          max_waiting
              a whole number from 1 to 1000000. Required with `queue_limit`. Requests
              that may wait in the queue of one engine, for `queue_limit` alone.

        """))
  }

  @Test func `quantities have their units, and links become pages`() {
    let text = Self.text.text(at: "fleet.power_cap") ?? ""
    #expect(text.contains("(Docs/PowerAndCarbonPolicies.md)"))
    #expect(Self.text.text(at: "slo.ttft")?.contains("(units: ps, ns, us,") == true)
  }

  @Test func `a name alone is that of every field that has it`() {
    let text = Self.text.text(at: "block_size") ?? ""
    #expect(
      text.contains("workload.trace.block_size\n") && text.contains("fleet.engine.block_size\n"))
  }

  @Test func `lines fit a terminal`() {
    for section in ScenarioReference().sections {
      for line in Self.text.text(at: section.path)?.split(separator: "\n") ?? [] {
        #expect(line.count <= 80)
      }
    }
  }

  @Test(arguments: [
    ("fleet.scaling.polcy", ["fleet.scaling.policy"]),
    ("fleet.sclaing.policy", ["fleet.scaling.policy"]),
    ("max_num_seq", ["fleet.engine.max_num_seqs"]),
    (
      "workload.arrivals.rate",
      ["workload.synthetic.arrivals.rate", "shift.rate", "admission.rate"]
    ),
    ("zzzzzzzzzzzz", []),
  ])
  func `a mistyped path has the nearest ones`(path: String, guesses: [String]) {
    #expect(Self.text.text(at: path) == nil)
    #expect(Self.text.guesses(for: path) == guesses)
  }
}
