/// What a roofline cannot know from a datasheet.
package enum Coefficient: Int, CaseIterable, Sendable {
  /// Share of memory bandwidth that matrix products reach.
  case matrixBandwidth
  /// Share of the format's dense peak that matrix products reach.
  case matrixCompute
  /// What a matrix product takes beside its traffic and arithmetic.
  case matrixLatency
  /// The two shares for the products of routed experts.
  case expertBandwidth
  case expertCompute
  /// Share of memory bandwidth that attention reaches on KV entries, and of bf16 peak.
  case attentionBandwidth
  case attentionCompute
  /// The rest of a layer: attention's floor, norms, rotary embedding, activation, launch gaps.
  case layerLatency
  /// More for a layer with routed experts: routing, permutation, the grouped kernels' floors.
  case mixtureLatency
  /// More for a layer of linear attention or state space.
  case linearLatency
  /// More for every layer of a step with prompt tokens, which runs outside the captured graphs.
  case prefillLatency
  /// What the host takes to launch the kernels of a layer one by one, without a CUDA graph.
  case launchTime
  /// Scheduling, input preparation, sampling and output of a step, and more for each sequence.
  case hostTime
  case sequenceTime
  /// An all-reduce, an all-to-all and a hand-over between pipeline stages of nothing.
  case allReduceLatency
  case allToAllLatency
  case stageLatency
  /// Share of the link that large ones reach.
  case linkBandwidth
  /// What an exchange with another server adds to any of them, and the share of the network that
  /// large ones reach.
  case networkLatency
  case networkBandwidth
  /// Between a client and the engine, both ways: network, HTTP, tokenizer, detokenizer.
  case frontendLatency
  /// Steps until a server sends a request's first tokens: its interval of streaming or polling.
  case streamSteps
  /// How much longer the prompts of a measured closed loop wait for each other than those of the
  /// simulated one, whose clients are orderly: in mean waits of an M/D/1 queue.
  case promptQueueing
  /// What the prompts of a measured closed loop wait beside that: seconds for each token of the prompt
  /// and each other client.
  case promptCrowding

  package enum Unit: Sendable {
    /// Of a datasheet's peak.
    case share
    case seconds
    /// Engine steps, or waits.
    case count
  }

  package var unit: Unit {
    switch self {
    case .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
      .attentionCompute, .linkBandwidth, .networkBandwidth:
      .share
    case .streamSteps, .promptQueueing: .count
    default: .seconds
    }
  }

  /// What physics allows: no share above the datasheet's peak, no negative latency.
  package var bounds: ClosedRange<Double> {
    switch unit {
    case .share: 0.001...1
    case .seconds: 0...1
    case .count: 0...100
    }
  }

  /// As a calibration profile spells it.
  package var name: String {
    switch self {
    case .matrixBandwidth: "matrix_bandwidth"
    case .matrixCompute: "matrix_compute"
    case .matrixLatency: "matrix_latency"
    case .expertBandwidth: "expert_bandwidth"
    case .expertCompute: "expert_compute"
    case .attentionBandwidth: "attention_bandwidth"
    case .attentionCompute: "attention_compute"
    case .layerLatency: "layer_latency"
    case .mixtureLatency: "mixture_latency"
    case .linearLatency: "linear_latency"
    case .prefillLatency: "prefill_latency"
    case .launchTime: "launch_time"
    case .hostTime: "host_time"
    case .sequenceTime: "sequence_time"
    case .allReduceLatency: "all_reduce_latency"
    case .allToAllLatency: "all_to_all_latency"
    case .stageLatency: "stage_latency"
    case .linkBandwidth: "link_bandwidth"
    case .networkLatency: "network_latency"
    case .networkBandwidth: "network_bandwidth"
    case .frontendLatency: "frontend_latency"
    case .streamSteps: "stream_steps"
    case .promptQueueing: "prompt_queueing"
    case .promptCrowding: "prompt_crowding"
    }
  }

  package static func named(_ name: String) -> Coefficient? { allCases.first { $0.name == name } }
}
