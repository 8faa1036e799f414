extension EngineEra {
  /// Whether an engine schedules a step while the one before it runs, as it comes: vLLM since 0.14,
  /// SGLang since 0.4 and TensorRT-LLM since 1.0 (overlap schedulers). nil: the newest version.
  package static func schedulesAhead(_ engine: String, version: String?) -> Bool {
    name(of: engine, version: version) == name(of: engine, version: nil)
  }
}
