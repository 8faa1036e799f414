extension Models {
  /// Meta Llama.
  static let metaLlama: [ModelArchitecture] = [
    ModelArchitecture(
      id: "llama-2-7b", huggingFaceID: "meta-llama/Llama-2-7b-hf",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 32, headSize: 128),
      feedForward: .dense(intermediateSize: 11008, gated: true),
      vocabularySize: 32000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 4096,
      declaredParameters: 6.74e9, declaredActiveParameters: 6.74e9,
      source:
        "microsoft/vidur model_config.py; config.json as in mlc-ai/mlc-llm 79d603f0 "
        + "model_preset.py"),
    ModelArchitecture(
      id: "llama-2-13b", huggingFaceID: "meta-llama/Llama-2-13b-hf",
      layers: 40, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 40, headSize: 128),
      feedForward: .dense(intermediateSize: 13824, gated: true),
      vocabularySize: 32000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 4096,
      declaredParameters: 13.02e9, declaredActiveParameters: 13.02e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "llama-2-70b", huggingFaceID: "meta-llama/Llama-2-70b-hf",
      layers: 80, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 28672, gated: true),
      vocabularySize: 32000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 80),
      maxContext: 4096,
      declaredParameters: 68.98e9, declaredActiveParameters: 68.98e9,
      source:
        "microsoft/vidur model_config.py; config.json as in mlc-ai/mlc-llm 79d603f0 "
        + "model_preset.py"),
    ModelArchitecture(
      id: "codellama-34b", huggingFaceID: "codellama/CodeLlama-34b-Instruct-hf",
      layers: 48, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 22016, gated: true),
      vocabularySize: 32000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 48),
      maxContext: 16384,
      declaredParameters: 33.74e9, declaredActiveParameters: 33.74e9,
      source:
        "config.json as in inference-sim f90a1e3a model_configs; microsoft/vidur "
        + "model_config.py"),
    ModelArchitecture(
      id: "llama-3-8b", huggingFaceID: "meta-llama/Meta-Llama-3-8B",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 14336, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 8192,
      declaredParameters: 8.03e9, declaredActiveParameters: 8.03e9,
      source: "microsoft/vidur model_config.py"),
    ModelArchitecture(
      id: "llama-3-70b", huggingFaceID: "meta-llama/Meta-Llama-3-70B",
      layers: 80, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 28672, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 80),
      maxContext: 8192,
      declaredParameters: 70.55e9, declaredActiveParameters: 70.55e9,
      source: "microsoft/vidur model_config.py"),
    ModelArchitecture(
      id: "llama-3.1-8b", huggingFaceID: "meta-llama/Meta-Llama-3.1-8B",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 14336, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 131_072,
      declaredParameters: 8.03e9, declaredActiveParameters: 8.03e9,
      source: "config.json as in aiconfigurator 0.12.0, meta-llama--Meta-Llama-3.1-8B_config.json"),
    ModelArchitecture(
      id: "llama-3.1-70b", huggingFaceID: "meta-llama/Meta-Llama-3.1-70B",
      layers: 80, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 28672, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 80),
      maxContext: 131_072,
      declaredParameters: 70.55e9, declaredActiveParameters: 70.55e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "meta-llama--Meta-Llama-3.1-70B_config.json"),
    ModelArchitecture(
      id: "llama-3.1-405b", huggingFaceID: "meta-llama/Meta-Llama-3.1-405B",
      layers: 126, hiddenSize: 16384,
      attention: .grouped(heads: 128, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 53248, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 126),
      maxContext: 131_072,
      declaredParameters: 405.85e9, declaredActiveParameters: 405.85e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "meta-llama--Meta-Llama-3.1-405B_config.json"),
    ModelArchitecture(
      id: "llama-3.2-1b", huggingFaceID: "meta-llama/Llama-3.2-1B",
      layers: 16, hiddenSize: 2048,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 64),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 16),
      maxContext: 131_072,
      declaredParameters: 1.24e9, declaredActiveParameters: 1.24e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "llama-3.2-3b", huggingFaceID: "meta-llama/Llama-3.2-3B",
      layers: 28, hiddenSize: 3072,
      attention: .grouped(heads: 24, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 8192, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 28),
      maxContext: 131_072,
      declaredParameters: 3.21e9, declaredActiveParameters: 3.21e9,
      source: "config.json as in mlc-ai/mlc-llm 79d603f0 model_preset.py"),
    ModelArchitecture(
      id: "llama-3.3-70b", huggingFaceID: "meta-llama/Llama-3.3-70B-Instruct",
      layers: 80, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 28672, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 80),
      maxContext: 131_072,
      declaredParameters: 70.55e9, declaredActiveParameters: 70.55e9,
      source:
        "same architecture as llama-3.1-70b; published config.json, not seen as a file; "
        + "its count is within 0.1 % of the declared"),
    ModelArchitecture(
      id: "llama-4-scout", huggingFaceID: "meta-llama/Llama-4-Scout-17B-16E-Instruct",
      layers: 48, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 16, topK: 1, expertSize: 8192, sharedSize: 8192, moeLayers: 48, denseSize: 16384,
        gated: true),
      vocabularySize: 202_048, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 12, windowed: 36, window: 8192),
      maxContext: 10_485_760,
      declaredParameters: 109.0e9, declaredActiveParameters: 17.0e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "meta-llama--Llama-4-Scout-17B-16E-Instruct_config.json",
      note:
        "attention in chunks of 8192 tokens on 36 layers, modelled as a window; without "
        + "the vision tower"),
    ModelArchitecture(
      id: "llama-4-maverick", huggingFaceID: "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
      layers: 48, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 1, expertSize: 8192, sharedSize: 8192, moeLayers: 24, denseSize: 16384,
        gated: true),
      vocabularySize: 202_048, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 12, windowed: 36, window: 8192),
      maxContext: 1_048_576,
      declaredParameters: 400.0e9, declaredActiveParameters: 17.0e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "meta-llama--Llama-4-Maverick-17B-128E-Instruct_config.json",
      note:
        "attention in chunks of 8192 tokens on 36 layers, modelled as a window; without "
        + "the vision tower"),
  ]
}
