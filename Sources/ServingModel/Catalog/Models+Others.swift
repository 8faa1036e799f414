extension Models {
  /// One or two models from one maker.
  static let others: [ModelArchitecture] = [
    ModelArchitecture(
      id: "mimo-7b", huggingFaceID: "XiaomiMiMo/MiMo-7B-Base",
      layers: 36, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 11008, gated: true),
      vocabularySize: 151_680, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 36),
      maxContext: 32768,
      declaredParameters: 7.83e9, declaredActiveParameters: 7.83e9,
      source: "config.json as in aiconfigurator 0.12.0, XiaomiMiMo--MiMo-7B-Base_config.json"),
    ModelArchitecture(
      id: "step-3.7-flash", huggingFaceID: "stepfun-ai/Step-3.7-Flash",
      layers: 45, hiddenSize: 4096,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 288, topK: 8, expertSize: 1280, sharedSize: 1280, moeLayers: 42, denseSize: 11264,
        gated: true),
      vocabularySize: 128_896, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 12, windowed: 33, window: 512),
      maxContext: 65536,
      source: "config.json as in aiconfigurator 0.12.0, stepfun-ai--Step-3.7-Flash_config.json"),
    ModelArchitecture(
      id: "mimo-v2-flash", huggingFaceID: "XiaomiMiMo/MiMo-V2-Flash",
      layers: 48, hiddenSize: 4096,
      attention: .grouped(heads: 64, kvHeads: 4, headSize: 160),
      feedForward: .mixture(
        experts: 256, topK: 8, expertSize: 2048, sharedSize: 0, moeLayers: 47, denseSize: 16384,
        gated: true),
      vocabularySize: 152_576, tiedEmbeddings: false,
      layerKinds: LayerKinds(
        full: 9, windowed: 39, window: 128,
        windowedAttention: .grouped(heads: 64, kvHeads: 8, headSize: 160)),
      maxContext: 262_144,
      declaredParameters: 309.0e9, declaredActiveParameters: 15.0e9,
      source: "config.json as in aiconfigurator 0.12.0, XiaomiMiMo--MiMo-V2-Flash_config.json",
      note: "query-key head size 192 and value head size 128, given as their mean"),
    ModelArchitecture(
      id: "command-r-35b", huggingFaceID: "CohereForAI/c4ai-command-r-v01",
      layers: 40, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 64, headSize: 128),
      feedForward: .dense(intermediateSize: 22528, gated: true),
      vocabularySize: 256_000, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 40),
      maxContext: 131_072,
      declaredParameters: 34.98e9, declaredActiveParameters: 34.98e9,
      source: "transformers 5.23.0 configuration of the named checkpoint"),
    ModelArchitecture(
      id: "command-r-plus-104b", huggingFaceID: "CohereForAI/c4ai-command-r-plus",
      layers: 64, hiddenSize: 12288,
      attention: .grouped(heads: 96, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 33792, gated: true),
      vocabularySize: 256_000, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 64),
      maxContext: 131_072,
      declaredParameters: 103.81e9, declaredActiveParameters: 103.81e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "dbrx", huggingFaceID: "databricks/dbrx-instruct",
      layers: 40, hiddenSize: 6144,
      attention: .grouped(heads: 48, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 16, topK: 4, expertSize: 10752, sharedSize: 0, moeLayers: 40, denseSize: 0,
        gated: true),
      vocabularySize: 100_352, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 40),
      maxContext: 32768,
      declaredParameters: 131.6e9, declaredActiveParameters: 36.5e9,
      source: "GenZ 0.0.16 Model_sets, after config.json"),
    ModelArchitecture(
      id: "yi-34b", huggingFaceID: "01-ai/Yi-34B",
      layers: 60, hiddenSize: 7168,
      attention: .grouped(heads: 56, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 20480, gated: true),
      vocabularySize: 64000, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 60),
      maxContext: 4096,
      declaredParameters: 34.39e9, declaredActiveParameters: 34.39e9,
      source: "config.json as in inference-sim f90a1e3a model_configs"),
    ModelArchitecture(
      id: "internlm2-20b", huggingFaceID: "internlm/internlm2-20b",
      layers: 48, hiddenSize: 6144,
      attention: .grouped(heads: 48, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 16384, gated: true),
      vocabularySize: 92544, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 48),
      maxContext: 32768,
      declaredParameters: 19.86e9, declaredActiveParameters: 19.86e9,
      source: "microsoft/vidur model_config.py"),
    ModelArchitecture(
      id: "smollm3-3b", huggingFaceID: "HuggingFaceTB/SmolLM3-3B",
      layers: 36, hiddenSize: 2048,
      attention: .grouped(heads: 16, kvHeads: 4, headSize: 128),
      feedForward: .dense(intermediateSize: 11008, gated: true),
      vocabularySize: 128_256, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 36),
      maxContext: 65536,
      declaredParameters: 3.08e9, declaredActiveParameters: 3.08e9,
      source: "transformers 5.23.0 configuration of the named checkpoint"),
    ModelArchitecture(
      id: "seed-oss-36b", huggingFaceID: "ByteDance-Seed/Seed-OSS-36B-Instruct",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 80, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 27648, gated: true),
      vocabularySize: 155_136, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 64),
      maxContext: 524_288,
      declaredParameters: 36.15e9, declaredActiveParameters: 36.15e9,
      source:
        "transformers 5.23.0 configuration of the named checkpoint; hidden size from "
        + "config.json"),
    ModelArchitecture(
      id: "exaone-4.0-32b", huggingFaceID: "LGAI-EXAONE/EXAONE-4.0-32B",
      layers: 64, hiddenSize: 5120,
      attention: .grouped(heads: 40, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 27392, gated: true),
      vocabularySize: 102_400, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 16, windowed: 48, window: 4096),
      maxContext: 131_072,
      declaredParameters: 32.0e9, declaredActiveParameters: 32.0e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "hunyuan-a13b", huggingFaceID: "tencent/Hunyuan-A13B-Instruct",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .mixture(
        experts: 64, topK: 8, expertSize: 3072, sharedSize: 3072, moeLayers: 32, denseSize: 0,
        gated: true),
      vocabularySize: 128_167, tiedEmbeddings: true,
      layerKinds: LayerKinds(full: 32),
      maxContext: 262_144,
      declaredParameters: 80.4e9, declaredActiveParameters: 13.0e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "apertus-8b", huggingFaceID: "swiss-ai/Apertus-8B-Instruct-2509",
      layers: 32, hiddenSize: 4096,
      attention: .grouped(heads: 32, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 21504, gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 32),
      maxContext: 65536,
      declaredParameters: 8.05e9, declaredActiveParameters: 8.05e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
    ModelArchitecture(
      id: "apertus-70b", huggingFaceID: "swiss-ai/Apertus-70B-Instruct-2509",
      layers: 80, hiddenSize: 8192,
      attention: .grouped(heads: 64, kvHeads: 8, headSize: 128),
      feedForward: .dense(intermediateSize: 43008, gated: false),
      vocabularySize: 131_072, tiedEmbeddings: false,
      layerKinds: LayerKinds(full: 80),
      maxContext: 65536,
      declaredParameters: 70.6e9, declaredActiveParameters: 70.6e9,
      source:
        "published config.json, not seen as a file; its count is within 0.1 % of the "
        + "declared"),
  ]
}
