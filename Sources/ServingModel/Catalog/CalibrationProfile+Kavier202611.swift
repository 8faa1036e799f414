// `make profile` writes this file: as long as the fit, a line for each of its values.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "public measurements of vLLM, TensorRT-LLM and SGLang on NVIDIA and AMD",
    values: [
      (.matrixBandwidth, 0.9397),
      (.matrixCompute, 0.4539),
      (.matrixLatency, 8.868e-6),
      (.expertBandwidth, 0.9726),
      (.expertCompute, 0.2115),
      (.attentionBandwidth, 0.8802),
      (.attentionCompute, 0.5296),
      (.layerLatency, 38.23e-6),
      (.mixtureLatency, 27.21e-6),
      (.linearLatency, 61.4e-6),
      (.prefillLatency, 177.0e-6),
      (.hostTime, 113.2e-6),
      (.sequenceTime, 13.24e-6),
      (.allReduceLatency, 2.684e-6),
      (.allToAllLatency, 21.19e-6),
      (.stageLatency, 10.0e-6),
      (.linkBandwidth, 0.6339),
      (.frontendLatency, 3955.0e-6),
      (.streamSteps, 0.4696),
      (.promptQueueing, 1.577),
    ],
    effects: [
      .init([.layerLatency], .engine, "atom", factor: 0.9189, standardError: 0.36),
      .init([.layerLatency], .engine, "sglang", factor: 0.6913, standardError: 0.34),
      .init([.layerLatency], .engine, "tensorrt-llm", factor: 0.8616, standardError: 0.27),
      .init([.layerLatency], .engine, "vllm", factor: 1.777, standardError: 0.26),
      .init([.mixtureLatency], .engine, "atom", factor: 0.8492, standardError: 0.62),
      .init([.mixtureLatency], .engine, "sglang", factor: 0.5579, standardError: 0.6),
      .init([.mixtureLatency], .engine, "tensorrt-llm", factor: 0.7496, standardError: 0.43),
      .init([.mixtureLatency], .engine, "vllm", factor: 2.984, standardError: 0.4),
      .init([.prefillLatency], .engine, "atom", factor: 0.7961, standardError: 0.59),
      .init([.prefillLatency], .engine, "sglang", factor: 2.034, standardError: 0.4),
      .init([.prefillLatency], .engine, "tensorrt-llm", factor: 4.559, standardError: 0.39),
      .init([.prefillLatency], .engine, "vllm", factor: 0.2752, standardError: 0.46),
      .init([.hostTime], .engine, "atom", factor: 0.976, standardError: 1.0),
      .init([.hostTime], .engine, "sglang", factor: 0.8367, standardError: 1.0),
      .init([.hostTime], .engine, "tensorrt-llm", factor: 0.4051, standardError: 1.0),
      .init([.hostTime], .engine, "vllm", factor: 0.6747, standardError: 0.87),
      .init([.sequenceTime], .engine, "atom", factor: 1.031, standardError: 0.76),
      .init([.sequenceTime], .engine, "sglang", factor: 1.949, standardError: 0.61),
      .init([.sequenceTime], .engine, "tensorrt-llm", factor: 0.3175, standardError: 0.57),
      .init([.sequenceTime], .engine, "vllm", factor: 2.59, standardError: 0.54),
      .init([.frontendLatency], .engine, "atom", factor: 0.9405, standardError: 0.68),
      .init([.frontendLatency], .engine, "sglang", factor: 0.8735, standardError: 0.68),
      .init([.frontendLatency], .engine, "tensorrt-llm", factor: 1.383, standardError: 0.56),
      .init([.frontendLatency], .engine, "vllm", factor: 0.5489, standardError: 0.55),
      .init(
        [.frontendLatency], .harness, "atom inferencex-app", factor: 0.9405, standardError: 0.68),
      .init([.frontendLatency], .harness, "sglang inferencex", factor: 0.8494, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "sglang inferencex-app", factor: 1.028, standardError: 0.69),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm inferencex", factor: 0.2945, standardError: 0.68
      ),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm llm-inference-bench", factor: 0.6737,
        standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm mlperf", factor: 0.9992, standardError: 0.7),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm nvidia", factor: 13.87, standardError: 0.55),
      .init(
        [.frontendLatency], .harness, "tensorrt-llm trtllm-bench", factor: 0.4791,
        standardError: 0.69),
      .init([.frontendLatency], .harness, "vllm inference-sim", factor: 1.815, standardError: 0.52),
      .init([.frontendLatency], .harness, "vllm inferencex", factor: 0.5626, standardError: 0.66),
      .init(
        [.frontendLatency], .harness, "vllm llm-inference-bench", factor: 0.8714, standardError: 0.7
      ),
      .init([.frontendLatency], .harness, "vllm ml-energy", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm mlperf", factor: 1.0, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm nvidia", factor: 0.991, standardError: 0.7),
      .init([.frontendLatency], .harness, "vllm ray-serve", factor: 0.9931, standardError: 0.7),
      .init([.streamSteps], .harness, "atom inferencex-app", factor: 0.3678, standardError: 1.8),
      .init([.streamSteps], .harness, "sglang inferencex", factor: 58.74, standardError: 0.29),
      .init([.streamSteps], .harness, "sglang inferencex-app", factor: 0.3574, standardError: 1.8),
      .init([.streamSteps], .harness, "tensorrt-llm inferencex", factor: 28.28, standardError: 0.3),
      .init(
        [.streamSteps], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 2.0),
      .init([.streamSteps], .harness, "tensorrt-llm mlperf", factor: 0.6184, standardError: 1.9),
      .init([.streamSteps], .harness, "tensorrt-llm nvidia", factor: 16.8, standardError: 0.31),
      .init(
        [.streamSteps], .harness, "tensorrt-llm trtllm-bench", factor: 0.131, standardError: 1.8),
      .init([.streamSteps], .harness, "vllm inference-sim", factor: 0.6788, standardError: 0.48),
      .init([.streamSteps], .harness, "vllm inferencex", factor: 12.33, standardError: 0.29),
      .init([.streamSteps], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm ml-energy", factor: 1.0, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm mlperf", factor: 0.7036, standardError: 2.0),
      .init([.streamSteps], .harness, "vllm nvidia", factor: 18.04, standardError: 0.3),
      .init([.streamSteps], .harness, "vllm ray-serve", factor: 40.95, standardError: 0.37),
      .init([.promptQueueing], .harness, "atom inferencex-app", factor: 0.3651, standardError: 0.8),
      .init([.promptQueueing], .harness, "sglang inferencex", factor: 3.871, standardError: 0.52),
      .init(
        [.promptQueueing], .harness, "sglang inferencex-app", factor: 0.3332, standardError: 0.78),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm inferencex", factor: 1.761, standardError: 0.39),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm llm-inference-bench", factor: 1.0,
        standardError: 1.0),
      .init([.promptQueueing], .harness, "tensorrt-llm mlperf", factor: 1.0, standardError: 1.0),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm nvidia", factor: 0.1611, standardError: 0.78),
      .init(
        [.promptQueueing], .harness, "tensorrt-llm trtllm-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inference-sim", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm inferencex", factor: 6.77, standardError: 0.38),
      .init(
        [.promptQueueing], .harness, "vllm llm-inference-bench", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm ml-energy", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm mlperf", factor: 1.0, standardError: 1.0),
      .init([.promptQueueing], .harness, "vllm nvidia", factor: 1.34, standardError: 0.44),
      .init([.promptQueueing], .harness, "vllm ray-serve", factor: 1.675, standardError: 0.92),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "tensorrt-llm", factor: 3.007,
        standardError: 0.057),
      .init(
        [.streamSteps, .frontendLatency], .dataParallel, "vllm", factor: 1.023, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "atom",
        factor: 0.8064, standardError: 0.29),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "sglang",
        factor: 1.09, standardError: 0.22),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 0.14-0.20", factor: 1.34, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 1.0-", factor: 0.7171, standardError: 0.2),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era,
        "tensorrt-llm 2024", factor: 1.631, standardError: 0.21),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.13-",
        factor: 0.4838, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.4-0.7",
        factor: 1.335, standardError: 0.18),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 0.8-0.12",
        factor: 0.7272, standardError: 0.17),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .era, "vllm 2023",
        factor: 3.418, standardError: 0.19),
      .init([.hostTime, .sequenceTime], .era, "atom", factor: 1.002, standardError: 0.47),
      .init([.hostTime, .sequenceTime], .era, "sglang", factor: 1.124, standardError: 0.46),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 0.14-0.20", factor: 1.089,
        standardError: 0.38),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 1.0-", factor: 0.5301, standardError: 0.4),
      .init(
        [.hostTime, .sequenceTime], .era, "tensorrt-llm 2024", factor: 1.033, standardError: 0.44),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.13-", factor: 0.4095, standardError: 0.29),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.4-0.7", factor: 2.245, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 0.8-0.12", factor: 1.116, standardError: 0.28),
      .init([.hostTime, .sequenceTime], .era, "vllm 2023", factor: 1.053, standardError: 0.5),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "atom", factor: 1.083, standardError: 0.1),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "sglang", factor: 1.078, standardError: 0.092),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 0.14-0.20", factor: 1.251, standardError: 0.052),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 1.0-", factor: 1.075, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "tensorrt-llm 2024", factor: 0.7449, standardError: 0.049),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.13-", factor: 0.9559, standardError: 0.05),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.4-0.7", factor: 0.833, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 0.8-0.12", factor: 0.952, standardError: 0.051),
      .init(
        [
          .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
          .attentionCompute,
        ], .era, "vllm 2023", factor: 1.022, standardError: 0.089),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ada",
        factor: 0.9727, standardError: 0.19),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "ampere",
        factor: 1.046, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture,
        "blackwell", factor: 0.7761, standardError: 0.13),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "cdna",
        factor: 1.621, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .architecture, "hopper",
        factor: 0.9037, standardError: 0.12),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "a10",
        factor: 1.028, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "a100-sxm-80", factor: 0.9847, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "b200-sxm",
        factor: 0.941, standardError: 0.092),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h100-sxm",
        factor: 0.9256, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "h200-sxm",
        factor: 1.089, standardError: 0.071),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "l40s",
        factor: 0.9971, standardError: 0.1),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi300x",
        factor: 1.456, standardError: 0.08),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator, "mi355x",
        factor: 0.7732, standardError: 0.081),
      .init(
        [.layerLatency, .mixtureLatency, .linearLatency, .prefillLatency], .accelerator,
        "rtx-pro-6000-bw", factor: 0.996, standardError: 0.1),
      .init([.matrixBandwidth], .architecture, "ada", factor: 1.011, standardError: 0.076),
      .init([.matrixBandwidth], .architecture, "ampere", factor: 0.848, standardError: 0.053),
      .init([.matrixBandwidth], .architecture, "blackwell", factor: 1.052, standardError: 0.062),
      .init([.matrixBandwidth], .architecture, "cdna", factor: 0.976, standardError: 0.075),
      .init([.matrixBandwidth], .architecture, "hopper", factor: 1.266, standardError: 0.056),
      .init([.matrixBandwidth], .accelerator, "a10", factor: 0.874, standardError: 0.041),
      .init([.matrixBandwidth], .accelerator, "a100-sxm-80", factor: 1.07, standardError: 0.039),
      .init([.matrixBandwidth], .accelerator, "b200-sxm", factor: 1.019, standardError: 0.046),
      .init([.matrixBandwidth], .accelerator, "h100-sxm", factor: 1.006, standardError: 0.038),
      .init([.matrixBandwidth], .accelerator, "h200-sxm", factor: 1.092, standardError: 0.04),
      .init([.matrixBandwidth], .accelerator, "l40s", factor: 0.9986, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi300x", factor: 0.9836, standardError: 0.049),
      .init([.matrixBandwidth], .accelerator, "mi355x", factor: 1.007, standardError: 0.05),
      .init(
        [.matrixBandwidth], .accelerator, "rtx-pro-6000-bw", factor: 1.006, standardError: 0.05),
      .init([.matrixCompute], .architecture, "ada", factor: 1.248, standardError: 0.13),
      .init([.matrixCompute], .architecture, "ampere", factor: 0.8825, standardError: 0.11),
      .init([.matrixCompute], .architecture, "blackwell", factor: 1.099, standardError: 0.12),
      .init([.matrixCompute], .architecture, "cdna", factor: 0.3217, standardError: 0.13),
      .init([.matrixCompute], .architecture, "hopper", factor: 1.642, standardError: 0.11),
      .init([.matrixCompute], .accelerator, "a10", factor: 0.7738, standardError: 0.075),
      .init([.matrixCompute], .accelerator, "a100-sxm-80", factor: 1.251, standardError: 0.074),
      .init([.matrixCompute], .accelerator, "b200-sxm", factor: 1.026, standardError: 0.092),
      .init([.matrixCompute], .accelerator, "h100-sxm", factor: 0.9842, standardError: 0.07),
      .init([.matrixCompute], .accelerator, "h200-sxm", factor: 1.151, standardError: 0.071),
      .init([.matrixCompute], .accelerator, "l40s", factor: 1.011, standardError: 0.09),
      .init([.matrixCompute], .accelerator, "mi300x", factor: 0.6916, standardError: 0.089),
      .init([.matrixCompute], .accelerator, "mi355x", factor: 1.089, standardError: 0.093),
      .init([.matrixCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.046, standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ada", factor: 1.0, standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "ampere", factor: 0.8754,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "blackwell", factor: 0.8661,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "cdna", factor: 0.821,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .architecture, "hopper", factor: 0.9761,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a10", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "a100-sxm-80", factor: 0.9656,
        standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "b200-sxm", factor: 0.9653,
        standardError: 0.092),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h100-sxm", factor: 1.179,
        standardError: 0.073),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "h200-sxm", factor: 0.8342,
        standardError: 0.072),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "l40s", factor: 1.0, standardError: 0.1),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi300x", factor: 0.8317,
        standardError: 0.084),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "mi355x", factor: 1.134,
        standardError: 0.085),
      .init(
        [.expertBandwidth, .expertCompute], .accelerator, "rtx-pro-6000-bw", factor: 1.0,
        standardError: 0.1),
      .init([.matrixBandwidth], .layers, "fp4", factor: 1.0, standardError: 0.2),
      .init([.matrixBandwidth], .layers, "fp8", factor: 0.7129, standardError: 0.049),
      .init([.matrixCompute], .layers, "fp4", factor: 0.7503, standardError: 0.084),
      .init([.matrixCompute], .layers, "fp8", factor: 0.7402, standardError: 0.04),
      .init([.expertBandwidth], .experts, "fp4", factor: 1.173, standardError: 0.19),
      .init([.expertBandwidth], .experts, "fp8", factor: 0.7956, standardError: 0.13),
      .init([.expertBandwidth], .experts, "int4", factor: 0.6921, standardError: 0.18),
      .init([.expertCompute], .experts, "fp4", factor: 0.8168, standardError: 0.17),
      .init([.expertCompute], .experts, "fp8", factor: 0.9208, standardError: 0.16),
      .init([.expertCompute], .experts, "int4", factor: 0.8987, standardError: 0.22),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp4", factor: 1.04,
        standardError: 0.2),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "atom fp8", factor: 0.9521,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang bf16", factor: 0.9321,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp4", factor: 0.8787,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "sglang fp8", factor: 1.102,
        standardError: 0.12),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm bf16", factor: 0.8754,
        standardError: 0.16),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp4", factor: 0.9859,
        standardError: 0.14),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "tensorrt-llm fp8", factor: 0.8611,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm bf16", factor: 0.9365,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp4", factor: 1.122,
        standardError: 0.14),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm fp8", factor: 0.9891,
        standardError: 0.11),
      .init(
        [.expertBandwidth, .expertCompute], .expertKernel, "vllm int4", factor: 0.8256,
        standardError: 0.16),
      .init([.expertCompute], .expertSize, factor: 1.485, standardError: 0.031),
      .init([.attentionBandwidth], .kvCache, "fp8", factor: 0.7808, standardError: 0.044),
      .init([.allReduceLatency], .tensorDoublings, factor: 1.098, standardError: 0.1),
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
      .init(.calibrated, .ttft, median: 0.33, ninetieth: 1.0),
      .init(.calibrated, .tpot, median: 0.1, ninetieth: 0.37),
      .init(.calibrated, .e2e, median: 0.1, ninetieth: 0.47),
      .init(.calibrated, .throughput, median: 0.11, ninetieth: 0.48),
      .init(.transferred, .ttft, median: 0.44, ninetieth: 1.3),
      .init(.transferred, .tpot, median: 0.17, ninetieth: 0.54),
      .init(.transferred, .e2e, median: 0.27, ninetieth: 0.71),
      .init(.transferred, .throughput, median: 0.14, ninetieth: 0.34),
    ])
}
