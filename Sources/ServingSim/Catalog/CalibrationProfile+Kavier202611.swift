// `make profile` writes this file.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9688),
      (.matrixCompute, 0.4111),
      (.matrixLatency, 8.69e-6),
      (.expertBandwidth, 0.979),
      (.expertCompute, 0.2034),
      (.attentionBandwidth, 0.9079),
      (.attentionCompute, 0.5173),
      (.layerLatency, 40.34e-6),
      (.mixtureLatency, 29.02e-6),
      (.linearLatency, 66.31e-6),
      (.prefillLatency, 137.6e-6),
      (.hostTime, 133.1e-6),
      (.sequenceTime, 13.67e-6),
      (.allReduceLatency, 2.89e-6),
      (.allToAllLatency, 21.45e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6117),
      (.frontendLatency, 4333.0e-6),
      (.streamSteps, 0.8403),
      (.promptQueueing, 1.368),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.9104, standardError: 0.36),
      .init([.layerLatency], .engine, "sglang", factor: 0.7007, standardError: 0.34),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.8523, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.718, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8364, standardError: 0.62),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.5614, standardError: 0.6),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.7986, standardError: 0.43),
      .init([.mixtureLatency], .engine, "vllm", factor: 2.78, standardError: 0.4),
      .init([.prefillLatency], .engine, "atom", factor: 0.7919, standardError: 0.63),
      .init([.prefillLatency], .engine, "sglang", factor: 2.39, standardError: 0.42),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 5.484, standardError: 0.39),
      .init([.prefillLatency], .engine, "vllm", factor: 0.2118, standardError: 0.46),
      .init([.hostTime], .engine, "atom", factor: 0.9713, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.8264, standardError: 1.0),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.371, standardError: 1.0),
      .init([.hostTime], .engine, "vllm", factor: 0.8983, standardError: 0.8),
      .init([.sequenceTime], .engine, "atom", factor: 0.9093, standardError: 0.78),
      .init([.sequenceTime], .engine, "sglang", factor: 1.919, standardError: 0.61),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.2954, standardError: 0.58),
      .init([.sequenceTime], .engine, "vllm", factor: 2.633, standardError: 0.54),
      .init([.frontendLatency], .engine, "atom", factor: 0.9303, standardError: 0.68),
      .init([.frontendLatency], .engine, "sglang", factor: 0.9093, standardError: 0.68),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 1.258, standardError: 0.56),
      .init([.frontendLatency], .engine, "vllm", factor: 0.6111, standardError: 0.57),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 0.9303, standardError: 0.68),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.8209, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.108, standardError: 0.68),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2821, standardError: 0.69
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6576,
        standardError: 0.7),
      .init([.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 1.017, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 13.72, standardError: 0.55),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.4265,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.456, standardError: 0.56),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.525, standardError: 0.66),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8562, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 0.9984, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 0.9891, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 0.9895, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.2622, standardError: 1.6),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 33.36, standardError: 0.41),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.285, standardError: 1.6),
      .init(
        [.streamSteps], .harness, "tensorrt-llm inferencex", factor: 16.11, standardError: 0.41),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.2451, standardError: 1.7),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 9.71, standardError: 0.42),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.05704, standardError: 1.9),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.4287, standardError: 0.63),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 6.953, standardError: 0.41),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 0.3148, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 10.07, standardError: 0.41),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 24.28, standardError: 0.45),
      .init(
        [.promptQueueing], .harness, "atom inferencex-app", factor: 0.3669, standardError: 0.84),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 3.144, standardError: 0.59),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.3172, standardError: 0.84),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 1.98, standardError: 0.4),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.1919, standardError: 0.79),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 7.595, standardError: 0.39),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.314, standardError: 0.46),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.436, standardError: 1.0),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 2.954,
        standardError: 0.057),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 1.01, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.7963, standardError: 0.29),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.029, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.323, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.6993, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.575, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4775, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.24, standardError: 0.18),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.713, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.909, standardError: 0.18),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 0.9694, standardError: 0.47),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.115, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 1.057,
        standardError: 0.39),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5832, standardError: 0.39),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 0.9358, standardError: 0.45),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.4514, standardError: 0.29),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.09, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.078, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.14, standardError: 0.49),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 1.189, standardError: 0.1),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.1, standardError: 0.09),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.243, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.066, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.7148, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.9624, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.7815, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.972, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.062, standardError: 0.065),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 0.9591, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.09, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.7715, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.612, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.9103, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.035, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 0.9873, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.9351, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.916, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.074, standardError: 0.072),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 0.9896, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.469, standardError: 0.08),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.7675, standardError: 0.081),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.004, standardError: 0.077),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.8495, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.018, standardError: 0.062),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 1.007, standardError: 0.069),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.291, standardError: 0.055),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.8527, standardError: 0.041),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.1, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.007, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 1.0, standardError: 0.038),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.105, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 1.001, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 1.004, standardError: 0.047),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 0.999, standardError: 0.05),
      .init([.matrixCompute], .architecture, "ada", factor: 1.18, standardError: 0.14),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.9819, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 1.16, standardError: 0.12),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.2583, standardError: 0.11),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.679, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.7554, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.317, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 1.038, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9977, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.141, standardError: 0.071),
      .init([.matrixCompute], .accelerator, "l40s", factor: 1.042, standardError: 0.093),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.6189, standardError: 0.085),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 1.152, standardError: 0.091),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.891,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.8521,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.8368,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 0.941,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.9713,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.9624,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.156,
        standardError: 0.071),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.847,
        standardError: 0.071),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.868,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.102,
        standardError: 0.085),
      .init([.matrixBandwidth], .layers, "fp4", factor: 1.0, standardError: 0.2),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.6799, standardError: 0.048),
      .init([.matrixCompute], .layers, "fp4", factor: 0.7993, standardError: 0.081),
      .init([.matrixCompute], .layers, "fp8", factor: 0.8096, standardError: 0.038),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.203, standardError: 0.19),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.7874, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.6886, standardError: 0.18),
      .init([.expertCompute], .experts, "fp4", factor: 0.8595, standardError: 0.17),
      .init([.expertCompute], .experts, "fp8", factor: 0.9718, standardError: 0.16),
      .init([.expertCompute], .experts, "int4", factor: 0.9319, standardError: 0.22),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 1.068,
        standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 0.9118,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 0.9244,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.8393,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.099,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.891,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 1.005,
        standardError: 0.14),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.8973,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 0.9041,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.167,
        standardError: 0.14),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 1.009,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.8326,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.463, standardError: 0.032),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.7601, standardError: 0.044),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.118, standardError: 0.092),
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
      .init(engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "mistral-7b-v0.1", cases: 45),
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
      .init(engine: "vllm", accelerator: "h100-sxm", model: "codellama-34b", cases: 3),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gemma-3-12b", cases: 6),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-120b", cases: 50),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-20b", cases: 13),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-2-70b", cases: 62),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-2-7b", cases: 51),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3-70b", cases: 12),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3-8b", cases: 49),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-70b", cases: 51),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", cases: 21),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "llama-3.3-70b", cases: 7),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "mistral-7b-v0.1", cases: 42),
      .init(engine: "vllm", accelerator: "h100-sxm", model: "mixtral-8x7b", cases: 12),
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
    ],
    errors: [
      .init(.calibrated, .ttft, median: 0.33, ninetieth: 1.0),
      .init(.calibrated, .tpot, median: 0.1, ninetieth: 0.37),
      .init(.calibrated, .e2e, median: 0.082, ninetieth: 0.31),
      .init(.calibrated, .throughput, median: 0.12, ninetieth: 0.49),
      .init(.transferred, .ttft, median: 0.43, ninetieth: 1.3),
      .init(.transferred, .tpot, median: 0.19, ninetieth: 0.63),
      .init(.transferred, .e2e, median: 0.3, ninetieth: 0.71),
      .init(.transferred, .throughput, median: 0.14, ninetieth: 0.38),
    ])
}
