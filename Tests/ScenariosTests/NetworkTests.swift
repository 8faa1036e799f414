import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// Engines whose accelerators stand in several servers.
struct NetworkTests {
  private func wide(_ fleet: String = "", set overrides: [String] = []) throws -> Plan {
    try plan(
      small(fleet: fleet),
      set: ["fleet.model=llama-3.1-405b", "fleet.engine.tensor_parallel_size=16"] + overrides)
  }

  @Test func `a plan says that an engine spans servers, and what joins them`() throws {
    let two = try wide()
    #expect(
      two.line("fleet.network.bandwidth") == "50 GB/s (default: of servers with such accelerators)")
    #expect(two.line("derived.fleet.network")?.hasPrefix("16 accelerators in groups of 8") == true)
    #expect(two.line("derived.fleet.calibration")?.hasPrefix("several_servers") == true)
    let a100 = try wide(set: ["fleet.accelerator=a100-sxm-80"])
    #expect(a100.line("fleet.network.bandwidth")?.hasPrefix("25 GB/s") == true)
  }

  @Test func `a link domain across servers needs no network`() throws {
    let one = try wide("network: {bandwidth: 50 GB/s}", set: ["fleet.accelerator=gb200"])
    #expect(one.line("derived.fleet.network") == nil)
    #expect(
      one.remarks.map(\.text).first?.contains(
        "16 accelerators of an engine reach each other without a network") == true)
  }

  @Test func `what is stated counts`() throws {
    func step(_ plan: Plan) -> Double {
      var work = StepWork()
      (work.prefillSequences, work.prefillTokens, work.prefillPairs) = (1, 1000, 500_500)
      return plan.replicas[0].stepTime.duration(of: work).seconds
    }
    let usual = step(try wide())
    #expect(step(try wide("network: {bandwidth: 5 GB/s}")) > 1.2 * usual)
    // NVLink joins eight all the same; a card without it has its server alone.
    #expect(step(try wide("network: {accelerators_per_server: 4}")) == usual)
    let bare = "accelerator: {memory: 80 GiB, memory_bandwidth: 3 TB/s, bf16: 900 TFLOP/s}"
    let described = try [8, 2].map { size in
      try plan(
        small(fleet: "network: {bandwidth: 1 GB/s, accelerators_per_server: \(size)}")
          .replacing("accelerator: h100-sxm", with: bare),
        set: ["fleet.engine.tensor_parallel_size=8"])
    }
    #expect(step(described[1]) > step(described[0]))
  }

  @Test func `what makes no sense is refused`() {
    #expect(
      problems(
        small(fleet: "network: {bandwith: 50 GB/s, bandwidth: 50, accelerators_per_server: 0}"))
        == [
          "s.yaml:10: fleet.network.bandwidth: found \"50\"; expected a bandwidth with its unit, "
            + "like 3.35 TB/s (units: B/s, kB/s, MB/s, GB/s, TB/s, MiB/s, GiB/s, TiB/s, Gbit/s), "
            + "from 1 MB/s",
          "s.yaml:10: fleet.network.accelerators_per_server: found \"0\"; expected a whole number "
            + "from 1 to 1024",
          "s.yaml:10: fleet.network.bandwith: unknown field; did you mean \"bandwidth\"?",
        ])
    let linear = """
      workload: {synthetic: {requests: 1, arrivals: {rate: 1 /s}, prompt_tokens: 1, output_tokens: 1}}
      fleet:
        engine: {num_gpu_blocks: 10, max_model_len: 16}
        step_time: {model: linear, base: 1 ms}
        network: {bandwidth: 50 GB/s}
      """
    #expect(problems(linear) == ["s.yaml:5: fleet.network: goes with an accelerator"])
  }
}
