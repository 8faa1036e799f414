package import ServingModel

/// A measured set-up with every name looked up and every gap filled.
package struct CaseSetUp: Sendable {
  package var model: ModelArchitecture
  package var accelerator: Accelerator
  package var parallelism: Parallelism
  /// Engines side by side, each with its own copy of the model.
  package var replicas: Int
  package var precision: Precision
  package var engine: EngineFamily
  package var engineVersion: String?
  /// Whose settings the server had, as `CalibrationSubject` has it.
  package var harness: String?
  /// Tokens that a decode step yields for each sequence: more than 1 with speculative decoding.
  package var tokensPerStep = 1.0
  package var limits: EngineLimits
  package var enablePrefixCaching: Bool
  /// KV blocks of one rank.
  package var numGPUBlocks: Int
  /// What was inferred or assumed, in phrases.
  package var assumptions: [String]

  /// What its step times depend on.
  package var subject: CalibrationSubject {
    CalibrationSubject(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      engine: engine.name, engineVersion: engineVersion, harness: harness)
  }

  /// Ranks that requests are dealt out to, over all replicas.
  package var ranks: Int { replicas * parallelism.data }

  /// Ranks whose steps are simulated together; 1: one stands for the others.
  package var ranksTogether: Int {
    EngineEra.ranksWaitForEachOther(engine.name) ? parallelism.data : 1
  }

  /// What requests are dealt out to: ranks, or those that step together.
  package var shares: Int { ranks / ranksTogether }

  /// KV blocks that requests can use: the engine keeps one for itself.
  package var usableBlocks: Int { numGPUBlocks - 1 }

  /// Tokens whose KV entries one rank holds.
  package var kvTokens: Int { usableBlocks * limits.blockSize }
}

extension CaseSetUp {
  /// Whether the engine schedules a step while the one before it runs.
  package var asyncScheduling: Bool {
    EngineEra.schedulesAhead(engine.name, version: engineVersion)
  }
}
