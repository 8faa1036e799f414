extension Models {
  /// IBM Granite.
  static let ibm: [ModelArchitecture] = [
    ModelArchitecture(
      id: "granite-20b-code", huggingFaceID: "ibm-granite/granite-20b-code-base-8k",
      layers: 52, hiddenSize: 6144,
      attention: .grouped(heads: 48, kvHeads: 1, headSize: 128),
      feedForward: .dense(intermediateSize: 24576, gated: false),
      vocabularySize: 49152, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 52),
      maxContext: 8192,
      declaredParameters: 20.1e9, declaredActiveParameters: 20.1e9,
      source:
        "published config.json, not seen as a file; its count is within 0.4 % of the "
        + "declared",
      note: "GPTBigCode, one KV head"),
    ModelArchitecture(
      id: "granite-3.3-2b", huggingFaceID: "ibm-granite/granite-3.3-2b-instruct",
      layers: 40, hiddenSize: 2048,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 64),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 49159, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 2.53e9, declaredActiveParameters: 2.53e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "granite-3.3-8b", huggingFaceID: "ibm-granite/granite-3.3-8b-instruct",
      layers: 40, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 12800, gated: true),
      vocabularySize: 49159, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 8.17e9, declaredActiveParameters: 8.17e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "granite-4.0-h-tiny", huggingFaceID: "ibm-granite/granite-4.0-h-tiny",
      layers: 40, hiddenSize: 1536,
      attention: .grouped(heads: 12, kvHeads: 4, headSize: 128),
      feedForward: .mixture(
        experts: 64, topK: 6, expertSize: 512, sharedSize: 1024, moeLayers: 40, denseSize: 0,
        gated: true),
      vocabularySize: 100_352, tiedEmbeddings: true,
      layerKinds: LayerKinds(
        full: 4, linear: 36, linearState: 393_216, stateFormat: .bfloat16, convolutionState: 9_984,
        linearParameters: 14_636_032),
      maxContext: 131_072,
      declaredParameters: 6.94e9, declaredActiveParameters: 1.0e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared",
      note: "Mamba-2 on 36 of 40 layers"),
    ModelArchitecture(
      id: "granite-4.0-micro", huggingFaceID: "ibm-granite/granite-4.0-micro",
      layers: 40, hiddenSize: 2560,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 64),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 100_352, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 3.4e9, declaredActiveParameters: 3.4e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "granite-4.0-h-small", huggingFaceID: "ibm-granite/granite-4.0-h-small",
      layers: 40, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 72, topK: 10, expertSize: 768, sharedSize: 1536, moeLayers: 40, denseSize: 0,
        gated: true),
      vocabularySize: 100_352, tiedEmbeddings: true,
      layerKinds: LayerKinds(
        full: 4, linear: 36, linearState: 1_048_576, stateFormat: .bfloat16,
        convolutionState: 25_344, linearParameters: 102_269_952),
      maxContext: 131_072,
      declaredParameters: 32.2e9, declaredActiveParameters: 9.0e9,
      source: "config.json as quoted in documentation of the checkpoint",
      note: "Mamba-2 on 36 of 40 layers"),
  ]

  /// Allen Institute OLMo.
  static let ai2: [ModelArchitecture] = [
    ModelArchitecture(
      id: "olmoe-1b-7b", huggingFaceID: "allenai/OLMoE-1B-7B-0924",
      layers: 16, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 16, headSize: 128),
      feedForward: .mixture(
        experts: 64, topK: 8, expertSize: 1024, sharedSize: 0, moeLayers: 16, denseSize: 0,
        gated: true),
      vocabularySize: 50304, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 16),
      maxContext: 4096,
      declaredParameters: 6.92e9, declaredActiveParameters: 1.3e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "olmo-2-7b", huggingFaceID: "allenai/OLMo-2-1124-7B",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 32, headSize: 128),
      feedForward: .dense(intermediateSize: 11008, gated: true),
      vocabularySize: 100_352, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 4096,
      declaredParameters: 7.3e9, declaredActiveParameters: 7.3e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "olmo-2-13b", huggingFaceID: "allenai/OLMo-2-1124-13B",
      layers: 40, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 40, headSize: 128),
      feedForward: .dense(intermediateSize: 13824, gated: true),
      vocabularySize: 100_352, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 4096,
      declaredParameters: 13.72e9, declaredActiveParameters: 13.72e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "olmo-2-32b", huggingFaceID: "allenai/OLMo-2-0325-32B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 27648, gated: true),
      vocabularySize: 100_352, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 64),
      maxContext: 4096,
      declaredParameters: 32.23e9, declaredActiveParameters: 32.23e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "olmo-3-7b", huggingFaceID: "allenai/Olmo-3-1025-7B",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 32, headSize: 128),
      feedForward: .dense(intermediateSize: 11008, gated: true),
      vocabularySize: 100_278, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 8, windowed: 24, window: 4096),
      maxContext: 65536,
      declaredParameters: 7.3e9, declaredActiveParameters: 7.3e9,
      source:
        "transformers 5.23.0 configuration of the named checkpoint; vocabulary from "
        + "config.json"),
    ModelArchitecture(
      id: "olmo-3-32b", huggingFaceID: "allenai/Olmo-3-1125-32B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 27648, gated: true),
      vocabularySize: 100_278, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 16, windowed: 48, window: 4096),
      maxContext: 65536,
      declaredParameters: 32.23e9, declaredActiveParameters: 32.23e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
  ]
}
