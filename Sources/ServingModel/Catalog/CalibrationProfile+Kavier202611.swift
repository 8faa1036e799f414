// `make profile` writes this file: as long as the fit, a line for each of its values.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9108),
      (.matrixCompute, 0.4554),
      (.matrixLatency, 8.602e-6),
      (.expertBandwidth, 0.8861),
      (.expertCompute, 0.249),
      (.attentionBandwidth, 0.8801),
      (.attentionCompute, 0.5246),
      (.layerLatency, 40.42e-6),
      (.mixtureLatency, 30.38e-6),
      (.linearLatency, 65.3e-6),
      (.prefillLatency, 128.6e-6),
      (.launchTime, 400.0e-6),
      (.hostTime, 122.0e-6),
      (.sequenceTime, 13.48e-6),
      (.allReduceLatency, 2.288e-6),
      (.allToAllLatency, 18.77e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6519),
      (.networkLatency, 11.61e-6),
      (.networkBandwidth, 0.5277),
      (.frontendLatency, 5945.0e-6),
      (.streamSteps, 0.4433),
      (.promptQueueing, 0.7776),
      (.promptCrowding, 0.2086e-6),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.8992, standardError: 0.36),
      .init([.layerLatency], .engine, "sglang", factor: 0.7342, standardError: 0.34),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.9252, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.619, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8147, standardError: 0.62),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.5943, standardError: 0.6),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.6691, standardError: 0.43),
      .init([.mixtureLatency], .engine, "vllm", factor: 3.261, standardError: 0.4),
      .init([.prefillLatency], .engine, "atom", factor: 0.9016, standardError: 0.63),
      .init([.prefillLatency], .engine, "sglang", factor: 1.292, standardError: 0.52),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 5.534, standardError: 0.41),
      .init([.prefillLatency], .engine, "vllm", factor: 0.3274, standardError: 0.49),
      .init([.hostTime], .engine, "atom", factor: 0.9583, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.872, standardError: 0.97),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.3063, standardError: 0.98),
      .init([.hostTime], .engine, "vllm", factor: 1.013, standardError: 0.76),
      .init([.sequenceTime], .engine, "atom", factor: 1.05, standardError: 0.75),
      .init([.sequenceTime], .engine, "sglang", factor: 1.729, standardError: 0.61),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.339, standardError: 0.57),
      .init([.sequenceTime], .engine, "vllm", factor: 2.182, standardError: 0.54),
      .init([.frontendLatency], .engine, "atom", factor: 0.9443, standardError: 0.66),
      .init([.frontendLatency], .engine, "sglang", factor: 1.852, standardError: 0.58),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 0.8754, standardError: 0.55),
      .init([.frontendLatency], .engine, "vllm", factor: 0.4945, standardError: 0.51),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 0.9443, standardError: 0.66),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.9648, standardError: 0.68),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.912, standardError: 0.58),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2732, standardError: 0.69
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6452,
        standardError: 0.7),
      .init([.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 1.005, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 13.99, standardError: 0.54),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.4243,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.645, standardError: 0.44),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.6805, standardError: 0.6),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8257, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 0.9995, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 1.188, standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 1.017, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.403, standardError: 1.8),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 48.44, standardError: 0.31),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.9444, standardError: 1.5),
      .init([.streamSteps], .harness, "tensorrt-llm inferencex", factor: 29.9, standardError: 0.31),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.655, standardError: 1.9),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 10.53, standardError: 0.34),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.1303, standardError: 1.9),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.4966, standardError: 0.46),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 7.879, standardError: 0.31),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 0.7156, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 10.94, standardError: 0.32),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 26.0, standardError: 0.53),
      .init([.promptQueueing], .harness, "atom inferencex-app", factor: 0.5041, standardError: 0.9),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 0.6936, standardError: 0.99),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.4955, standardError: 0.9),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 2.64, standardError: 0.45),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.2724, standardError: 0.83),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 3.778, standardError: 0.44),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.153, standardError: 0.59),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.046, standardError: 1.0),
      .init([.promptCrowding], .harness, "atom inferencex-app", factor: 0.1817, standardError: 1.7),
      .init([.promptCrowding], .harness, "sglang inferencex", factor: 14.51, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "sglang inferencex-app", factor: 0.3726, standardError: 1.6),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm inferencex", factor: 0.5678, standardError: 0.66),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm nvidia", factor: 3.767, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inference-sim", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inferencex", factor: 3.842, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm nvidia", factor: 7.654, standardError: 0.63),
      .init([.promptCrowding], .harness, "vllm ray-serve", factor: 4.776, standardError: 0.74),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 2.975,
        standardError: 0.058),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 0.9821, standardError: 0.18
      ),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.8136, standardError: 0.29),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.047, standardError: 0.22),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.398, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.7102, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.46, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4672, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.297, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.719, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.623, standardError: 0.2),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 1.001, standardError: 0.47),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.109, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 0.9817,
        standardError: 0.38),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5255, standardError: 0.39),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 1.107, standardError: 0.42),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.3085, standardError: 0.3),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.732, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.371, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.055, standardError: 0.5),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 1.091, standardError: 0.1),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.092, standardError: 0.09),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.239, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.054, standardError: 0.048),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.7719, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.8905, standardError: 0.047),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.8752, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.9468, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.059, standardError: 0.091),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 0.9918, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.124, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.7565, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.62, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.86, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.026, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 1.003, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.9331, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.919, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.05, standardError: 0.072),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 1.003, standardError: 0.099),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.501, standardError: 0.081),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.75, standardError: 0.081),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "rtx-pro-6000-bw", factor: 0.9947, standardError: 0.1),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.012, standardError: 0.076),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.8689, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.066, standardError: 0.061),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 0.9879, standardError: 0.075),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.171, standardError: 0.053),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.8833, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.071, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.025, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 1.002, standardError: 0.037),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.073, standardError: 0.038),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 0.995, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 0.9836, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 1.012, standardError: 0.05),
      .init([.matrixBandwidth], .accelerator, "rtx-pro-6000-bw", factor: 1.01, standardError: 0.05),
      .init([.matrixCompute], .architecture, "ada", factor: 1.297, standardError: 0.13),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.8734, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 1.165, standardError: 0.13),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.2996, standardError: 0.12),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.642, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.784, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.232, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 1.039, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9996, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.133, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "l40s", factor: 1.004, standardError: 0.09),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.6821, standardError: 0.088),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 1.085, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.064, standardError: 0.093),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.8861,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.9003,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.8642,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 1.0,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.97,
        standardError: 0.095),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.9742,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.182,
        standardError: 0.072),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.8395,
        standardError: 0.071),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.8359,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.145,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.0,
        standardError: 0.1),
      .init([.matrixBandwidth], .layers, "fp4", factor: 1.0, standardError: 0.2),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.8216, standardError: 0.029),
      .init([.matrixCompute], .layers, "fp4", factor: 0.6889, standardError: 0.086),
      .init([.matrixCompute], .layers, "fp8", factor: 0.7043, standardError: 0.039),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.272, standardError: 0.14),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.8434, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.8282, standardError: 0.19),
      .init([.expertCompute], .experts, "fp4", factor: 0.7601, standardError: 0.16),
      .init([.expertCompute], .experts, "fp8", factor: 0.8323, standardError: 0.17),
      .init([.expertCompute], .experts, "int4", factor: 0.5765, standardError: 0.24),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 1.031,
        standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 0.9292,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 0.9827,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.848,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.1,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.8861,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 0.9512,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.8455,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 1.064,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.246,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 1.023,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.8015,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.461, standardError: 0.035),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.8155, standardError: 0.043),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.251, standardError: 0.092),
    ],
    evidence: [
      .init(
        engine: "atom", accelerator: "mi355x", model: "deepseek-r1", precision: .float4,
        layout: .tensor, cases: 8),
      .init(
        engine: "atom", accelerator: "mi355x", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 4),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float4,
        layout: .expert, cases: 32),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float4,
        layout: .tensor, cases: 22),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .expert, cases: 9),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 15),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float4,
        layout: .expert, cases: 20),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float4,
        layout: .tensor, cases: 22),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .expert, cases: 8),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .tensor, cases: 8),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "qwen3.5-397b-a17b", precision: .bfloat16,
        layout: .tensor, cases: 30),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "qwen3.5-397b-a17b", precision: .float4,
        layout: .tensor, cases: 11),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "qwen3.5-397b-a17b", precision: .float8,
        layout: .expert, cases: 27),
      .init(
        engine: "sglang", accelerator: "b200-sxm", model: "qwen3.5-397b-a17b", precision: .float8,
        layout: .tensor, cases: 27),
      .init(
        engine: "sglang", accelerator: "h200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 12),
      .init(
        engine: "sglang", accelerator: "h200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .tensor, cases: 13),
      .init(
        engine: "sglang", accelerator: "mi300x", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 13),
      .init(
        engine: "sglang", accelerator: "mi355x", model: "deepseek-r1", precision: .float4,
        layout: .tensor, cases: 9),
      .init(
        engine: "sglang", accelerator: "mi355x", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 8),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-2-70b",
        precision: .bfloat16, layout: .tensor, cases: 13),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-2-7b",
        precision: .bfloat16, layout: .tensor, cases: 46),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3-70b",
        precision: .bfloat16, layout: .tensor, cases: 10),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3-8b",
        precision: .bfloat16, layout: .tensor, cases: 49),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3.1-70b",
        precision: .bfloat16, layout: .tensor, cases: 14),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "llama-3.1-8b",
        precision: .bfloat16, layout: .tensor, cases: 7),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "mistral-7b-v0.1",
        precision: .bfloat16, layout: .tensor, cases: 45),
      .init(
        engine: "tensorrt-llm", accelerator: "a100-sxm-80", model: "mixtral-8x7b",
        precision: .bfloat16, layout: .tensor, cases: 9),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float4,
        layout: .expert, cases: 52),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float4,
        layout: .tensor, cases: 43),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .expert, cases: 18),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 35),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float4,
        layout: .expert, cases: 10),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float4,
        layout: .tensor, cases: 29),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .expert, cases: 13),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .tensor, cases: 22),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .expert, cases: 12),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .tensor, cases: 61),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "gpt-oss-20b", precision: .float4,
        layout: .tensor, cases: 5),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-2-70b", precision: .float4,
        layout: .tensor, cases: 8),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-3.1-8b", precision: .float4,
        layout: .tensor, cases: 6),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "llama-3.3-70b", precision: .float4,
        layout: .tensor, cases: 39),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "qwen3-30b-a3b", precision: .float4,
        layout: .tensor, cases: 13),
      .init(
        engine: "tensorrt-llm", accelerator: "b200-sxm", model: "qwen3-32b", precision: .float4,
        layout: .tensor, cases: 1),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .expert, cases: 2),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .tensor, cases: 3),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "gpt-oss-20b", precision: .float4,
        layout: .tensor, cases: 4),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-2-70b", precision: .bfloat16,
        layout: .tensor, cases: 14),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-2-7b", precision: .bfloat16,
        layout: .tensor, cases: 40),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3-70b", precision: .bfloat16,
        layout: .tensor, cases: 13),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3-8b", precision: .bfloat16,
        layout: .tensor, cases: 34),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-70b",
        precision: .bfloat16, layout: .tensor, cases: 12),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-70b", precision: .float8,
        layout: .tensor, cases: 21),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-8b",
        precision: .bfloat16, layout: .tensor, cases: 165),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.1-8b", precision: .float8,
        layout: .tensor, cases: 24),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "llama-3.3-70b", precision: .float8,
        layout: .tensor, cases: 33),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "mistral-7b-v0.1",
        precision: .bfloat16, layout: .tensor, cases: 22),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "mixtral-8x7b", precision: .float8,
        layout: .tensor, cases: 15),
      .init(
        engine: "tensorrt-llm", accelerator: "h100-sxm", model: "qwen3-32b", precision: .float8,
        layout: .tensor, cases: 153),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .expert, cases: 40),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-r1", precision: .float8,
        layout: .tensor, cases: 14),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .expert, cases: 14),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "deepseek-v3", precision: .float8,
        layout: .tensor, cases: 11),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "gpt-oss-20b", precision: .float4,
        layout: .tensor, cases: 4),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-2-70b", precision: .float8,
        layout: .tensor, cases: 10),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.1-70b", precision: .float8,
        layout: .tensor, cases: 83),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.1-8b", precision: .float8,
        layout: .tensor, cases: 29),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "llama-3.3-70b", precision: .float8,
        layout: .tensor, cases: 37),
      .init(
        engine: "tensorrt-llm", accelerator: "h200-sxm", model: "mixtral-8x7b", precision: .float8,
        layout: .tensor, cases: 13),
      .init(
        engine: "tensorrt-llm", accelerator: "l40s", model: "llama-3.1-8b", precision: .float8,
        layout: .tensor, cases: 8),
      .init(
        engine: "vllm", accelerator: "a10", model: "llama-3-8b", precision: .bfloat16,
        layout: .tensor, cases: 18),
      .init(
        engine: "vllm", accelerator: "a100-sxm-80", model: "llama-2-70b", precision: .bfloat16,
        layout: .tensor, cases: 60),
      .init(
        engine: "vllm", accelerator: "a100-sxm-80", model: "llama-2-7b", precision: .bfloat16,
        layout: .tensor, cases: 47),
      .init(
        engine: "vllm", accelerator: "a100-sxm-80", model: "llama-3-8b", precision: .bfloat16,
        layout: .tensor, cases: 31),
      .init(
        engine: "vllm", accelerator: "a100-sxm-80", model: "llama-3.1-8b", precision: .bfloat16,
        layout: .tensor, cases: 2),
      .init(
        engine: "vllm", accelerator: "a100-sxm-80", model: "mistral-7b-v0.1", precision: .bfloat16,
        layout: .tensor, cases: 44),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .tensor, cases: 57),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "gpt-oss-20b", precision: .float4,
        layout: .tensor, cases: 9),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "kimi-k2.5", precision: .float4,
        layout: .expert, cases: 14),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "kimi-k2.5", precision: .float4,
        layout: .expertAcrossServers, cases: 13),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "kimi-k2.5", precision: .float4,
        layout: .tensor, cases: 8),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "kimi-k2.5", precision: .int4,
        layout: .tensor, cases: 14),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "llama-3.1-8b", precision: .bfloat16,
        layout: .tensor, cases: 8),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float4,
        layout: .expert, cases: 5),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float4,
        layout: .expertAcrossServers, cases: 2),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float4,
        layout: .tensor, cases: 61),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float8,
        layout: .expert, cases: 16),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float8,
        layout: .expertAcrossServers, cases: 3),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "minimax-m2.5", precision: .float8,
        layout: .tensor, cases: 45),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "qwen3-30b-a3b", precision: .bfloat16,
        layout: .tensor, cases: 26),
      .init(
        engine: "vllm", accelerator: "b200-sxm", model: "qwen3-32b", precision: .bfloat16,
        layout: .tensor, cases: 10),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "codellama-34b", precision: .bfloat16,
        layout: .tensor, cases: 5),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "gemma-3-12b", precision: .bfloat16,
        layout: .tensor, cases: 6),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-120b", precision: .float4,
        layout: .tensor, cases: 50),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "gpt-oss-20b", precision: .float4,
        layout: .tensor, cases: 13),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-2-70b", precision: .bfloat16,
        layout: .tensor, cases: 63),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-2-7b", precision: .bfloat16,
        layout: .tensor, cases: 53),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3-70b", precision: .bfloat16,
        layout: .tensor, cases: 12),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3-8b", precision: .bfloat16,
        layout: .tensor, cases: 49),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-70b", precision: .bfloat16,
        layout: .tensor, cases: 12),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-70b", precision: .float8,
        layout: .tensor, cases: 39),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", precision: .bfloat16,
        layout: .tensor, cases: 21),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "llama-3.3-70b", precision: .bfloat16,
        layout: .tensor, cases: 7),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "mistral-7b-v0.1", precision: .bfloat16,
        layout: .tensor, cases: 42),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "mixtral-8x7b", precision: .bfloat16,
        layout: .tensor, cases: 14),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "nemotron-nano-9b-v2", precision: .bfloat16,
        layout: .tensor, cases: 16),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen2.5-7b", precision: .bfloat16,
        layout: .tensor, cases: 1),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen3-14b", precision: .bfloat16,
        layout: .tensor, cases: 13),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen3-30b-a3b", precision: .bfloat16,
        layout: .expert, cases: 25),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen3-30b-a3b", precision: .bfloat16,
        layout: .tensor, cases: 11),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen3-32b", precision: .bfloat16,
        layout: .tensor, cases: 88),
      .init(
        engine: "vllm", accelerator: "h100-sxm", model: "qwen3-8b", precision: .bfloat16,
        layout: .tensor, cases: 8),
      .init(
        engine: "vllm", accelerator: "h200-sxm", model: "llama-3.1-70b", precision: .float8,
        layout: .tensor, cases: 54),
      .init(
        engine: "vllm", accelerator: "h200-sxm", model: "minimax-m2.5", precision: .float8,
        layout: .tensor, cases: 31),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "llama-2-70b", precision: .bfloat16,
        layout: .tensor, cases: 85),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "llama-2-70b", precision: .float8,
        layout: .tensor, cases: 9),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "llama-2-7b", precision: .bfloat16,
        layout: .tensor, cases: 83),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "llama-3-70b", precision: .bfloat16,
        layout: .tensor, cases: 88),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "llama-3-8b", precision: .bfloat16,
        layout: .tensor, cases: 80),
      .init(
        engine: "vllm", accelerator: "mi300x", model: "mistral-7b-v0.1", precision: .bfloat16,
        layout: .tensor, cases: 17),
      .init(
        engine: "vllm", accelerator: "rtx-pro-6000-bw", model: "llama-3.1-8b", precision: .bfloat16,
        layout: .tensor, cases: 1),
    ],
    errors: [
      .init(.measured, .ttft, median: 0.21, ninetieth: 0.78),
      .init(.measured, .tpot, median: 0.065, ninetieth: 0.25),
      .init(.measured, .e2e, median: 0.086, ninetieth: 0.4),
      .init(.measured, .throughput, median: 0.077, ninetieth: 0.24),
      .init(.newPrecision, .ttft, median: 0.3, ninetieth: 0.89),
      .init(.newPrecision, .tpot, median: 0.15, ninetieth: 0.44),
      .init(.newPrecision, .e2e, median: 0.61, ninetieth: 0.8),
      .init(.newPrecision, .throughput, median: 0.12, ninetieth: 0.58),
      .init(.newModel, .ttft, median: 0.31, ninetieth: 1.1),
      .init(.newModel, .tpot, median: 0.12, ninetieth: 0.42),
      .init(.newModel, .e2e, median: 0.15, ninetieth: 0.51),
      .init(.newModel, .throughput, median: 0.12, ninetieth: 0.42),
      .init(.newParallelism, .ttft, median: 0.36, ninetieth: 0.81),
      .init(.newParallelism, .tpot, median: 0.12, ninetieth: 0.37),
      .init(.newParallelism, .e2e, median: 0.2, ninetieth: 0.38),
      .init(.newParallelism, .throughput, median: 0.1, ninetieth: 0.32),
      .init(.newAccelerator, .ttft, median: 0.36, ninetieth: 1.2),
      .init(.newAccelerator, .tpot, median: 0.17, ninetieth: 0.5),
      .init(.newAccelerator, .e2e, median: 0.28, ninetieth: 0.74),
      .init(.newAccelerator, .throughput, median: 0.15, ninetieth: 0.37),
      .init(.newEngine, .ttft, median: 0.57, ninetieth: 0.8),
      .init(.newEngine, .tpot, median: 0.12, ninetieth: 0.39),
      .init(.newEngine, .e2e, median: 0.35, ninetieth: 0.81),
      .init(.newEngine, .throughput, median: 0.14, ninetieth: 0.39),
      .init(.severalServers, .ttft, median: 0.31, ninetieth: 0.98),
      .init(.severalServers, .tpot, median: 0.3, ninetieth: 1.0),
    ])
}
