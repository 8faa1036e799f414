import ServingPolicies

/// TensorRT-LLM's options that vLLM has nothing like, under TensorRT-LLM's names.
struct TensorRTLLMSection: Sendable {
  var capacitySchedulerPolicy: Stated<CapacitySchedulerPolicy>?
  var freeGPUMemoryFraction: Stated<Double>?

  init(_ fields: Fields) {
    capacitySchedulerPolicy = fields.choice(
      "capacity_scheduler_policy", of: CapacitySchedulerPolicy.self,
      "TensorRT-LLM: who joins when memory is short.", .default("GUARANTEED_NO_EVICT"),
      each: \.meaning)
    freeGPUMemoryFraction = fields.share(
      "free_gpu_memory_fraction",
      "TensorRT-LLM: the share for the KV cache of the memory that weights and activations leave.",
      .default("0.9"))
  }
}

/// `capacity_scheduler_policy`, in TensorRT-LLM's words.
enum CapacitySchedulerPolicy: String, CaseIterable, Sendable {
  case guaranteedNoEvict = "GUARANTEED_NO_EVICT"
  case maxUtilization = "MAX_UTILIZATION"
  case staticBatch = "STATIC_BATCH"

  var meaning: String {
    switch self {
    case .guaranteedNoEvict: "those whose longest possible answer fits beside those of the others"
    case .maxUtilization: "those whose prompt fits; the last ones are paused when memory runs out"
    case .staticBatch: "a batch starts together, and none joins it until all have ended"
    }
  }
}
