extension Accelerators {
  /// Google TPUs.
  static let google: [Accelerator] = [
    Accelerator(
      id: "tpu-v4", name: "Google TPU v4", vendor: "Google",
      memory: .gibibytes(32), memoryBandwidth: .gigabytes(1228),
      denseCompute: [.bfloat16: .tera(275), .int8: .tera(275)],
      scaleUp: ScaleUpLink(technology: "ICI 3D torus", bandwidth: .gigabytes(150), domain: 4096),
      hostLink: .gigabytes(16), thermalDesignPower: Watts(192),
      source: "glennklockwood.com, Google TPU v4; GenZ 0.0.16 system table",
      note: "power is the published maximum of the chip"),
    Accelerator(
      id: "tpu-v5e", name: "Google TPU v5e", vendor: "Google",
      memory: .gibibytes(16), memoryBandwidth: .gigabytes(819),
      denseCompute: [.bfloat16: .tera(197), .int8: .tera(393)],
      scaleUp: ScaleUpLink(technology: "ICI 2D torus", bandwidth: .gigabytes(200), domain: 256),
      hostLink: .gigabytes(32), thermalDesignPower: nil,
      source: "brendanjameslynskey, TPU deck; GenZ 0.0.16 system table",
      note: "Google publishes no TDP; estimates are 150 to 250 W"),
    Accelerator(
      id: "tpu-v5p", name: "Google TPU v5p", vendor: "Google",
      memory: .gibibytes(95), memoryBandwidth: .gigabytes(2765),
      denseCompute: [.bfloat16: .tera(459), .int8: .tera(918)],
      scaleUp: ScaleUpLink(technology: "ICI 3D torus", bandwidth: .gigabytes(600), domain: 8960),
      hostLink: .gigabytes(32), thermalDesignPower: nil,
      source: "aiwiki, Google TPU v5p; GenZ 0.0.16 system table",
      note: "Google publishes no TDP"),
    Accelerator(
      id: "tpu-v6e", name: "Google TPU v6e Trillium", vendor: "Google",
      memory: .gibibytes(32), memoryBandwidth: .gigabytes(1640),
      denseCompute: [.bfloat16: .tera(918), .int8: .tera(1836)],
      scaleUp: ScaleUpLink(technology: "ICI 2D torus", bandwidth: .gigabytes(400), domain: 256),
      hostLink: .gigabytes(32), thermalDesignPower: nil,
      source: "brendanjameslynskey, TPU deck",
      note: "Google publishes no TDP"),
    Accelerator(
      id: "tpu-v7", name: "Google TPU v7 Ironwood", vendor: "Google",
      memory: .gibibytes(192), memoryBandwidth: .gigabytes(7370),
      denseCompute: [.bfloat16: .tera(2307), .float8: .tera(4614)],
      scaleUp: ScaleUpLink(technology: "ICI 3D torus", bandwidth: .gigabytes(600), domain: 9216),
      hostLink: .gigabytes(64), thermalDesignPower: nil,
      source: "brendanjameslynskey, TPU deck",
      note: "Google publishes no TDP; about 1.1 kW a chip with everything in a 9216-chip pod"),
  ]

  /// AWS Trainium and Inferentia.
  static let aws: [Accelerator] = [
    Accelerator(
      id: "trainium1", name: "AWS Trainium1", vendor: "AWS",
      memory: .gibibytes(32), memoryBandwidth: .gigabytes(820),
      denseCompute: [.bfloat16: .tera(190), .float8: .tera(190), .int8: .tera(380)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: nil,
      source: "AWS Neuron documentation, Trainium architecture",
      note: "NeuronLink bandwidth is not published, so the host link stands in"),
    Accelerator(
      id: "inferentia2", name: "AWS Inferentia2", vendor: "AWS",
      memory: .gibibytes(32), memoryBandwidth: .gigabytes(820),
      denseCompute: [.bfloat16: .tera(190), .float8: .tera(190), .int8: .tera(380)],
      scaleUp: nil,
      hostLink: .gigabytes(32), thermalDesignPower: nil,
      source: "AWS Neuron documentation, Inferentia2 architecture",
      note: "NeuronLink bandwidth is not published, so the host link stands in; FP8 at bf16 rate"),
    Accelerator(
      id: "trainium2", name: "AWS Trainium2", vendor: "AWS",
      memory: .gibibytes(96), memoryBandwidth: .gigabytes(2900),
      denseCompute: [.bfloat16: .tera(667), .float8: .tera(1299)],
      scaleUp: ScaleUpLink(technology: "NeuronLink v3", bandwidth: .gigabytes(640), domain: 16),
      hostLink: .gigabytes(32), thermalDesignPower: Watts(500),
      source: "AWS Neuron documentation 2.29, Trainium2 architecture",
      note: "TDP is an estimate; 64 chips join in an UltraServer"),
  ]
}
