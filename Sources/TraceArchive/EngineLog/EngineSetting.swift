import TextAndBytes

/// A setting of a server by vLLM's option name, as a recording keeps it.
package enum EngineSetting: String, CaseIterable, Sendable {
  case maxNumSeqs = "max_num_seqs"
  case maxNumBatchedTokens = "max_num_batched_tokens"
  case maxModelLen = "max_model_len"
  case blockSize = "block_size"
  case numGPUBlocks = "num_gpu_blocks"
  case enablePrefixCaching = "enable_prefix_caching"
  case gpuMemoryUtilization = "gpu_memory_utilization"
  case tensorParallelSize = "tensor_parallel_size"

  /// Those without which a scheduler cannot be simulated.
  package static let needed: [EngineSetting] = [
    .maxNumSeqs, .maxNumBatchedTokens, .maxModelLen, .blockSize, .numGPUBlocks,
  ]

  /// The whole numbers that it may be; nil: it is none.
  private var range: ClosedRange<Int>? {
    switch self {
    case .maxNumSeqs: 1...1_000_000
    case .maxNumBatchedTokens: 1...10_000_000
    case .maxModelLen: 1...Int(Int32.max)
    case .blockSize: 1...4096
    // One block is the engine's own.
    case .numGPUBlocks: 2...1_000_000_000
    case .tensorParallelSize: 1...1024
    case .enablePrefixCaching, .gpuMemoryUtilization: nil
    }
  }

  /// The number that `text` states; nil: none that is allowed.
  package func number(_ text: String) -> Int? {
    guard let range, let value = Int(text), range.contains(value) else { return nil }
    return value
  }

  /// What is wrong with a value; nil: nothing.
  package func fault(of text: String) -> String? {
    let isGood =
      switch self {
      case .enablePrefixCaching: text == "true" || text == "false"
      case .gpuMemoryUtilization: Double(text).map { $0 > 0 && $0 <= 1 } ?? false
      default: number(text) != nil
      }
    return isGood ? nil : "found \(excerpt(text)); allowed are \(allowed)"
  }

  private var allowed: String {
    if let range { return "whole numbers from \(range.lowerBound) to \(range.upperBound)" }
    return self == .enablePrefixCaching ? "true and false" : "shares above 0, up to 1"
  }

  /// What is wrong with `name=value`; nil: nothing.
  package static func fault(inAssignment text: String) -> String? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2 else { return "expected a setting such as max_num_seqs=64" }
    let names = allCases.map(\.rawValue)
    guard let setting = EngineSetting(rawValue: parts[0]) else {
      return "found \(excerpt(parts[0])); allowed are \(names.joined(separator: ", "))"
        + Spelling.hint(for: parts[0], of: names)
    }
    return setting.fault(of: parts[1])
  }
}
