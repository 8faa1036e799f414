// `make profile` writes this file: as long as the fit, a line for each of its values.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9286),
      (.matrixCompute, 0.4602),
      (.matrixLatency, 8.678e-6),
      (.expertBandwidth, 0.9865),
      (.expertCompute, 0.2166),
      (.attentionBandwidth, 0.8738),
      (.attentionCompute, 0.5393),
      (.layerLatency, 41.46e-6),
      (.mixtureLatency, 26.9e-6),
      (.linearLatency, 63.65e-6),
      (.prefillLatency, 129.4e-6),
      (.hostTime, 120.1e-6),
      (.sequenceTime, 13.73e-6),
      (.allReduceLatency, 2.53e-6),
      (.allToAllLatency, 21.39e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6291),
      (.frontendLatency, 6865.0e-6),
      (.streamSteps, 0.4535),
      (.promptQueueing, 0.8021),
      (.promptCrowding, 0.2129e-6),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.9076, standardError: 0.36),
      .init([.layerLatency], .engine, "sglang", factor: 0.7121, standardError: 0.33),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.9231, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.613, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8453, standardError: 0.63),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.5984, standardError: 0.61),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.6156, standardError: 0.44),
      .init([.mixtureLatency], .engine, "vllm", factor: 3.579, standardError: 0.41),
      .init([.prefillLatency], .engine, "atom", factor: 0.8865, standardError: 0.63),
      .init([.prefillLatency], .engine, "sglang", factor: 1.263, standardError: 0.52),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 5.207, standardError: 0.41),
      .init([.prefillLatency], .engine, "vllm", factor: 0.3486, standardError: 0.49),
      .init([.hostTime], .engine, "atom", factor: 0.9723, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.8781, standardError: 0.98),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.3405, standardError: 0.97),
      .init([.hostTime], .engine, "vllm", factor: 0.8421, standardError: 0.8),
      .init([.sequenceTime], .engine, "atom", factor: 1.07, standardError: 0.74),
      .init([.sequenceTime], .engine, "sglang", factor: 1.77, standardError: 0.61),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.3567, standardError: 0.56),
      .init([.sequenceTime], .engine, "vllm", factor: 2.309, standardError: 0.54),
      .init([.frontendLatency], .engine, "atom", factor: 0.929, standardError: 0.65),
      .init([.frontendLatency], .engine, "sglang", factor: 1.743, standardError: 0.57),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 1.133, standardError: 0.54),
      .init([.frontendLatency], .engine, "vllm", factor: 0.4217, standardError: 0.52),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 0.929, standardError: 0.65),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.9419, standardError: 0.68),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.823, standardError: 0.57),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2354, standardError: 0.68
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6135,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 1.006, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 9.235, standardError: 0.53),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.391,
        standardError: 0.68),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.424, standardError: 0.47),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.6848, standardError: 0.6),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8349, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 0.9995, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 1.189, standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 1.018, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.3825, standardError: 1.8),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 47.0, standardError: 0.31),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.812, standardError: 1.6),
      .init(
        [.streamSteps], .harness, "tensorrt-llm inferencex", factor: 29.28, standardError: 0.31),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.6432, standardError: 1.9),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 10.52, standardError: 0.34),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.1321, standardError: 1.9),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.6792, standardError: 0.5),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 7.585, standardError: 0.31),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 0.7094, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 10.5, standardError: 0.33),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 24.89, standardError: 0.54),
      .init([.promptQueueing], .harness, "atom inferencex-app", factor: 0.4987, standardError: 0.9),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 0.6815, standardError: 0.99),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.493, standardError: 0.9),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 2.492, standardError: 0.45),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.2538, standardError: 0.84),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 3.554, standardError: 0.44),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.136, standardError: 0.59),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.048, standardError: 1.0),
      .init([.promptCrowding], .harness, "atom inferencex-app", factor: 0.1791, standardError: 1.7),
      .init([.promptCrowding], .harness, "sglang inferencex", factor: 14.28, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "sglang inferencex-app", factor: 0.3413, standardError: 1.7),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm inferencex", factor: 0.5636, standardError: 0.66),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm nvidia", factor: 3.651, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inference-sim", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inferencex", factor: 3.801, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm nvidia", factor: 7.561, standardError: 0.63),
      .init([.promptCrowding], .harness, "vllm ray-serve", factor: 4.722, standardError: 0.74),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 2.932,
        standardError: 0.057),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 0.8441, standardError: 0.18
      ),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.8235, standardError: 0.29),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.073, standardError: 0.22),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.467, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.7174, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.394, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4616, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.322, standardError: 0.18),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.7161, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.549, standardError: 0.2),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 1.01, standardError: 0.47),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.084, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 0.9986,
        standardError: 0.37),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5563, standardError: 0.38),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 1.157, standardError: 0.41),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.3425, standardError: 0.3),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.528, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.238, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.053, standardError: 0.5),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 1.097, standardError: 0.1),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.112, standardError: 0.091),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.242, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.054, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.764, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.8926, standardError: 0.048),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.8729, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.941, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.052, standardError: 0.091),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 0.9963, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.097, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.7644, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.601, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.8676, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.026, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 0.9975, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.9414, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.9196, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.05, standardError: 0.072),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 1.005, standardError: 0.099),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.498, standardError: 0.081),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.7506, standardError: 0.082),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "rtx-pro-6000-bw", factor: 0.9946, standardError: 0.1),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.008, standardError: 0.076),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.8551, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.059, standardError: 0.062),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 0.9715, standardError: 0.075),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.193, standardError: 0.054),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.8835, standardError: 0.041),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.064, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.022, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 0.99, standardError: 0.038),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.067, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 0.994, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 0.9848, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 1.004, standardError: 0.05),
      .init(
        [.matrixBandwidth], .accelerator, "rtx-pro-6000-bw", factor: 1.009, standardError: 0.05),
      .init([.matrixCompute], .architecture, "ada", factor: 1.297, standardError: 0.13),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.874, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 1.158, standardError: 0.13),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.3019, standardError: 0.12),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.653, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.7803, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.233, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 1.039, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9977, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.132, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "l40s", factor: 1.004, standardError: 0.09),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.6817, standardError: 0.088),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 1.087, standardError: 0.093),
      .init([.matrixCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.062, standardError: 0.093),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.8963,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.8831,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.8197,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 0.9733,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.9704,
        standardError: 0.095),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.9701,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.156,
        standardError: 0.072),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.8371,
        standardError: 0.071),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.8349,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.134,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.0,
        standardError: 0.1),
      .init([.matrixBandwidth], .layers, "fp4", factor: 1.0, standardError: 0.2),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.8077, standardError: 0.031),
      .init([.matrixCompute], .layers, "fp4", factor: 0.6796, standardError: 0.086),
      .init([.matrixCompute], .layers, "fp8", factor: 0.6889, standardError: 0.04),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.181, standardError: 0.16),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.7762, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.7813, standardError: 0.19),
      .init([.expertCompute], .experts, "fp4", factor: 0.905, standardError: 0.17),
      .init([.expertCompute], .experts, "fp8", factor: 1.006, standardError: 0.16),
      .init([.expertCompute], .experts, "int4", factor: 0.6407, standardError: 0.23),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 1.027,
        standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 0.9528,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 0.9178,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.8258,
        standardError: 0.15),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.083,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.8963,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 0.9482,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.8503,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 0.994,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.254,
        standardError: 0.14),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 1.025,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.8025,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.435, standardError: 0.034),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.8304, standardError: 0.043),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.187, standardError: 0.093),
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
      .init(.calibrated, .ttft, median: 0.3, ninetieth: 0.97),
      .init(.calibrated, .tpot, median: 0.096, ninetieth: 0.37),
      .init(.calibrated, .e2e, median: 0.098, ninetieth: 0.46),
      .init(.calibrated, .throughput, median: 0.11, ninetieth: 0.54),
      .init(.transferred, .ttft, median: 0.38, ninetieth: 1.3),
      .init(.transferred, .tpot, median: 0.17, ninetieth: 0.56),
      .init(.transferred, .e2e, median: 0.25, ninetieth: 0.7),
      .init(.transferred, .throughput, median: 0.14, ninetieth: 0.34),
    ])
}
