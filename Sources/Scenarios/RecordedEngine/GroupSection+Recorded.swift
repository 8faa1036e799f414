import SimKernel
import TextAndBytes

extension GroupSection {
  /// With what the calibration of a recorded engine says, where `step_time` names one. What the
  /// scenario states goes before it. nil, with a problem, where there is no such server.
  func withRecordedServer(_ source: SourceFile, _ issues: IssueList) -> GroupSection? {
    guard case .linear(var section) = stepTime, let file = section.file else { return self }
    guard let place = source.readable(file, issues: issues),
      let server = Self.server(section, file, place, issues)
    else { return nil }
    section.fill(from: server.stepTime)
    var group = self
    group.stepTime = .linear(section)
    let path = "\(path).engine"
    if let settings = server.engine { group.engine.fill(from: settings, path: path) }
    group.engine.frontendLatency =
      group.engine.frontendLatency ?? server.frontendLatency?.moved(to: "\(path).frontend_latency")
    return group
  }

  private static func server(
    _ section: LinearSection, _ file: Stated<String>, _ place: String, _ issues: IssueList
  ) -> LinearCalibrationFile.Entry? {
    let servers: [LinearCalibrationFile.Entry]
    do throws(ScenarioIssues) {
      servers = try LinearCalibrationFile.entries(place).entries
    } catch {
      for issue in error.issues { issues.add(issue) }
      return nil
    }
    let names = servers.map(\.name)
    guard let wanted = section.server else {
      if servers.count == 1 { return servers[0] }
      issues.add(
        file.origin, "\(section.path).server",
        "missing; \(file.value) has \(names.joined(separator: ", "))")
      return nil
    }
    let server = servers.first { $0.name == wanted.value }
    if server == nil {
      issues.add(
        wanted.origin, wanted.path,
        "found \"\(wanted.value)\"; \(file.value) has \(names.joined(separator: ", "))"
          + Spelling.hint(for: wanted.value, of: names))
    }
    return server
  }
}

extension Stated {
  /// The same value of another field.
  fileprivate func moved(to path: String) -> Stated {
    var stated = self
    stated.path = path
    return stated
  }
}

extension LinearSection {
  fileprivate mutating func fill(from other: LinearSection) {
    func filled(
      _ own: Stated<SimDuration>?, _ theirs: Stated<SimDuration>?, _ name: String
    ) -> Stated<SimDuration>? { own ?? theirs?.moved(to: "\(path).\(name)") }
    base = filled(base, other.base, "base")
    host = filled(host, other.host, "host")
    perDecodeSequence = filled(
      perDecodeSequence, other.perDecodeSequence, "per_decode_sequence")
    perDecodeContext = filled(perDecodeContext, other.perDecodeContext, "per_decode_context")
    perPrefillToken = filled(perPrefillToken, other.perPrefillToken, "per_prefill_token")
    perPrefillSequence = filled(
      perPrefillSequence, other.perPrefillSequence, "per_prefill_sequence")
    perPrefillPair = filled(perPrefillPair, other.perPrefillPair, "per_prefill_pair")
  }

  /// Says each coefficient, as a scenario without the file would.
  func tell(_ lines: inout PlanLines) {
    lines.add("\(path).model", StepTimeName.linear.rawValue, file?.origin.planText ?? "")
    for stated in [
      base, host, perDecodeSequence, perDecodeContext, perPrefillToken, perPrefillSequence,
      perPrefillPair,
    ] {
      lines.stated(stated)
    }
  }
}

extension EngineSection {
  fileprivate mutating func fill(from other: EngineSection, path: String) {
    func filled<Value>(
      _ own: Stated<Value>?, _ theirs: Stated<Value>?, _ name: String
    ) -> Stated<Value>? { own ?? theirs?.moved(to: "\(path).\(name)") }
    maxNumSeqs = filled(maxNumSeqs, other.maxNumSeqs, "max_num_seqs")
    maxNumBatchedTokens = filled(
      maxNumBatchedTokens, other.maxNumBatchedTokens, "max_num_batched_tokens")
    maxModelLen = filled(maxModelLen, other.maxModelLen, "max_model_len")
    blockSize = filled(blockSize, other.blockSize, "block_size")
    numGPUBlocks = filled(numGPUBlocks, other.numGPUBlocks, "num_gpu_blocks")
    enablePrefixCaching = filled(
      enablePrefixCaching, other.enablePrefixCaching, "enable_prefix_caching")
    schedulingPolicy = filled(schedulingPolicy, other.schedulingPolicy, "scheduling_policy")
  }
}
