extension Models {
  /// DeepSeek.
  static let deepSeek: [ModelArchitecture] = [
    ModelArchitecture(
      id: "deepseek-v2-lite", huggingFaceID: "deepseek-ai/DeepSeek-V2-Lite",
      layers: 27, hiddenSize: 2048,
      attention: .latent(
        heads: 16, queryRank: nil, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 64, topK: 6, expertSize: 1408, sharedSize: 2816, moeLayers: 26, denseSize: 10944,
        gated: true),
      vocabularySize: 102_400, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 27),
      maxContext: 163_840,
      declaredParameters: 15.7e9, declaredActiveParameters: 2.4e9,
      source: "config.json as in inference-sim f90a1e3a model_configs"),
    ModelArchitecture(
      id: "deepseek-v2", huggingFaceID: "deepseek-ai/DeepSeek-V2",
      layers: 60, hiddenSize: 5120,
      attention: .latent(
        heads: 128, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 160, topK: 6, expertSize: 1536, sharedSize: 3072, moeLayers: 59, denseSize: 12288,
        gated: true),
      vocabularySize: 102_400, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 60),
      maxContext: 163_840,
      declaredParameters: 235.7e9, declaredActiveParameters: 21.0e9,
      source: "config.json as in MooreThreads/SimuMax 4dcaae5"),
    ModelArchitecture(
      id: "deepseek-v3", huggingFaceID: "deepseek-ai/DeepSeek-V3",
      layers: 61, hiddenSize: 7168,
      attention: .latent(
        heads: 128, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 58, denseSize: 18432,
        gated: true),
      vocabularySize: 129_280, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 61),
      maxContext: 163_840, nativeFormat: .float8,
      declaredParameters: 671.0e9, declaredActiveParameters: 37.0e9,
      source: "config.json as in aiconfigurator 0.12.0, deepseek-ai--DeepSeek-V3_config.json",
      note: "without the multi-token prediction module"),
    ModelArchitecture(
      id: "deepseek-r1", huggingFaceID: "deepseek-ai/DeepSeek-R1",
      layers: 61, hiddenSize: 7168,
      attention: .latent(
        heads: 128, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 58, denseSize: 18432,
        gated: true),
      vocabularySize: 129_280, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 61),
      maxContext: 163_840, nativeFormat: .float8,
      declaredParameters: 671.0e9, declaredActiveParameters: 37.0e9,
      source: "config.json as in aiconfigurator 0.12.0, deepseek-ai--DeepSeek-R1_config.json",
      note: "without the multi-token prediction module"),
    ModelArchitecture(
      id: "deepseek-v3.2", huggingFaceID: "deepseek-ai/DeepSeek-V3.2",
      layers: 61, hiddenSize: 7168,
      attention: .latent(
        heads: 128, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 58, denseSize: 18432,
        gated: true),
      vocabularySize: 129_280, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 61),
      maxContext: 163_840, nativeFormat: .float8,
      declaredParameters: 671.0e9, declaredActiveParameters: 37.0e9,
      source: "config.json as in aiconfigurator 0.12.0, deepseek-ai--DeepSeek-V3.2_config.json",
      note:
        "its sparse indexer is not modelled: attention reads the whole context; without "
        + "the multi-token prediction module"),
  ]

  /// Moonshot Kimi.
  static let moonshot: [ModelArchitecture] = [
    ModelArchitecture(
      id: "kimi-k2", huggingFaceID: "moonshotai/Kimi-K2-Instruct",
      layers: 61, hiddenSize: 7168,
      attention: .latent(
        heads: 64, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 384, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 60, denseSize: 18432,
        gated: true),
      vocabularySize: 163_840, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 61),
      maxContext: 131_072, nativeFormat: .float8,
      declaredParameters: 1026.0e9, declaredActiveParameters: 32.6e9,
      source: "config.json as in aiconfigurator 0.12.0, moonshotai--Kimi-K2-Instruct_config.json",
      note: "without the multi-token prediction module"),
    ModelArchitecture(
      id: "kimi-linear-48b-a3b", huggingFaceID: "moonshotai/Kimi-Linear-48B-A3B-Instruct",
      layers: 27, hiddenSize: 2304,
      attention: .latent(
        heads: 32, queryRank: nil, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 1024, sharedSize: 1024, moeLayers: 26, denseSize: 9216,
        gated: true),
      vocabularySize: 163_840, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 7, linear: 20, linearState: 524_288, convolutionState: 36_864,
        linearParameters: 39_510_016),
      maxContext: 1_048_576,
      declaredParameters: 48.0e9, declaredActiveParameters: 3.0e9,
      source: "transformers 5.23.0 configuration of the named checkpoint",
      note: "Kimi delta attention on 20 of 27 layers"),
    ModelArchitecture(
      id: "kimi-k2.5", huggingFaceID: "moonshotai/Kimi-K2.5",
      layers: 61, hiddenSize: 7168,
      attention: .latent(
        heads: 64, queryRank: 1536, kvRank: 512, nopeSize: 128, ropeSize: 64, valueSize: 128),
      feedForward: .mixture(
        experts: 384, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 60, denseSize: 18432,
        gated: true),
      vocabularySize: 163_840, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 61),
      maxContext: 262_144, nativeFormat: .int4,
      declaredParameters: 1026.0e9, declaredActiveParameters: 32.6e9,
      towerParameters: 400e6,
      source: "config.json as in aiconfigurator 0.12.0, moonshotai--Kimi-K2.5_config.json",
      note: "INT4 routed experts; of the vision tower only the weights"),
  ]
}
