extension Models {
  /// Google Gemma.
  static let google: [ModelArchitecture] = [
    ModelArchitecture(
      id: "gemma-2-9b", huggingFaceID: "google/gemma-2-9b",
      layers: 42, hiddenSize: 3584,
      attention: .grouped(heads: 16, kvHeads: 8, headSize: 256),
      feedForward: .dense(intermediateSize: 14336, gated: true),
      vocabularySize: 256_000, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 21, windowed: 21, window: 4096),
      maxContext: 8192,
      declaredParameters: 9.24e9, declaredActiveParameters: 9.24e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "gemma-2-27b", huggingFaceID: "google/gemma-2-27b",
      layers: 46, hiddenSize: 4608,
      attention: .grouped(heads: 32, kvHeads: 16, headSize: 128),
      feedForward: .dense(intermediateSize: 36864, gated: true),
      vocabularySize: 256_000, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 23, windowed: 23, window: 4096),
      maxContext: 8192,
      declaredParameters: 27.23e9, declaredActiveParameters: 27.23e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "gemma-2-2b", huggingFaceID: "google/gemma-2-2b",
      layers: 26, hiddenSize: 2304,
      attention: .grouped(heads: 8, kvHeads: 4, headSize: 256),
      feedForward: .dense(intermediateSize: 9216, gated: true),
      vocabularySize: 256_000, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 13, windowed: 13, window: 4096),
      maxContext: 8192,
      declaredParameters: 2.61e9, declaredActiveParameters: 2.61e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "gemma-3-1b", huggingFaceID: "google/gemma-3-1b-it",
      layers: 26, hiddenSize: 1152,
      attention: .grouped(heads: 4, kvHeads: 1, headSize: 256),
      feedForward: .dense(intermediateSize: 6912, gated: true),
      vocabularySize: 262_144, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 4, windowed: 22, window: 512),
      maxContext: 32768,
      declaredParameters: 1.0e9, declaredActiveParameters: 1.0e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "gemma-3-4b", huggingFaceID: "google/gemma-3-4b-it",
      layers: 34, hiddenSize: 2560,
      attention: .grouped(heads: 8, kvHeads: 4, headSize: 256),
      feedForward: .dense(intermediateSize: 10240, gated: true),
      vocabularySize: 262_208, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 5, windowed: 29, window: 1024),
      maxContext: 131_072,
      declaredParameters: 3.88e9, declaredActiveParameters: 3.88e9,
      towerParameters: 420e6,
      source:
        "config.json (text_config); transformers 5.23.0 configuration of the named "
        + "checkpoint",
      note: "of the vision tower only the weights"),
    ModelArchitecture(
      id: "gemma-3-12b", huggingFaceID: "google/gemma-3-12b-it",
      layers: 48, hiddenSize: 3840,
      attention: .grouped(heads: 16, kvHeads: 8, headSize: 256),
      feedForward: .dense(intermediateSize: 15360, gated: true),
      vocabularySize: 262_208, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 8, windowed: 40, window: 1024),
      maxContext: 131_072,
      declaredParameters: 11.77e9, declaredActiveParameters: 11.77e9,
      towerParameters: 420e6,
      source:
        "config.json (text_config); transformers 5.23.0 configuration of the named "
        + "checkpoint",
      note: "of the vision tower only the weights"),
    ModelArchitecture(
      id: "gemma-3-27b", huggingFaceID: "google/gemma-3-27b-it",
      layers: 62, hiddenSize: 5376,
      attention: .grouped(heads: 32, kvHeads: 16, headSize: 128),
      feedForward: .dense(intermediateSize: 21504, gated: true),
      vocabularySize: 262_208, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 10, windowed: 52, window: 1024),
      maxContext: 131_072,
      declaredParameters: 27.01e9, declaredActiveParameters: 27.01e9,
      towerParameters: 420e6,
      source: "GenZ 0.0.16 Model_sets, after config.json",
      note: "of the vision tower only the weights"),
    ModelArchitecture(
      id: "gemma-4-26b-a4b", huggingFaceID: "google/gemma-4-26B-A4B",
      layers: 30, hiddenSize: 2816,
      attention: .grouped(heads: 16, kvHeads: 2, headSize: 512),
      feedForward: .mixture(
        experts: 128, topK: 8, expertSize: 704, sharedSize: 2112, moeLayers: 30, denseSize: 0,
        gated: true),
      vocabularySize: 262_144, tiedEmbeddings: true,
      layerKinds: LayerKinds(
        full: 5, windowed: 25, window: 1024,
        windowedAttention: .grouped(heads: 16, kvHeads: 8, headSize: 256)),
      maxContext: 262_144,
      declaredParameters: 26.0e9, declaredActiveParameters: 4.0e9,
      source: "config.json as in aiconfigurator 0.12.0, google--gemma-4-26B-A4B_config.json",
      note:
        "a dense MLP beside the mixture in every layer counts as shared; global layers "
        + "reuse keys as values, which halves neither cache nor weights here"),
    ModelArchitecture(
      id: "gemma-4-31b", huggingFaceID: "google/gemma-4-31B-it",
      layers: 60, hiddenSize: 5376,
      attention: .grouped(heads: 32, kvHeads: 4, headSize: 512),
      feedForward: .dense(intermediateSize: 21504, gated: true),
      vocabularySize: 262_144, tiedEmbeddings: true,
      layerKinds: LayerKinds(
        full: 10, windowed: 50, window: 1024,
        windowedAttention: .grouped(heads: 32, kvHeads: 16, headSize: 256)),
      maxContext: 262_144,
      declaredParameters: 31.0e9, declaredActiveParameters: 31.0e9,
      source: "config.json as in aiconfigurator 0.12.0, nvidia--Gemma-4-31B-IT-NVFP4_config.json",
      note: "global layers reuse keys as values, which halves neither cache nor weights here"),
  ]

  /// OpenAI gpt-oss.
  static let openAI: [ModelArchitecture] = [
    ModelArchitecture(
      id: "gpt-oss-20b", huggingFaceID: "openai/gpt-oss-20b",
      layers: 24, hiddenSize: 2880,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 64),
      feedForward: .mixture(
        experts: 32, topK: 4, expertSize: 2880, sharedSize: 0, moeLayers: 24, denseSize: 0,
        gated: true),
      vocabularySize: 201_088, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 12, windowed: 12, window: 128),
      maxContext: 131_072, nativeFormat: .float4,
      declaredParameters: 20.9e9, declaredActiveParameters: 3.6e9,
      source: "config.json as in aiconfigurator 0.12.0, openai--gpt-oss-20b_config.json",
      note: "MXFP4 routed experts"),
    ModelArchitecture(
      id: "gpt-oss-120b", huggingFaceID: "openai/gpt-oss-120b",
      layers: 36, hiddenSize: 2880,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 64),
      feedForward: .mixture(
        experts: 128, topK: 4, expertSize: 2880, sharedSize: 0, moeLayers: 36, denseSize: 0,
        gated: true),
      vocabularySize: 201_088, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 18, windowed: 18, window: 128),
      maxContext: 131_072, nativeFormat: .float4,
      declaredParameters: 116.8e9, declaredActiveParameters: 5.1e9,
      source: "config.json as in aiconfigurator 0.12.0, openai--gpt-oss-120b_config.json",
      note: "MXFP4 routed experts"),
  ]
}
