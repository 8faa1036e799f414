import Scenarios
import ServingSim
import SimKernel

/// The full simulator with requests that never meet.
struct LoneRequests {
  /// Seconds since the request's arrival.
  struct Times {
    var firstToken: Double
    var end: Double
  }

  private var plan: Plan

  /// `calibration`: as in a scenario; nil is the default's.
  init(accelerator: String, model: String, calibration: String? = nil) throws {
    plan = try ScenarioLoader.load(
      file: nil,
      overrides: [
        "fleet.model=\(model)", "fleet.accelerator=\(accelerator)",
        "fleet.engine.tensor_parallel_size=1", "fleet.engine.max_model_len=32768",
        "fleet.engine.max_num_seqs=1", "fleet.engine.max_num_batched_tokens=8192",
        "fleet.engine.gpu_memory_utilization=0.95",
      ] + (calibration.map { ["fleet.calibration=\($0)"] } ?? [])
    ).plan
  }

  func run(prompts: [Int], outputs: [Int]) throws -> [Times] {
    var plan = plan
    let apart = 10_000.0
    plan.workload = Workload(
      arrivals: prompts.indices.map { SimTime(seconds: Double($0) * apart) },
      promptTokens: prompts.map { Int32($0) }, outputTokens: outputs.map { Int32($0) },
      description: "one at a time")
    return Simulation.run(plan).outcomes.map { outcome in
      Times(
        firstToken: outcome.firstToken.since(outcome.arrival).seconds,
        end: outcome.finish.since(outcome.arrival).seconds)
    }
  }
}
