#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import ServingPolicies
import ServingModel

/// `servers.yaml` of an engine log: the settings of each server by vLLM's option names.
enum ServersFile {
  /// The servers it names; none when the directory has no such file.
  static func read(directory: String) throws(ScenarioIssues) -> [RecordedServer] {
    let path = "\(directory)/servers.yaml"
    guard access(path, F_OK) == 0 else { return [] }
    let source = try SourceFile.scenario(path)
    let root = try YAMLReader.read(source.text) { .line(file: path, $0) }
    let issues = IssueList()
    var servers: [RecordedServer] = []
    guard case .mapping(let entries) = root.content else {
      throw ScenarioIssues([
        ScenarioIssue(origin: root.origin, message: "expected a mapping of servers by name")
      ])
    }
    for entry in entries {
      let fields = Fields(entry.value, path: entry.key, issues: issues)
      if let server = RecordedServer(entry.key, fields) { servers.append(server) }
    }
    try issues.throwIfAny()
    return servers
  }
}

extension RecordedServer {
  fileprivate init?(_ name: String, _ fields: Fields) {
    let engine = EngineSection(fields)
    let required = [
      "max_num_seqs", "max_num_batched_tokens", "max_model_len", "block_size", "num_gpu_blocks",
    ]
    for field in required {
      fields.require(field, "the server's setting, as vLLM logs it at start")
    }
    guard let seqs = engine.maxNumSeqs?.value, let tokens = engine.maxNumBatchedTokens?.value,
      let length = engine.maxModelLen?.value, let size = engine.blockSize?.value,
      let blocks = engine.numGPUBlocks?.value
    else { return nil }
    guard tokens >= seqs else {
      fields.problem("max_num_batched_tokens \(tokens) is less than max_num_seqs \(seqs)")
      return nil
    }
    self.init(
      name: name, maxNumSeqs: seqs, maxNumBatchedTokens: tokens, maxModelLen: length,
      blockSize: size, numGPUBlocks: blocks,
      enablePrefixCaching: engine.enablePrefixCaching?.value ?? true,
      schedulingPolicy: engine.schedulingPolicy?.value ?? .firstComeFirstServed)
  }
}
