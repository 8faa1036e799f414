import SimKernel
import Testing

@testable import Scenarios

struct OverridesTests {
  @Test func `a stated field is replaced and says so`() {
    let seed = decode("seed: 1", set: ["seed=9"]).scenario?.seed
    #expect(seed?.value == 9)
    #expect(seed?.origin == .override("seed=9"))
    #expect(seed?.origin.planText == "--set")
  }

  @Test func `sections that are absent come into being`() {
    let scenario = decode("", set: ["fleet.engine.max_num_seqs=64"]).scenario
    #expect(scenario?.fleet.first?.engine.maxNumSeqs?.value == 64)
  }

  @Test func `list elements go by index`() {
    let text = "fleet:\n  - {replicas: 1}\n  - {replicas: 1}\n"
    let scenario = decode(text, set: ["fleet.1.replicas=5"]).scenario
    #expect(scenario?.fleet.map { $0.replicas?.value } == [1, 5])
  }

  @Test func `a value is YAML`() {
    let set = ["fleet.step_time={model: linear, base: 8 ms}"]
    guard case .linear(let linear) = decode("", set: set).scenario?.fleet.first?.stepTime else {
      Issue.record("no linear step time")
      return
    }
    #expect(linear.base?.value.seconds == 0.008)
  }

  @Test func `the last of two wins`() {
    #expect(decode("", set: ["seed=1", "seed=2"]).scenario?.seed?.value == 2)
  }

  @Test func `a problem names the override in place of a line`() {
    #expect(
      decode("seed: 1", set: ["seed=x"]).issues
        == ["--set seed=x: seed: found \"x\"; expected a whole number from 0"])
  }

  @Test(arguments: ["seed", "=1", "fleet..x=1"])
  func `what is no assignment is refused`(assignment: String) {
    #expect(
      decode("", set: [assignment]).issues == [
        "--set \(assignment): expected PATH=VALUE, for example fleet.engine.max_num_seqs=64"
      ])
  }

  @Test func `a list without that element says how long it is`() {
    #expect(
      decode("fleet: [{replicas: 1}]", set: ["fleet.engine.block_size=32"]).issues == [
        "--set fleet.engine.block_size=32: fleet: a list of 1; expected an index from 0 to 0 "
          + "where \"engine\" stands"
      ])
  }

  @Test func `a value may hold an equals sign`() {
    #expect(decode("", set: ["name=a=b"]).scenario?.name?.value == "a=b")
  }
}
