import TraceArchive

extension RecordedServer {
  private static let needed = [
    "max_num_seqs", "max_num_batched_tokens", "max_model_len", "block_size", "num_gpu_blocks",
  ]

  /// The settings that a recording states; nil: not all that a scheduler needs.
  init?(_ run: ServedRun) {
    let numbers = Self.needed.compactMap { run.settings[$0].flatMap { Int($0) } }
    guard numbers.count == Self.needed.count, numbers.allSatisfy({ $0 > 0 }), numbers[4] > 1
    else { return nil }
    self.init(
      name: run.server, maxNumSeqs: numbers[0], maxNumBatchedTokens: max(numbers[0], numbers[1]),
      maxModelLen: numbers[2], blockSize: numbers[3], numGPUBlocks: numbers[4],
      enablePrefixCaching: run.settings["enable_prefix_caching"] != "false")
  }

  /// Why a run has no server to be simulated on.
  static func missing(in run: ServedRun) -> String {
    let missing = needed.filter { run.settings[$0].flatMap { Int($0) } == nil }
    guard !run.settings.isEmpty else {
      return "no settings of a vLLM scheduler for server \(run.server) in servers.yaml"
    }
    return "no \(missing.joined(separator: ", ")) of server \(run.server) in servers.yaml or the "
      + "recording (--set)"
  }
}
