extension EngineEra {
  /// Whether an engine schedules a step while the one before it runs, as it comes: vLLM since 0.14,
  /// SGLang since 0.4 and TensorRT-LLM since 1.0 (overlap schedulers). nil: the newest version.
  package static func schedulesAhead(_ engine: String, version: String?) -> Bool {
    name(of: engine, version: version) == name(of: engine, version: nil)
  }

  /// Whether a data parallel rank of a model with experts takes requests whatever the others do, so that
  /// all wait for the one with the longest step. TensorRT-LLM can have its ranks compute prompts in
  /// the same steps (`AttentionDpConfig.enable_balance`, off unless it is stated: LLM API reference of
  /// 1.4.0rc4). Whether measured ones did is not known; taking each to carry the same load comes nearer
  /// to them (VALIDATION.md).
  package static func ranksWaitForEachOther(_ engine: String) -> Bool { engine != "tensorrt-llm" }
}
