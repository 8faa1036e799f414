import Impact
import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

struct GroupPlannerPowerTests {
  private func slowdown(_ fleet: String, _ name: String) throws -> Double {
    let plan = try plan(small(fleet: fleet))
    let line = plan.lines.first { $0.path == "derived.fleet.power_limit.\(name)" }
    return try #require(line.flatMap { Double($0.value) })
  }

  @Test func `a cap of half slows prompts and hardly decode`() throws {
    let fleet = "engine: {max_num_seqs: 8}\npower_cap: 350 W\n"
    #expect((1.4...1.8).contains(try slowdown(fleet, "prefill")))
    #expect((1..<1.1).contains(try slowdown(fleet, "decode")))
  }

  @Test func `what no measurement speaks of is said`() throws {
    let low = try plan(small(fleet: "power_cap: 250 W"))
    let line = try #require(low.line("derived.fleet.power_limit.prefill"))
    #expect(line.hasSuffix("; beyond what is measured)"))
    let high = try plan(small(fleet: "power_cap: 600 W"))
    #expect(high.line("derived.fleet.power_limit.prefill")?.hasSuffix("takes)") == true)
  }

  @Test func `a share is the same as its watts`() throws {
    let share = try plan(small(fleet: "power_cap: 0.5"))
    let watts = try plan(small(fleet: "power_cap: 350 W"))
    #expect(share.replicas[0].powerCap == Watts(350))
    #expect(watts.replicas[0].powerCap == Watts(350))
    var work = StepWork()
    work.prefillSequences = 1
    work.prefillTokens = 4096
    work.prefillPairs = 4096 * 4097 / 2
    #expect(
      share.replicas[0].stepTime.duration(of: work)
        == watts.replicas[0].stepTime.duration(of: work))
    #expect(share.replicas[0].stepTime.provenance.hasSuffix("; slowed by a power limit"))
  }

  @Test func `the whole design power is no cap`() throws {
    let free = try plan(small())
    let capped = try plan(small(fleet: "power_cap: 700 W"))
    #expect(Simulation.run(capped).outcomes == Simulation.run(free).outcomes)
    #expect(free.replicas[0].powerCap == nil)
  }

  @Test func `a limited clock draws less and slows arithmetic`() throws {
    let plan = try plan(small(fleet: "clock_limit: 0.8"))
    let watts = try #require(plan.replicas[0].powerCap?.value)
    // 1.25 times as long is between the tenths from 0.6 on, of what arithmetic draws.
    #expect((400.0...450).contains(watts))
    #expect((1.1...1.25).contains(try slowdown("clock_limit: 0.8", "prefill")))
  }

  @Test func `caps that no step can keep to, and clocks that nobody has measured`() {
    let floor =
      "expected more than 210 W, which a step that does nothing draws, up to the thermal "
      + "design power of 700 W"
    #expect(
      problems(small(fleet: "power_cap: 150 W")) == [
        "s.yaml:10: fleet.power_cap: found 150 W; \(floor)"
      ])
    #expect(
      problems(small(fleet: "power_cap: 900 W")) == [
        "s.yaml:10: fleet.power_cap: found 900 W; \(floor)"
      ])
    #expect(
      problems(small(fleet: "power_cap: 150%\nclock_limit: 0.3")) == [
        "s.yaml:10: fleet.power_cap: found \"150%\"; expected \(PowerCapSetting.expected)",
        "s.yaml:11: fleet.clock_limit: found \"0.3\"; expected a share from 0.5 to 1, like 0.8",
      ])
  }

  @Test func `a cap needs an accelerator whose draw is known`() {
    let linear = """
      workload: {synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}}
      fleet:
        step_time: {model: linear, base: 8 ms}
        engine: {num_gpu_blocks: 100, max_model_len: 100}
        power_cap: 0.5
      """
    #expect(
      problems(linear) == [
        "s.yaml:5: fleet.power_cap: goes with a model and an accelerator, which tell what steps draw"
      ])
  }

  @Test func `all but the minimum are switched off`() throws {
    let plan = try plan(
      small(fleet: "replicas: 3\npower_down: {after: 5 min, wake: 30 s, minimum: 2}"))
    let off = PowerDown(after: .second * 300, wake: .second * 30)
    #expect(plan.replicas.map(\.powerDown) == [nil, nil, off])
    #expect(plan.line("fleet.power_down.minimum") == "2 (s.yaml:11)")
  }

  @Test func `one stays on when nothing is said, and times have to be`() throws {
    let plan = try plan(small(fleet: "replicas: 2\npower_down: {after: 1 s, wake: 0 s}"))
    #expect(plan.replicas.map { $0.powerDown == nil } == [true, false])
    #expect(
      problems(small(fleet: "power_down: {}")).count == 2)
  }
}
