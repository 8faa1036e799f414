package import TraceArchive

extension RecordedServer {
  /// The settings that a recording states; nil: not all that a scheduler needs, or some that cannot
  /// be.
  init?(_ run: ServedRun) {
    guard Self.faults(in: run).isEmpty else { return nil }
    func number(_ setting: EngineSetting) -> Int {
      run.settings[setting.rawValue].flatMap(setting.number) ?? 1
    }
    self.init(
      name: run.server, maxNumSeqs: number(.maxNumSeqs),
      maxNumBatchedTokens: number(.maxNumBatchedTokens), maxModelLen: number(.maxModelLen),
      blockSize: number(.blockSize), numGPUBlocks: number(.numGPUBlocks),
      enablePrefixCaching: run.settings[EngineSetting.enablePrefixCaching.rawValue] != "false")
  }

  /// Why a run has no server to be simulated on.
  static func missing(in run: ServedRun) -> String {
    guard !run.settings.isEmpty else {
      return "no settings of a vLLM scheduler for server \(run.server) in servers.yaml"
    }
    return faults(in: run).joined(separator: "; ")
  }

  private static func faults(in run: ServedRun) -> [String] {
    let missing = EngineSetting.needed.map(\.rawValue).filter { run.settings[$0] == nil }
    var faults: [String] = []
    if !missing.isEmpty {
      faults.append(
        "no \(missing.joined(separator: ", ")) of server \(run.server) in servers.yaml or the "
          + "recording (--set)")
    }
    for setting in EngineSetting.allCases {
      guard let text = run.settings[setting.rawValue], let fault = setting.fault(of: text)
      else { continue }
      faults.append("\(setting.rawValue) of server \(run.server): \(fault)")
    }
    let seqs = run.settings[EngineSetting.maxNumSeqs.rawValue].flatMap { Int($0) }
    let tokens = run.settings[EngineSetting.maxNumBatchedTokens.rawValue].flatMap { Int($0) }
    if let seqs, let tokens, tokens < seqs {
      faults.append("max_num_batched_tokens \(tokens) is less than max_num_seqs \(seqs)")
    }
    return faults
  }

  /// Its settings as a scenario's `engine` states them.
  package var engineLines: [(name: String, value: String)] {
    [
      ("max_num_seqs", "\(maxNumSeqs)"), ("max_num_batched_tokens", "\(maxNumBatchedTokens)"),
      ("max_model_len", "\(min(maxModelLen, (numGPUBlocks - 1) * blockSize))"),
      ("block_size", "\(blockSize)"), ("num_gpu_blocks", "\(numGPUBlocks)"),
      ("enable_prefix_caching", "\(enablePrefixCaching)"),
    ]
  }

  /// The servers of `runs` in the directory `path`, and what is wrong with those that are left out.
  package static func settings(
    of runs: [ServedRun], in path: String
  ) throws(ScenarioIssues) -> (servers: [RecordedServer], faults: [String]) {
    let stated = try all(in: path)
    var servers: [RecordedServer] = []
    var faults: [String] = []
    for run in runs {
      let server = stated.first { $0.name == run.server } ?? RecordedServer(run)
      guard let server else {
        faults.append("\(run.name): \(missing(in: run))")
        continue
      }
      guard let other = servers.first(where: { $0.name == server.name }) else {
        servers.append(server)
        continue
      }
      if other != server {
        faults.append(
          "recordings of server \(server.name) differ in their settings; --server tells servers "
            + "apart: \(run.name)")
        servers.removeAll { $0.name == server.name }
      }
    }
    return (servers, faults.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }
}
