// `make profile` writes this file: as long as the fit, a line for each of its values.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9015),
      (.matrixCompute, 0.456),
      (.matrixLatency, 8.618e-6),
      (.expertBandwidth, 0.8763),
      (.expertCompute, 0.2533),
      (.attentionBandwidth, 0.8753),
      (.attentionCompute, 0.5423),
      (.layerLatency, 40.52e-6),
      (.mixtureLatency, 28.83e-6),
      (.linearLatency, 66.27e-6),
      (.prefillLatency, 123.1e-6),
      (.hostTime, 130.7e-6),
      (.sequenceTime, 13.28e-6),
      (.allReduceLatency, 2.207e-6),
      (.allToAllLatency, 21.48e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6293),
      (.frontendLatency, 6256.0e-6),
      (.streamSteps, 0.4297),
      (.promptQueueing, 0.7796),
      (.promptCrowding, 0.2093e-6),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.8993, standardError: 0.36),
      .init([.layerLatency], .engine, "sglang", factor: 0.7283, standardError: 0.34),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.9515, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.607, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8224, standardError: 0.62),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.6089, standardError: 0.6),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.5775, standardError: 0.44),
      .init([.mixtureLatency], .engine, "vllm", factor: 3.459, standardError: 0.41),
      .init([.prefillLatency], .engine, "atom", factor: 0.9017, standardError: 0.63),
      .init([.prefillLatency], .engine, "sglang", factor: 1.331, standardError: 0.52),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 5.318, standardError: 0.41),
      .init([.prefillLatency], .engine, "vllm", factor: 0.3236, standardError: 0.49),
      .init([.hostTime], .engine, "atom", factor: 0.9648, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.8874, standardError: 0.97),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.3235, standardError: 0.97),
      .init([.hostTime], .engine, "vllm", factor: 0.9291, standardError: 0.76),
      .init([.sequenceTime], .engine, "atom", factor: 1.061, standardError: 0.75),
      .init([.sequenceTime], .engine, "sglang", factor: 1.699, standardError: 0.62),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.3482, standardError: 0.57),
      .init([.sequenceTime], .engine, "vllm", factor: 2.178, standardError: 0.54),
      .init([.frontendLatency], .engine, "atom", factor: 0.9405, standardError: 0.66),
      .init([.frontendLatency], .engine, "sglang", factor: 1.822, standardError: 0.57),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 0.8956, standardError: 0.54),
      .init([.frontendLatency], .engine, "vllm", factor: 0.4852, standardError: 0.51),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 0.9405, standardError: 0.66),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.9558, standardError: 0.68),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.888, standardError: 0.57),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2844, standardError: 0.68
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6757,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 1.008, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 13.05, standardError: 0.53),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.4454,
        standardError: 0.68),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.665, standardError: 0.44),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.6669, standardError: 0.6),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8278, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 0.9995, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 1.185, standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 1.018, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.3961, standardError: 1.8),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 49.99, standardError: 0.31),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.8596, standardError: 1.6),
      .init([.streamSteps], .harness, "tensorrt-llm inferencex", factor: 31.0, standardError: 0.31),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.6683, standardError: 1.9),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 11.05, standardError: 0.34),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.1276, standardError: 1.9),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.4658, standardError: 0.49),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 8.054, standardError: 0.31),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 0.7179, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 11.18, standardError: 0.33),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 26.55, standardError: 0.53),
      .init([.promptQueueing], .harness, "atom inferencex-app", factor: 0.5034, standardError: 0.9),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 0.6901, standardError: 0.99),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.4917, standardError: 0.9),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 2.567, standardError: 0.45),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.2524, standardError: 0.85),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 3.56, standardError: 0.44),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.172, standardError: 0.59),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.046, standardError: 1.0),
      .init([.promptCrowding], .harness, "atom inferencex-app", factor: 0.1812, standardError: 1.7),
      .init([.promptCrowding], .harness, "sglang inferencex", factor: 14.42, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "sglang inferencex-app", factor: 0.3421, standardError: 1.7),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm inferencex", factor: 0.5692, standardError: 0.66),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm nvidia", factor: 3.734, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inference-sim", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inferencex", factor: 3.864, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm nvidia", factor: 7.66, standardError: 0.63),
      .init([.promptCrowding], .harness, "vllm ray-serve", factor: 4.804, standardError: 0.73),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 2.933,
        standardError: 0.057),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 0.8435, standardError: 0.18
      ),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.8165, standardError: 0.29),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.033, standardError: 0.22),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.437, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.719, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.406, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4642, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.302, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.7182, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.648, standardError: 0.2),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 1.006, standardError: 0.47),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.108, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 0.9998,
        standardError: 0.37),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5544, standardError: 0.38),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 1.127, standardError: 0.42),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.2981, standardError: 0.3),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.773, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.404, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.053, standardError: 0.5),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 1.09, standardError: 0.1),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.083, standardError: 0.089),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.235, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.055, standardError: 0.048),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.7733, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.8879, standardError: 0.048),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.8771, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.9555, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.061, standardError: 0.091),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 0.9923, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.124, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.761, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.623, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.8569, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.026, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 1.003, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.9359, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.9219, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.062, standardError: 0.072),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 1.003, standardError: 0.099),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.505, standardError: 0.081),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.7504, standardError: 0.082),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "rtx-pro-6000-bw", factor: 0.9947, standardError: 0.1),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.013, standardError: 0.076),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.8734, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.064, standardError: 0.061),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 0.997, standardError: 0.075),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.182, standardError: 0.053),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.8808, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.075, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.024, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 1.003, standardError: 0.037),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.076, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 0.995, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 0.9832, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 1.016, standardError: 0.05),
      .init([.matrixBandwidth], .accelerator, "rtx-pro-6000-bw", factor: 1.01, standardError: 0.05),
      .init([.matrixCompute], .architecture, "ada", factor: 1.299, standardError: 0.13),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.8685, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 1.158, standardError: 0.13),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.3029, standardError: 0.12),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.635, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.7796, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.236, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 1.038, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9953, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.133, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "l40s", factor: 1.003, standardError: 0.09),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.6813, standardError: 0.088),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 1.089, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.065, standardError: 0.093),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.8852,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.9104,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.8566,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 1.012,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.9697,
        standardError: 0.095),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.9762,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.186,
        standardError: 0.073),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.8398,
        standardError: 0.072),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.8422,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.136,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.0,
        standardError: 0.1),
      .init([.matrixBandwidth], .layers, "fp4", factor: 0.9141, standardError: 0.18),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.8221, standardError: 0.029),
      .init([.matrixCompute], .layers, "fp4", factor: 0.6866, standardError: 0.086),
      .init([.matrixCompute], .layers, "fp8", factor: 0.699, standardError: 0.039),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.279, standardError: 0.14),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.8596, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.8377, standardError: 0.19),
      .init([.expertCompute], .experts, "fp4", factor: 0.7408, standardError: 0.16),
      .init([.expertCompute], .experts, "fp8", factor: 0.802, standardError: 0.17),
      .init([.expertCompute], .experts, "int4", factor: 0.5615, standardError: 0.24),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 1.029,
        standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 0.9419,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 0.9882,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.8428,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.089,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.8852,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 0.9341,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.8318,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 1.069,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.24,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 1.011,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.8003,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.461, standardError: 0.034),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.8237, standardError: 0.043),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.276, standardError: 0.091),
    ],
    evidence: [
      .init(engine: "atom", accelerator: "mi355x", model: "deepseek-r1", cases: 12),
      .init(engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", cases: 78),
      .init(engine: "sglang", accelerator: "b200-sxm", model: "deepseek-v3", cases: 58),
      .init(engine: "sglang", accelerator: "b200-sxm", model: "qwen3.5-397b-a17b", cases: 95),
      .init(engine: "sglang", accelerator: "h200-sxm", model: "deepseek-r1", cases: 12),
      .init(engine: "sglang", accelerator: "h200-sxm", model: "deepseek-v3", cases: 13),
      .init(engine: "sglang", accelerator: "mi300x", model: "deepseek-r1", cases: 13),
      .init(engine: "sglang", accelerator: "mi355x", model: "deepseek-r1", cases: 17),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-2-70b", cases: 13),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-2-7b", cases: 46),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3-70b", cases: 10),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3-8b", cases: 49),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3.1-70b", cases: 14),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3.1-8b", cases: 7),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "mistral-7b-v0.1", cases: 45),
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "mixtral-8x7b", cases: 9),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-r1", cases: 148),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-v3", cases: 74),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "gpt-oss-120b", cases: 73),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "gpt-oss-20b", cases: 5),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-2-70b", cases: 8),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-3.1-8b", cases: 6),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-3.3-70b", cases: 39),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "qwen3-30b-a3b", cases: 13),
      .init(engine: "tensorrt-llm", accelerator: "b200-sxm", model: "qwen3-32b", cases: 1),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "gpt-oss-120b", cases: 5),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "gpt-oss-20b", cases: 4),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-2-70b", cases: 14),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-2-7b", cases: 40),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3-70b", cases: 13),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3-8b", cases: 34),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-70b", cases: 33),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-8b", cases: 189),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.3-70b", cases: 33),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "mistral-7b-v0.1", cases: 22),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "mixtral-8x7b", cases: 15),
      .init(engine: "tensorrt-llm", accelerator: "h100-sxm", model: "qwen3-32b", cases: 153),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-r1", cases: 54),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-v3", cases: 25),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "gpt-oss-20b", cases: 4),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-2-70b", cases: 10),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.1-70b", cases: 83),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.1-8b", cases: 29),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.3-70b", cases: 37),
      .init(engine: "tensorrt-llm", accelerator: "h200-sxm", model: "mixtral-8x7b", cases: 13),
      .init(engine: "tensorrt-llm", accelerator: "l40s", model: "llama-3.1-8b", cases: 8),
      .init(engine: "vllm", accelerator: "a10", model: "llama-3-8b", cases: 18),
      .init(engine: "vllm", accelerator: "a100-sxm-80", model: "llama-2-70b", cases: 60),
      .init(engine: "vllm", accelerator: "a100-sxm-80", model: "llama-2-7b", cases: 47),
      .init(engine: "vllm", accelerator: "a100-sxm-80", model: "llama-3-8b", cases: 31),
      .init(engine: "vllm", accelerator: "a100-sxm-80", model: "llama-3.1-8b", cases: 2),
      .init(engine: "vllm", accelerator: "a100-sxm-80", model: "mistral-7b-v0.1", cases: 44),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "gpt-oss-120b", cases: 57),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "gpt-oss-20b", cases: 9),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "kimi-k2.5", cases: 49),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "llama-3.1-8b", cases: 8),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", cases: 132),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "qwen3-30b-a3b", cases: 26),
      .init(engine: "vllm", accelerator: "b200-sxm", model: "qwen3-32b", cases: 10),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "codellama-34b", cases: 5),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gemma-3-12b", cases: 6),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-120b", cases: 50),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-20b", cases: 13),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-2-70b", cases: 63),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-2-7b", cases: 53),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3-70b", cases: 12),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3-8b", cases: 49),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-70b", cases: 51),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", cases: 21),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.3-70b", cases: 7),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "mistral-7b-v0.1", cases: 42),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "mixtral-8x7b", cases: 14),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "nemotron-nano-9b-v2", cases: 16),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "qwen2.5-7b", cases: 1),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "qwen3-14b", cases: 13),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "qwen3-30b-a3b", cases: 36),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "qwen3-32b", cases: 88),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "qwen3-8b", cases: 8),
      .init(engine: "vllm", accelerator: "h200-sxm", model: "llama-3.1-70b", cases: 54),
      .init(engine: "vllm", accelerator: "h200-sxm", model: "minimax-m2.5", cases: 31),
      .init(engine: "vllm", accelerator: "mi300x", model: "llama-2-70b", cases: 94),
      .init(engine: "vllm", accelerator: "mi300x", model: "llama-2-7b", cases: 83),
      .init(engine: "vllm", accelerator: "mi300x", model: "llama-3-70b", cases: 88),
      .init(engine: "vllm", accelerator: "mi300x", model: "llama-3-8b", cases: 80),
      .init(engine: "vllm", accelerator: "mi300x", model: "mistral-7b-v0.1", cases: 17),
      .init(engine: "vllm", accelerator: "rtx-pro-6000-bw", model: "llama-3.1-8b", cases: 1),
    ],
    errors: [
      .init(.calibrated, .ttft, median: 0.3, ninetieth: 0.95),
      .init(.calibrated, .tpot, median: 0.095, ninetieth: 0.35),
      .init(.calibrated, .e2e, median: 0.1, ninetieth: 0.44),
      .init(.calibrated, .throughput, median: 0.11, ninetieth: 0.52),
      .init(.transferred, .ttft, median: 0.39, ninetieth: 1.3),
      .init(.transferred, .tpot, median: 0.18, ninetieth: 0.59),
      .init(.transferred, .e2e, median: 0.26, ninetieth: 0.7),
      .init(.transferred, .throughput, median: 0.14, ninetieth: 0.35),
    ])
}
