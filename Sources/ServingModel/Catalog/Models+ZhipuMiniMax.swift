extension Models {
  /// Zhipu GLM.
  static let zhipu: [ModelArchitecture] = [
    ModelArchitecture(
      id: "glm-4-9b", huggingFaceID: "THUDM/glm-4-9b-chat",
      layers: 40, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 2, headSize: 128),
      feedForward: .dense(intermediateSize: 13696, gated: true),
      vocabularySize: 151_552, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 9.4e9, declaredActiveParameters: 9.4e9,
      source: "GenZ 0.0.16 Model_sets, after config.json"),
    ModelArchitecture(
      id: "glm-4.5-air", huggingFaceID: "zai-org/GLM-4.5-Air",
      layers: 46, hiddenSize: 4096,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 8, expertSize: 1408, sharedSize: 1408, moeLayers: 45, denseSize: 10944,
        gated: true),
      vocabularySize: 151_552, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 46),
      maxContext: 131_072,
      declaredParameters: 106.0e9, declaredActiveParameters: 12.0e9,
      source: "config.json as quoted for Glm4MoeConfig; transformers 5.23.0 configuration"),
    ModelArchitecture(
      id: "glm-4.5", huggingFaceID: "zai-org/GLM-4.5",
      layers: 92, hiddenSize: 5120,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 160, topK: 8, expertSize: 1536, sharedSize: 1536, moeLayers: 89, denseSize: 12288,
        gated: true),
      vocabularySize: 151_552, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 92),
      maxContext: 131_072,
      declaredParameters: 355.0e9, declaredActiveParameters: 32.0e9,
      source: "config.json as quoted by tests of Glm4MoeConfig"),
    ModelArchitecture(
      id: "glm-4.6", huggingFaceID: "zai-org/GLM-4.6",
      layers: 92, hiddenSize: 5120,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 160, topK: 8, expertSize: 1536, sharedSize: 1536, moeLayers: 89, denseSize: 12288,
        gated: true),
      vocabularySize: 151_552, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 92),
      maxContext: 202_752,
      declaredParameters: 355.0e9, declaredActiveParameters: 32.0e9,
      source: "config.json as quoted by tests of Glm4MoeConfig"),
    ModelArchitecture(
      id: "glm-4.7", huggingFaceID: "zai-org/GLM-4.7",
      layers: 92, hiddenSize: 5120,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 160, topK: 8, expertSize: 1536, sharedSize: 1536, moeLayers: 89, denseSize: 12288,
        gated: true),
      vocabularySize: 151_552, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 92),
      maxContext: 202_752,
      declaredParameters: 355.0e9, declaredActiveParameters: 32.0e9,
      source: "config.json as quoted by tests of Glm4MoeConfig"),
    ModelArchitecture(
      id: "glm-5.3", huggingFaceID: "zai-org/GLM-5.3",
      layers: 78, hiddenSize: 6144,
      attention: .latent(
        heads: 64, queryRank: 2048, kvRank: 512, nopeSize: 192, ropeSize: 64, valueSize: 256),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 75, denseSize: 12288,
        gated: true),
      vocabularySize: 154_880, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 78),
      maxContext: 1_048_576,
      source: "config.json as in aiconfigurator 0.12.0, zai-org--GLM-5.3_config.json",
      note: "its sparse indexer is not modelled: attention reads the whole context"),
    ModelArchitecture(
      id: "glm-5", huggingFaceID: "zai-org/GLM-5",
      layers: 78, hiddenSize: 6144,
      attention: .latent(
        heads: 64, queryRank: 2048, kvRank: 512, nopeSize: 192, ropeSize: 64, valueSize: 256),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 75, denseSize: 12288,
        gated: true),
      vocabularySize: 154_880, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 78),
      maxContext: 202_752,
      declaredParameters: 744.0e9, declaredActiveParameters: 40.0e9,
      source: "config.json as in aiconfigurator 0.12.0, zai-org--GLM-5_config.json",
      note: "its sparse indexer is not modelled: attention reads the whole context"),
    ModelArchitecture(
      id: "glm-5.1", huggingFaceID: "zai-org/GLM-5.1",
      layers: 78, hiddenSize: 6144,
      attention: .latent(
        heads: 64, queryRank: 2048, kvRank: 512, nopeSize: 192, ropeSize: 64, valueSize: 256),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 75, denseSize: 12288,
        gated: true),
      vocabularySize: 154_880, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 78),
      maxContext: 202_752,
      source: "config.json as in aiconfigurator 0.12.0, zai-org--GLM-5.1_config.json",
      note: "its sparse indexer is not modelled: attention reads the whole context"),
    ModelArchitecture(
      id: "glm-5.2", huggingFaceID: "zai-org/GLM-5.2",
      layers: 78, hiddenSize: 6144,
      attention: .latent(
        heads: 64, queryRank: 2048, kvRank: 512, nopeSize: 192, ropeSize: 64, valueSize: 256),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 2048, moeLayers: 75, denseSize: 12288,
        gated: true),
      vocabularySize: 154_880, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 78),
      maxContext: 1_048_576,
      source: "config.json as in aiconfigurator 0.12.0, zai-org--GLM-5.2_config.json",
      note: "its sparse indexer is not modelled: attention reads the whole context"),
  ]

  /// MiniMax.
  static let miniMax: [ModelArchitecture] = [
    ModelArchitecture(
      id: "minimax-text-01", huggingFaceID: "MiniMaxAI/MiniMax-Text-01",
      layers: 80, hiddenSize: 6144,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 32, topK: 2, expertSize: 9216, sharedSize: 0, moeLayers: 80, denseSize: 0,
        gated: true),
      vocabularySize: 200_064, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 10, linear: 70, linearState: 1_048_576, linearParameters: 251_658_240),
      maxContext: 10_240_000,
      declaredParameters: 456.0e9, declaredActiveParameters: 45.9e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared",
      note: "lightning attention on 70 of 80 layers"),
    ModelArchitecture(
      id: "minimax-m2", huggingFaceID: "MiniMaxAI/MiniMax-M2",
      layers: 62, hiddenSize: 3072,
      attention: .grouped(heads: 48, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 1536, sharedSize: 0, moeLayers: 62, denseSize: 0,
        gated: true),
      vocabularySize: 200_064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 62),
      maxContext: 196_608,
      declaredParameters: 230.0e9, declaredActiveParameters: 10.0e9,
      source: "same architecture as MiniMax-M2.5 (aiconfigurator 0.12.0)"),
    ModelArchitecture(
      id: "minimax-m2.7", huggingFaceID: "MiniMaxAI/MiniMax-M2.7",
      layers: 62, hiddenSize: 3072,
      attention: .grouped(heads: 48, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 1536, sharedSize: 0, moeLayers: 62, denseSize: 0,
        gated: true),
      vocabularySize: 200_064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 62),
      maxContext: 204_800,
      declaredParameters: 230.0e9, declaredActiveParameters: 10.0e9,
      source: "config.json as in aiconfigurator 0.12.0, MiniMaxAI--MiniMax-M2.7_config.json"),
    ModelArchitecture(
      id: "minimax-m2.5", huggingFaceID: "MiniMaxAI/MiniMax-M2.5",
      layers: 62, hiddenSize: 3072,
      attention: .grouped(heads: 48, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 1536, sharedSize: 0, moeLayers: 62, denseSize: 0,
        gated: true),
      vocabularySize: 200_064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 62),
      maxContext: 196_608,
      declaredParameters: 230.0e9, declaredActiveParameters: 10.0e9,
      source: "config.json as in aiconfigurator 0.12.0, MiniMaxAI--MiniMax-M2.5_config.json"),
    ModelArchitecture(
      id: "minimax-m3", huggingFaceID: "MiniMaxAI/MiniMax-M3",
      layers: 60, hiddenSize: 6144,
      attention: .grouped(heads: 64, kvHeads: 4, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 4, expertSize: 3072, sharedSize: 3072, moeLayers: 57, denseSize: 12288,
        gated: true),
      vocabularySize: 200_064, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 60),
      maxContext: 1_048_576,
      source: "config.json as in aiconfigurator 0.12.0, MiniMaxAI--MiniMax-M3_config.json",
      note:
        "block-sparse attention on 57 layers (at most 2048 tokens) is not modelled: "
        + "attention reads the whole context"),
  ]
}
