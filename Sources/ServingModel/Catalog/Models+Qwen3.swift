extension Models {
  /// Alibaba Qwen3 and later.
  static let qwen3: [ModelArchitecture] = [
    ModelArchitecture(
      id: "qwen3-0.6b", huggingFaceID: "Qwen/Qwen3-0.6B",
      layers: 28, hiddenSize: 1024,
      attention: .grouped(heads: 16, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 3072, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 28),
      maxContext: 40960,
      declaredParameters: 0.596e9, declaredActiveParameters: 0.596e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-0.6B_config.json"),
    ModelArchitecture(
      id: "qwen3-1.7b", huggingFaceID: "Qwen/Qwen3-1.7B",
      layers: 28, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 6144, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 28),
      maxContext: 40960,
      declaredParameters: 1.72e9, declaredActiveParameters: 1.72e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-1.7B_config.json"),
    ModelArchitecture(
      id: "qwen3-4b", huggingFaceID: "Qwen/Qwen3-4B",
      layers: 36, hiddenSize: 2560,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 9728, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 36),
      maxContext: 40960,
      declaredParameters: 4.02e9, declaredActiveParameters: 4.02e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "qwen3-30b-a3b", huggingFaceID: "Qwen/Qwen3-30B-A3B",
      layers: 48, hiddenSize: 2048,
      attention: .grouped(heads: 32, kvHeads: 4, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 8, expertSize: 768, sharedSize: 0, moeLayers: 48, denseSize: 0,
        gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 48),
      maxContext: 40960,
      declaredParameters: 30.5e9, declaredActiveParameters: 3.3e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-30B-A3B_config.json"),
    ModelArchitecture(
      id: "qwen3-8b", huggingFaceID: "Qwen/Qwen3-8B",
      layers: 36, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 12288, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 36),
      maxContext: 40960,
      declaredParameters: 8.19e9, declaredActiveParameters: 8.19e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-8B_config.json"),
    ModelArchitecture(
      id: "qwen3-14b", huggingFaceID: "Qwen/Qwen3-14B",
      layers: 40, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 17408, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 40960,
      declaredParameters: 14.77e9, declaredActiveParameters: 14.77e9,
      source: "config.json as in inference-sim f90a1e3a model_configs"),
    ModelArchitecture(
      id: "qwen3-32b", huggingFaceID: "Qwen/Qwen3-32B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 25600, gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 64),
      maxContext: 40960,
      declaredParameters: 32.76e9, declaredActiveParameters: 32.76e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-32B_config.json"),
    ModelArchitecture(
      id: "qwen3-235b-a22b", huggingFaceID: "Qwen/Qwen3-235B-A22B",
      layers: 94, hiddenSize: 4096,
      attention: .grouped(heads: 64, kvHeads: 4, headSize: 128),
      feedForward: .mixture(
        experts: 128, topK: 8, expertSize: 1536, sharedSize: 0, moeLayers: 94, denseSize: 0,
        gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 94),
      maxContext: 40960,
      declaredParameters: 235.0e9, declaredActiveParameters: 22.0e9,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3-235B-A22B_config.json"),
    ModelArchitecture(
      id: "qwen3-coder-480b-a35b", huggingFaceID: "Qwen/Qwen3-Coder-480B-A35B-Instruct",
      layers: 62, hiddenSize: 6144,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 160, topK: 8, expertSize: 2560, sharedSize: 0, moeLayers: 62, denseSize: 0,
        gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 62),
      maxContext: 262_144,
      declaredParameters: 480.0e9, declaredActiveParameters: 35.0e9,
      source:
        "config.json as in aiconfigurator 0.12.0, "
        + "Qwen--Qwen3-Coder-480B-A35B-Instruct_config.json"),
    ModelArchitecture(
      id: "qwen3-next-80b-a3b", huggingFaceID: "Qwen/Qwen3-Next-80B-A3B-Instruct",
      layers: 48, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 2, headSize: 256), outputGate: true,
      feedForward: .mixture(
        experts: 512, topK: 10, expertSize: 512, sharedSize: 512, moeLayers: 48, denseSize: 0,
        gated: true),
      vocabularySize: 151_936, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 12, linear: 36, linearState: 524_288, stateFormat: .bfloat16,
        convolutionState: 24_576, linearParameters: 33_718_272),
      maxContext: 262_144,
      declaredParameters: 80.0e9, declaredActiveParameters: 3.0e9,
      source:
        "config.json as in alibaba/InferSim f2293da; transformers 5.23.0 configuration "
        + "of the named checkpoint"),
    ModelArchitecture(
      id: "qwen3.6-35b-a3b", huggingFaceID: "Qwen/Qwen3.6-35B-A3B",
      layers: 40, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 2, headSize: 256), outputGate: true,
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 512, sharedSize: 512, moeLayers: 40, denseSize: 0,
        gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 10, linear: 30, linearState: 524_288, convolutionState: 24_576,
        linearParameters: 33_718_272),
      maxContext: 262_144,
      declaredParameters: 35.0e9, declaredActiveParameters: 3.0e9,
      towerParameters: 446e6,
      source: "config.json as in aiconfigurator 0.12.0, nvidia--Qwen3.6-35B-A3B-NVFP4_config.json"),
    ModelArchitecture(
      id: "qwen3.6-27b", huggingFaceID: "Qwen/Qwen3.6-27B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 24, kvHeads: 4, headSize: 256), outputGate: true,
      feedForward: .dense(intermediateSize: 17408, gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 16, linear: 48, linearState: 786_432, convolutionState: 30_720,
        linearParameters: 115_875_840),
      maxContext: 262_144,
      declaredParameters: 27.0e9, declaredActiveParameters: 27.0e9,
      towerParameters: 460e6,
      source: "config.json as in aiconfigurator 0.12.0, nvidia--Qwen3.6-27B-NVFP4_config.json"),
    ModelArchitecture(
      id: "qwen3.5-35b-a3b", huggingFaceID: "Qwen/Qwen3.5-35B-A3B",
      layers: 40, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 2, headSize: 256), outputGate: true,
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 512, sharedSize: 512, moeLayers: 40, denseSize: 0,
        gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 10, linear: 30, linearState: 524_288, convolutionState: 24_576,
        linearParameters: 33_718_272),
      maxContext: 262_144,
      declaredParameters: 35.0e9, declaredActiveParameters: 3.0e9,
      towerParameters: 446e6,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3.5-35B-A3B_config.json"),
    ModelArchitecture(
      id: "qwen3.5-122b-a10b", huggingFaceID: "Qwen/Qwen3.5-122B-A10B",
      layers: 48, hiddenSize: 3072,
      attention: .grouped(heads: 32, kvHeads: 2, headSize: 256), outputGate: true,
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 1024, sharedSize: 1024, moeLayers: 48, denseSize: 0,
        gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 12, linear: 36, linearState: 1_048_576, convolutionState: 36_864,
        linearParameters: 88_522_752),
      maxContext: 262_144,
      declaredParameters: 122.0e9, declaredActiveParameters: 10.0e9,
      towerParameters: 451e6,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3.5-122B-A10B_config.json"),
    ModelArchitecture(
      id: "qwen3.5-397b-a17b", huggingFaceID: "Qwen/Qwen3.5-397B-A17B",
      layers: 60, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 2, headSize: 256), outputGate: true,
      feedForward: .mixture(
        experts: 512, topK: 10, expertSize: 1024, sharedSize: 1024, moeLayers: 60, denseSize: 0,
        gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 15, linear: 45, linearState: 1_048_576, convolutionState: 36_864,
        linearParameters: 118_013_952),
      maxContext: 262_144,
      declaredParameters: 397.0e9, declaredActiveParameters: 17.0e9,
      towerParameters: 456e6,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3.5-397B-A17B_config.json"),
    ModelArchitecture(
      id: "qwen3.5-27b", huggingFaceID: "Qwen/Qwen3.5-27B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 24, kvHeads: 4, headSize: 256), outputGate: true,
      feedForward: .dense(intermediateSize: 17408, gated: true),
      vocabularySize: 248_320, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 16, linear: 48, linearState: 786_432, convolutionState: 30_720,
        linearParameters: 115_875_840),
      maxContext: 262_144,
      declaredParameters: 27.0e9, declaredActiveParameters: 27.0e9,
      towerParameters: 460e6,
      source: "config.json as in aiconfigurator 0.12.0, Qwen--Qwen3.5-27B_config.json"),
  ]
}
