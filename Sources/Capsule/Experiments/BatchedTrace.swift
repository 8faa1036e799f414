import Report
import Scenarios
import ServingSim
import SimKernel

/// The trace on one replica of the full simulator.
struct BatchedTrace {
  private let trace: MarconiLike
  /// Which of the trace's requests are played.
  private let rows: [Int]

  /// As many consecutive requests, from the middle of the trace.
  init(_ trace: MarconiLike, _ requests: Int) {
    self.trace = trace
    let count = min(requests, trace.count)
    let first = (trace.count - count) / 2
    rows = Array(first..<first + count)
  }

  /// The share of the whole trace's prompt tokens that these have, to scale hours by.
  private var share: Double {
    Double(rows.reduce(0) { $0 + trace.inputs[$1] }) / Double(MarconiTotals.inputTokens)
  }

  /// Hours for the whole trace, scaled up where less of it is played.
  func hours(_ metrics: Metrics) -> Double { (metrics.makespan ?? 0) / 3600 / share }

  /// `promptsOnly`: answers end at their first token.
  func run(
    concurrency: Int, prefixCaching: Bool, promptsOnly: Bool = false
  ) throws -> FinishedRun {
    var plan = try ScenarioLoader.load(
      file: nil,
      overrides: [
        "fleet.model=llama-3.1-8b", "fleet.accelerator=a100-sxm-80",
        "fleet.engine.tensor_parallel_size=1", "fleet.engine.max_model_len=131072",
        "fleet.engine.max_num_seqs=256", "fleet.engine.max_num_batched_tokens=8192",
        "fleet.engine.enable_prefix_caching=\(prefixCaching)",
      ]
    ).plan
    plan.workload = workload(concurrency, promptsOnly: promptsOnly)
    return FinishedRun(plan: plan, recording: Simulation.run(plan))
  }

  private func workload(_ concurrency: Int, promptsOnly: Bool) -> Workload {
    let sessions = MarconiTotals.sessions
    return Workload(
      arrivals: [SimTime](repeating: .never, count: rows.count),
      promptTokens: rows.map { Int32(trace.inputs[$0]) },
      outputTokens: rows.map { promptsOnly ? 1 : Int32(trace.outputs[$0]) },
      content: ContentTable(
        chainOfRequest: rows.map { Int32(trace.sessions[$0]) },
        answersExtend: false, parents: [Int32](repeating: -1, count: sessions),
        offsets: [Int32](repeating: 0, count: sessions)),
      closedLoop: ClosedLoop(concurrency: concurrency), description: "drawn to published totals")
  }
}
