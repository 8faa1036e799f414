// `make profile` writes this file: as long as the fit, a line for each of its values.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9015),
      (.matrixCompute, 0.577),
      (.matrixLatency, 8.713e-6),
      (.expertBandwidth, 0.8481),
      (.expertCompute, 0.2335),
      (.attentionBandwidth, 0.8504),
      (.attentionCompute, 0.4872),
      (.layerLatency, 36.4e-6),
      (.mixtureLatency, 28.57e-6),
      (.linearLatency, 54.71e-6),
      (.prefillLatency, 143.8e-6),
      (.launchTime, 400.0e-6),
      (.hostTime, 176.2e-6),
      (.sequenceTime, 11.67e-6),
      (.allReduceLatency, 2.45e-6),
      (.allToAllLatency, 19.0e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6494),
      (.networkLatency, 11.57e-6),
      (.networkBandwidth, 0.5258),
      (.frontendLatency, 6889.0e-6),
      (.streamSteps, 0.4412),
      (.promptQueueing, 0.899),
      (.promptCrowding, 0.2178e-6),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.9123, standardError: 0.37),
      .init([.layerLatency], .engine, "sglang", factor: 0.7242, standardError: 0.34),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.9329, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.517, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8262, standardError: 0.62),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.5672, standardError: 0.6),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.65, standardError: 0.43),
      .init([.mixtureLatency], .engine, "vllm", factor: 3.167, standardError: 0.41),
      .init([.prefillLatency], .engine, "atom", factor: 1.033, standardError: 0.64),
      .init([.prefillLatency], .engine, "sglang", factor: 1.831, standardError: 0.47),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 4.586, standardError: 0.4),
      .init([.prefillLatency], .engine, "vllm", factor: 0.2769, standardError: 0.48),
      .init([.hostTime], .engine, "atom", factor: 0.9504, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.8, standardError: 0.98),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.2841, standardError: 0.96),
      .init([.hostTime], .engine, "vllm", factor: 1.618, standardError: 0.72),
      .init([.sequenceTime], .engine, "atom", factor: 0.7714, standardError: 0.91),
      .init([.sequenceTime], .engine, "sglang", factor: 1.58, standardError: 0.64),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.3862, standardError: 0.58),
      .init([.sequenceTime], .engine, "vllm", factor: 2.337, standardError: 0.56),
      .init([.frontendLatency], .engine, "atom", factor: 1.088, standardError: 0.64),
      .init([.frontendLatency], .engine, "sglang", factor: 1.858, standardError: 0.56),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 0.9094, standardError: 0.54),
      .init([.frontendLatency], .engine, "vllm", factor: 0.4471, standardError: 0.51),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 1.088, standardError: 0.64),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.9578, standardError: 0.67),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.934, standardError: 0.56),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2734, standardError: 0.68
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6639,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 1.005, standardError: 0.7),
      .init([.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 11.8, standardError: 0.53),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.4302,
        standardError: 0.68),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.541, standardError: 0.44),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.6668, standardError: 0.6),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8332, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 1.004, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 1.186, standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 1.018, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.5242, standardError: 1.8),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 46.97, standardError: 0.31),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.691, standardError: 1.6),
      .init(
        [.streamSteps], .harness, "tensorrt-llm inferencex", factor: 29.91, standardError: 0.31),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.6454, standardError: 1.9),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 10.25, standardError: 0.34),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.09872, standardError: 1.9),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.5063, standardError: 0.46),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 7.873, standardError: 0.31),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 1.651, standardError: 1.7),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 10.95, standardError: 0.32),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 25.78, standardError: 0.53),
      .init(
        [.promptQueueing], .harness, "atom inferencex-app", factor: 0.7628, standardError: 0.86),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 0.6518, standardError: 0.99),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.7669, standardError: 0.88),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 2.322, standardError: 0.44),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.2494, standardError: 0.81),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 3.115, standardError: 0.43),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.07, standardError: 0.57),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.055, standardError: 1.0),
      .init([.promptCrowding], .harness, "atom inferencex-app", factor: 0.2175, standardError: 1.6),
      .init([.promptCrowding], .harness, "sglang inferencex", factor: 14.11, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "sglang inferencex-app", factor: 0.4498, standardError: 1.5),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm inferencex", factor: 0.5385, standardError: 0.66),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "tensorrt-llm nvidia", factor: 3.602, standardError: 0.62),
      .init(
        [.promptCrowding], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inference-sim", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm inferencex", factor: 3.696, standardError: 0.61),
      .init(
        [.promptCrowding], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm mlperf", factor: 1.0, standardError: 2.0),
      .init([.promptCrowding], .harness, "vllm nvidia", factor: 7.333, standardError: 0.62),
      .init([.promptCrowding], .harness, "vllm ray-serve", factor: 4.568, standardError: 0.73),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 2.989,
        standardError: 0.058),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 0.9836, standardError: 0.18
      ),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.8658, standardError: 0.3),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.119, standardError: 0.23),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.367, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.7101, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.398, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4815, standardError: 0.18),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.088, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.6892, standardError: 0.18),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.686, standardError: 0.2),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 0.9254, standardError: 0.49),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.059, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 0.9656,
        standardError: 0.38),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5317, standardError: 0.39),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 1.132, standardError: 0.42),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.3037, standardError: 0.31),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.897, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.466, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.087, standardError: 0.5),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 0.9388, standardError: 0.11),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.021, standardError: 0.093),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.293, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.107, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.7967, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.9178, standardError: 0.048),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.9016, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.9706, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.08, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .software, "rocm 2024",
        factor: 1.942, standardError: 0.22),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .software, "rocm 2024", factor: 0.8037, standardError: 0.19),
      .init([.matrixCompute], .software, "rocm 2024", factor: 0.1334, standardError: 0.25),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 1.031, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.273, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.7915, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.192, standardError: 0.14),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.9266, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.024, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 1.037, standardError: 0.093),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.9435, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.9271, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.059, standardError: 0.072),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 1.011, standardError: 0.099),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.235, standardError: 0.091),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.8455, standardError: 0.088),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "rtx-pro-6000-bw", factor: 0.9962, standardError: 0.1),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.002, standardError: 0.076),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.8587, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.059, standardError: 0.062),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 1.017, standardError: 0.077),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.165, standardError: 0.054),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.8822, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.068, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.023, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 0.9847, standardError: 0.038),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.076, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 0.993, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 0.9995, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 1.007, standardError: 0.05),
      .init(
        [.matrixBandwidth], .accelerator, "rtx-pro-6000-bw", factor: 1.008, standardError: 0.049),
      .init([.matrixCompute], .architecture, "ada", factor: 1.078, standardError: 0.13),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.6963, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 0.9753, standardError: 0.13),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.8549, standardError: 0.15),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.317, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.7654, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.193, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 0.9936, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9665, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.108, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "l40s", factor: 0.9733, standardError: 0.09),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.9687, standardError: 0.095),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 0.9927, standardError: 0.099),
      .init([.matrixCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.047, standardError: 0.093),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.8894,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.9551,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.674,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 1.079,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.9709,
        standardError: 0.095),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.989,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.198,
        standardError: 0.073),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.8472,
        standardError: 0.072),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.7392,
        standardError: 0.079),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.226,
        standardError: 0.081),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.0,
        standardError: 0.1),
      .init([.matrixBandwidth], .layers, "fp4", factor: 1.0, standardError: 0.2),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.8203, standardError: 0.03),
      .init([.matrixCompute], .layers, "fp4", factor: 0.6492, standardError: 0.088),
      .init([.matrixCompute], .layers, "fp8", factor: 0.6791, standardError: 0.041),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.214, standardError: 0.14),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.8427, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.8003, standardError: 0.19),
      .init([.expertCompute], .experts, "fp4", factor: 0.7081, standardError: 0.16),
      .init([.expertCompute], .experts, "fp8", factor: 0.8346, standardError: 0.17),
      .init([.expertCompute], .experts, "int4", factor: 0.5601, standardError: 0.24),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 0.9128,
        standardError: 0.15),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 1.024,
        standardError: 0.15),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 1.013,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.9386,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.154,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.8894,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 0.9169,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.7796,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 0.9919,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.272,
        standardError: 0.13),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 0.9629,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.7836,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.466, standardError: 0.034),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.8032, standardError: 0.043),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.24, standardError: 0.089),
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
      .init(.measured, .ttft, median: 0.21, ninetieth: 0.77),
      .init(.measured, .tpot, median: 0.067, ninetieth: 0.25),
      .init(.measured, .e2e, median: 0.074, ninetieth: 0.26),
      .init(.measured, .throughput, median: 0.077, ninetieth: 0.23),
      .init(.newPrecision, .ttft, median: 0.29, ninetieth: 0.85),
      .init(.newPrecision, .tpot, median: 0.11, ninetieth: 0.35),
      .init(.newPrecision, .e2e, median: 0.61, ninetieth: 0.77),
      .init(.newPrecision, .throughput, median: 0.12, ninetieth: 0.3),
      .init(.newModel, .ttft, median: 0.31, ninetieth: 0.96),
      .init(.newModel, .tpot, median: 0.11, ninetieth: 0.37),
      .init(.newModel, .e2e, median: 0.12, ninetieth: 0.54),
      .init(.newModel, .throughput, median: 0.12, ninetieth: 0.33),
      .init(.newParallelism, .ttft, median: 0.37, ninetieth: 0.82),
      .init(.newParallelism, .tpot, median: 0.13, ninetieth: 0.4),
      .init(.newParallelism, .e2e, median: 0.19, ninetieth: 0.37),
      .init(.newParallelism, .throughput, median: 0.11, ninetieth: 0.34),
      .init(.newAccelerator, .ttft, median: 0.38, ninetieth: 1.2),
      .init(.newAccelerator, .tpot, median: 0.15, ninetieth: 0.46),
      .init(.newAccelerator, .e2e, median: 0.2, ninetieth: 0.77),
      .init(.newAccelerator, .throughput, median: 0.13, ninetieth: 0.35),
      .init(.newEngine, .ttft, median: 0.58, ninetieth: 0.83),
      .init(.newEngine, .tpot, median: 0.12, ninetieth: 0.37),
      .init(.newEngine, .e2e, median: 0.35, ninetieth: 0.81),
      .init(.newEngine, .throughput, median: 0.13, ninetieth: 0.41),
      .init(.severalServers, .ttft, median: 0.22, ninetieth: 0.95),
      .init(.severalServers, .tpot, median: 0.21, ninetieth: 0.66),
    ])
}
