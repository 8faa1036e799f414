import Testing

@testable import Scenarios

/// One test a kind of mistake, each by the very words that the user sees.
struct FieldsTests {
  private func problem(_ text: String, is expected: String) {
    #expect(decode(text).issues == [expected])
  }

  @Test func `a word where a number belongs`() {
    problem(
      "fleet:\n  engine:\n    max_num_seqs: many\n",
      is: "s.yaml:3: fleet.engine.max_num_seqs: found \"many\"; expected a whole number from 1 to "
        + "1000000")
  }

  @Test func `a number out of range`() {
    problem(
      "fleet: {engine: {gpu_memory_utilization: 1.5}}",
      is: "s.yaml:1: fleet.engine.gpu_memory_utilization: found \"1.5\"; expected a share from "
        + "0.000000001 to 1")
  }

  @Test func `a bare number where a unit belongs`() {
    problem(
      "slo:\n  ttft: 2\n",
      is: "s.yaml:2: slo.ttft: found \"2\"; expected a time with its unit, like 30 s (units: ps, "
        + "ns, us, ms, s, min, h, d), above 0, or a mapping like {p95: 500 ms, p99: 2 s}")
  }

  @Test func `a misspelt field`() {
    problem(
      "fleet:\n  engine:\n    max_num_seq: 4\n",
      is: "s.yaml:3: fleet.engine.max_num_seq: unknown field; did you mean \"max_num_seqs\"?")
  }

  @Test func `an unknown field lists the known ones`() {
    problem(
      "slo:\n  availability: 0.99\n",
      is: "s.yaml:2: slo.availability: unknown field; known here: ttft, tpot, itl, e2e, goodput, "
        + "cost, carbon, classes, tenants")
  }

  @Test func `a word that is none of the choices`() {
    problem(
      "fleet: {engine: {scheduling_policy: prority}}",
      is: "s.yaml:1: fleet.engine.scheduling_policy: found \"prority\"; expected one of fcfs, "
        + "priority, shortest_prompt_first, earliest_deadline_first, vtc, static; did you mean "
        + "\"priority\"?")
  }

  @Test func `a list where a mapping belongs`() {
    problem("slo: [1 s]", is: "s.yaml:1: slo: found a list of 1; expected a mapping")
  }

  @Test func `a mapping where a word belongs`() {
    problem("name: {a: b}", is: "s.yaml:1: name: found a mapping; expected a word")
  }

  @Test func `nothing where a value belongs`() {
    problem(
      "seed:\n", is: "s.yaml:1: seed: found nothing; expected a whole number from 0")
  }

  @Test func `yes is not true`() {
    problem(
      "fleet: {engine: {enable_prefix_caching: yes}}",
      is: "s.yaml:1: fleet.engine.enable_prefix_caching: found \"yes\"; expected true or false")
  }

  @Test func `an empty section states nothing`() {
    #expect(decode("slo:\noutput:\n").issues == [])
  }

  @Test func `every problem is reported, in the order of the file`() {
    let issues = decode("seed: -1\nnaem: x\nslo:\n  ttft: 3\nrouter: 7\n").issues
    #expect(
      issues.map { String($0.prefix(8)) } == ["s.yaml:1", "s.yaml:2", "s.yaml:4", "s.yaml:5"])
  }

  @Test func `whole numbers may be grouped or in powers of ten`() {
    #expect(decode("seed: 1_000").scenario?.seed?.value == 1000)
    #expect(decode("seed: 1e6").scenario?.seed?.value == 1_000_000)
    #expect(decode("seed: 1.5").issues.count == 1)
  }

  @Test func `values know where they stand`() {
    let seed = decode("name: a\nseed: 7\n").scenario?.seed
    #expect(seed?.origin == .line(file: "s.yaml", 2))
    #expect(seed?.path == "seed")
    #expect(seed?.text == "7")
  }
}
