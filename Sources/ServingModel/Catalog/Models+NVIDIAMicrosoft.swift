extension Models {
  /// NVIDIA Nemotron.
  static let nvidia: [ModelArchitecture] = [
    ModelArchitecture(
      id: "nemotron-4-340b", huggingFaceID: "nvidia/Nemotron-4-340B-Instruct",
      layers: 96, hiddenSize: 18432,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 192),
      feedForward: .dense(intermediateSize: 73728, gated: false),
      vocabularySize: 256_000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 96),
      maxContext: 4096,
      declaredParameters: 341.0e9, declaredActiveParameters: 341.0e9,
      source: "GenZ 0.0.16 Model_sets, after config.json"),
    ModelArchitecture(
      id: "nemotron-h-56b", huggingFaceID: "nvidia/Nemotron-H-56B-Base-8K",
      layers: 118, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 32768, gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 10, linear: 54, linearState: 4_194_304, convolutionState: 61_440,
        linearParameters: 438_386_688),
      maxContext: 8192,
      declaredParameters: 56.0e9, declaredActiveParameters: 56.0e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "nvidia--Nemotron-H-56B-Base-8K_config.json",
      note: "squared ReLU; layers counts blocks: 54 Mamba-2, 10 attention, 54 feed-forward"),
    ModelArchitecture(
      id: "nemotron-nano-9b-v2", huggingFaceID: "nvidia/NVIDIA-Nemotron-Nano-9B-v2",
      layers: 56, hiddenSize: 4480,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 15680, gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 4, linear: 27, linearState: 1_310_720, convolutionState: 36_864,
        linearParameters: 147_423_232),
      maxContext: 131_072,
      declaredParameters: 8.89e9, declaredActiveParameters: 8.89e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared",
      note: "squared ReLU; layers counts blocks: 27 Mamba-2, 4 attention, 25 feed-forward"),
    ModelArchitecture(
      id: "nemotron-nano-12b-v2", huggingFaceID: "nvidia/NVIDIA-Nemotron-Nano-12B-v2",
      layers: 62, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 20480, gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 6, linear: 28, linearState: 1_310_720, convolutionState: 36_864,
        linearParameters: 168_476_672),
      maxContext: 131_072,
      declaredParameters: 12.31e9, declaredActiveParameters: 12.31e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared",
      note: "squared ReLU; layers counts blocks: 28 Mamba-2, 6 attention, 28 feed-forward"),
    ModelArchitecture(
      id: "nemotron-3-nano-30b-a3b", huggingFaceID: "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16",
      layers: 52, hiddenSize: 2688,
      attention: .grouped(heads: 32, kvHeads: 2, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 6, expertSize: 1856, sharedSize: 3712, moeLayers: 23, denseSize: 0,
        gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 6, linear: 23, linearState: 524_288, convolutionState: 18_432,
        linearParameters: 38_731_776),
      maxContext: 262_144,
      declaredParameters: 31.6e9, declaredActiveParameters: 3.6e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "nvidia--NVIDIA-Nemotron-3-Nano-30B-A3B-BF16_config.json",
      note: "squared ReLU; layers counts blocks: 23 Mamba-2, 6 attention, 23 mixture"),
  ]

  /// Microsoft Phi.
  static let microsoft: [ModelArchitecture] = [
    ModelArchitecture(
      id: "phi-3-mini", huggingFaceID: "microsoft/Phi-3-mini-128k-instruct",
      layers: 32, hiddenSize: 3072,
      attention: .grouped(heads: 32, kvHeads: 32, headSize: 96),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 32064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 131_072,
      declaredParameters: 3.82e9, declaredActiveParameters: 3.82e9,
      source:
        "GenZ 0.0.16 Model_sets, after config.json; config.json as in mlc-ai/mlc-llm "
        + "79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "phi-3-medium-14b", huggingFaceID: "microsoft/Phi-3-medium-128k-instruct",
      layers: 40, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 10, headSize: 128),
      feedForward: .dense(intermediateSize: 17920, gated: true),
      vocabularySize: 32064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 13.96e9, declaredActiveParameters: 13.96e9,
      source: "GenZ 0.0.16 Model_sets, after config.json"),
    ModelArchitecture(
      id: "phi-3.5-moe", huggingFaceID: "microsoft/Phi-3.5-MoE-instruct",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 16, topK: 2, expertSize: 6400, sharedSize: 0, moeLayers: 32, denseSize: 0,
        gated: true),
      vocabularySize: 32064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 131_072,
      declaredParameters: 41.87e9, declaredActiveParameters: 6.6e9,
      source:
        "GenZ 0.0.16 Model_sets, after config.json; transformers 5.23.0 configuration "
        + "of the named checkpoint"),
    ModelArchitecture(
      id: "phi-4", huggingFaceID: "microsoft/phi-4",
      layers: 40, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 10, headSize: 128),
      feedForward: .dense(intermediateSize: 17920, gated: true),
      vocabularySize: 100_352, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 16384,
      declaredParameters: 14.66e9, declaredActiveParameters: 14.66e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "phi-4-mini", huggingFaceID: "microsoft/Phi-4-mini-instruct",
      layers: 32, hiddenSize: 3072,
      attention: .grouped(heads: 24, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 200_064, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 32),
      maxContext: 131_072,
      declaredParameters: 3.84e9, declaredActiveParameters: 3.84e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
  ]
}
