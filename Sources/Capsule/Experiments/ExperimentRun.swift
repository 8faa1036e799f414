import KavierOriginal

/// An experiment of the capsule.
protocol ExperimentRun {
  func section() throws -> Section
}

/// Published times are cut after three decimals.
enum Truncation {
  static func milliseconds(_ seconds: Double) -> Double { Double(Int(seconds * 1000)) / 1000 }
}

extension OriginalSettings {
  /// As the publications ran: 0.1.0 without corrections.
  static func published(_ gpu: String, _ model: String) throws -> OriginalSettings {
    try OriginalSettings(gpu: gpu, model: model, Behaviour(.v0_1_0))
  }

  var times: ServiceTimes { ServiceTimes(gpu, model, hasKVCache: hasKVCache, behaviour) }
}
