import Foundation
import ServingPolicies
import ServingModel
package import ServingSim
import SimKernel

/// A plan as files that `kavier simulate` runs: a scenario and the trace that it names.
package struct PrintedScenario {
  package private(set) var scenario: String
  /// The rows of `trace/requests.jsonl`.
  package private(set) var requests: [String]

  /// Of a plan that a scenario can say, see `Plan.sayable`.
  package init(_ plan: Plan) {
    let workload = plan.workload
    requests = (0..<workload.count).map { Self.row($0, workload) }
    var lines = [
      "name: \(plan.name)", "seed: \(plan.seed)", "workload:",
      "  trace: {path: trace, concurrency: \(workload.closedLoop?.concurrency ?? 1)}",
    ]
    if let retry = plan.retry { lines += Self.fields(of: retry) }
    lines += ["router: \(Self.router(plan))", "fleet:"]
    for replica in plan.replicas { lines += Self.group(replica) }
    if !plan.failures.isEmpty {
      lines.append("failures:")
      lines += plan.failures.map { "  - {\(Self.fields(of: $0))}" }
    }
    if !plan.admission.isEmpty {
      lines.append("admission: [\(plan.admission.map(Self.gate).joined(separator: ", "))]")
    }
    scenario = lines.joined(separator: "\n") + "\n"
  }

  /// Every replica is a group of its own.
  private static func fields(of rule: FailureRule) -> String {
    var fields: [String] = []
    switch rule.time {
    case .at(let time): fields.append("at: \(time.picoseconds) ps")
    case .every(let seconds): fields.append("mtbf: \(seconds) s")
    }
    switch rule.target {
    case .all, .group: break
    case .replica(_, let place): fields.append("group: group \(place), replica: 0")
    case .zone(let zone): fields.append("zone: \(zone)")
    }
    switch rule.failure.kind {
    case .crash: fields.append("kind: crash")
    case .reclaim(let notice):
      fields.append("kind: reclaim, notice: \(notice.picoseconds) ps")
    case .slow(let factor): fields.append("kind: slow, factor: \(factor)")
    case .partition(let detection):
      fields.append("kind: partition, detection: \(detection.picoseconds) ps")
    }
    switch rule.failure.repair {
    case .after(let time): fields.append("repair: \(time.picoseconds) ps")
    case .mean(let time): fields.append("mttr: \(time.picoseconds) ps")
    case .never: break
    }
    return fields.joined(separator: ", ")
  }

  /// Of `workload`.
  private static func fields(of retry: RetryPolicy) -> [String] {
    let reasons = retry.reasons.map(\.rawValue).sorted().joined(separator: ", ")
    var lines = [
      "  retry:", "    max_attempts: \(retry.maxAttempts)", "    on: [\(reasons)]",
      "    initial_backoff: \(retry.initialBackoff.picoseconds) ps",
      "    max_backoff: \(retry.maxBackoff.picoseconds) ps",
      "    backoff_multiplier: \(retry.multiplier)", "    jitter: \(retry.jitter)",
    ]
    if let throttling = retry.throttling {
      lines.append(
        "    throttling: {max_tokens: \(throttling.maxTokens), token_ratio: "
          + "\(Double(throttling.ratio) / 1000)}")
    }
    return lines
  }

  private static func gate(_ gate: any Gate) -> String {
    switch gate {
    case let gate as QueueLimitGate:
      "{policy: queue_limit, max_waiting: \(gate.limit)\(told(gate.retryAfter))}"
    case let gate as TokenBucketGate:
      "{policy: token_bucket, rate: \(gate.rate) /s, burst: \(Int(gate.burst)), "
        + "unit: \(gate.unit.rawValue), per: \(gate.scope.rawValue)\(told(gate.retryAfter))}"
    case let gate as SaturationGate:
      "{policy: saturation, queue_depth_threshold: \(gate.queueDepthThreshold), "
        + "kv_cache_util_threshold: \(gate.kvCacheUtilThreshold), "
        + "priority_below: \(gate.priorityBelow)\(told(gate.retryAfter))}"
    case let gate as DeadlineSheddingGate:
      "{policy: deadline_shedding, output_tokens: \(gate.outputTokens)}"
    default: "{policy: \(gate)}"
    }
  }

  private static func told(_ retryAfter: SimDuration?) -> String {
    retryAfter.map { ", retry_after: \($0.picoseconds) ps" } ?? ""
  }

  private static func router(_ plan: Plan) -> String {
    let settings = plan.routerSettings
    var fields = ["policy: \(plan.router.rawValue)"]
    if plan.migrationLimit > 0 { fields.append("migration_limit: \(plan.migrationLimit)") }
    if let interval = settings.refreshInterval {
      fields.append("refresh_interval: \(interval.picoseconds) ps")
    }
    for option in RouterOption.allCases where plan.router.options.contains(option) {
      fields.append("\(option.rawValue): \(value(of: option, settings))")
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  private static func value(of option: RouterOption, _ settings: RouterSettings) -> String {
    switch option {
    case .loadFactor: "\(settings.loadFactor)"
    case .cacheThreshold: "\(settings.cacheThreshold)"
    case .balanceAbsThreshold: "\(settings.balanceAbsThreshold)"
    case .balanceRelThreshold: "\(settings.balanceRelThreshold)"
    case .evictionInterval: "\(settings.evictionInterval.picoseconds) ps"
    case .maxTreeSize: "\(settings.maxTreeSize)"
    case .overlapScoreWeight: "\(settings.overlapScoreWeight)"
    case .routerTemperature: "\(settings.routerTemperature)"
    case .scorers:
      "["
        + settings.scorers.map { "{type: \($0.scorer.rawValue), weight: \($0.weight)}" }
        .joined(separator: ", ") + "]"
    case .picker: settings.picker.rawValue
    }
  }

  private static func group(_ replica: ReplicaPlan) -> [String] {
    let policy = BatchPolicyName(of: replica.scheduler) ?? .firstComeFirstServed
    let time = (replica.stepTime as? LinearStepTime)?.coefficients ?? LinearStepTime.Coefficients()
    func ps(_ duration: SimDuration) -> String { "\(duration.picoseconds) ps" }
    var lines = [
      "  - engine:", "      max_num_seqs: \(replica.maxNumSeqs)",
      "      max_num_batched_tokens: \(replica.maxNumBatchedTokens)",
      "      max_model_len: \(replica.maxModelLength)", "      block_size: \(replica.blockSize)",
      // One block is vLLM's own.
      "      num_gpu_blocks: \(replica.usableBlocks + 1)",
      "      enable_prefix_caching: \(replica.enablePrefixCaching)",
      "      enable_chunked_prefill: \(replica.enableChunkedPrefill)",
      "      long_prefill_token_threshold: \(replica.longPrefillTokenThreshold ?? 0)",
      "      async_scheduling: \(replica.asyncScheduling)",
      "      eviction_policy: \(replica.eviction == nil ? "lru" : "lfu")",
      "      watermark: \(replica.watermark)",
      "      scheduling_policy: \(policy.rawValue)",
      "      frontend_latency: \(ps(replica.frontendLatency))", "    weight: \(replica.weight)",
      "    step_time:",
      "      model: linear", "      base: \(ps(time.base))",
      "      per_decode_sequence: \(ps(time.perDecodeSequence))",
      "      per_decode_context: \(ps(time.perDecodeContext))",
      "      per_prefill_token: \(ps(time.perPrefillToken))",
      "      per_prefill_pair: \(ps(time.perPrefillPair))",
    ]
    if let weights = replica.scheduler.service {
      lines.insert(
        contentsOf: [
          "      input_token_weight: \(weights.input)",
          "      output_token_weight: \(weights.output)",
        ], at: 1)
    }
    if let most = replica.maxQueuedRequests {
      lines.insert("      max_queued_requests: \(most)", at: 1)
    }
    if let zone = replica.zone { lines.append("    zone: \(zone)") }
    if let down = replica.powerDown {
      lines.append(
        "    power_down: {after: \(ps(down.after)), wake: \(ps(down.wake)), minimum: 0}")
    }
    return lines
  }

  private static func row(_ number: Int, _ workload: Workload) -> String {
    var fields = [
      "\"request_id\": \(number)", "\"input_tokens\": \(workload.promptTokens[number])",
      "\"output_tokens\": \(workload.outputTokens[number])",
    ]
    if let limit = workload.traits.value(.maxTokens, of: number) {
      fields.append("\"max_output_tokens\": \(limit)")
    }
    for label in [RequestLabel.tenant, .serviceClass] {
      guard let word = workload.traits[label]?[number] else { continue }
      fields.append("\"\(label.traceColumn)\": \"\(word)\"")
    }
    if workload.arrivals[number] != .never {
      fields.append("\"arrival_us\": \(workload.arrivals[number].picoseconds / 1_000_000)")
    }
    if let priority = workload.priorities?[number] { fields.append("\"priority\": \(-priority)") }
    if let session = workload.sessions?[number], session >= 0 {
      fields.append("\"session_id\": \"\(session)\"")
    }
    if let dependencies = workload.dependencies {
      let others = (0..<number).filter { other in
        let range = dependencies.firstDependent[other]..<dependencies.firstDependent[other + 1]
        return dependencies.dependents[Int(range.lowerBound)..<Int(range.upperBound)]
          .contains(Int32(number))
      }
      let think = dependencies.thinkTimes[number].picoseconds / 1_000_000
      fields.append("\"depends_on\": \(others), \"think_us\": \(think)")
    }
    if let content = workload.content, content.chainOfRequest[number] >= 0 {
      let ids = content.tokenIDs(of: number, count: Int(workload.promptTokens[number]))
      fields.append("\"prefix_ids\": \(ids)")
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  /// Writes the files into `folder` and returns the scenario's path.
  package func write(to folder: String) throws -> String {
    let header = """
      {"format_version": 1, "name": "random", "hashing": {"kind": "prefix_chain", "scope": \
      "global", "partial_block": "included", "block_size": 1}}
      """
    try FileManager.default.createDirectory(
      atPath: folder + "/trace", withIntermediateDirectories: true)
    for (name, text) in [
      ("scenario.yaml", scenario), ("trace/trace.json", header),
      ("trace/requests.jsonl", requests.joined(separator: "\n") + "\n"),
    ] { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
    return folder + "/scenario.yaml"
  }
}

extension ContentTable {
  /// A number for each token of a request's prompt that is the same wherever the text up to there
  /// is.
  fileprivate func tokenIDs(of request: Int, count: Int) -> [Int] {
    (0..<count).map { token in
      var at = Int(chainOfRequest[request])
      while parents[at] >= 0, token < Int(offsets[at]) { at = Int(parents[at]) }
      return at * 1_000_000 + token
    }
  }
}

extension Plan {
  /// The plan with what no scenario can say replaced by what is nearest to it: step times are
  /// linear, arrivals whole microseconds from 0 on, answers part of no other prompt, no request is
  /// held or given up, no replica joins, and clients of a closed loop do not think; turns without arrivals wait for one another.
  package var sayable: Plan {
    var plan = self
    plan.shift = nil
    plan.workload.deadlines = nil
    plan.workload.patience = nil
    plan.scaling = []
    plan.routerSettings.refreshInterval = plan.routerSettings.refreshInterval.map {
      max($0, .millisecond)
    }
    plan.routerSettings.evictionInterval = max(plan.routerSettings.evictionInterval, .millisecond)
    plan.workload.closedLoop?.thinkTime = .zero
    if plan.workload.content?.parents.isEmpty == true { plan.workload.content = nil }
    if let content = plan.workload.content {
      plan.workload.content = ContentTable(
        chainOfRequest: content.chainOfRequest, answersExtend: false, parents: content.parents,
        offsets: content.offsets)
    }
    if plan.workload.closedLoop != nil, plan.workload.dependencies == nil {
      plan.workload.sessions = nil
    }
    let first = plan.workload.arrivals.min() ?? .start
    plan.workload.arrivals = plan.workload.arrivals.map {
      $0 == .never
        ? $0 : SimTime(picoseconds: ($0.picoseconds - first.picoseconds) / 1_000_000 * 1_000_000)
    }
    for i in plan.failures.indices {
      guard case .every(let seconds) = plan.failures[i].time else { continue }
      plan.failures[i].time = .every(seconds: max(seconds, 0.001))
    }
    // Hashes follow the numbers of texts, which a trace numbers anew.
    if plan.router == .consistentHashing { plan.router = .roundRobin }
    // A client that sends nothing again has nothing to say.
    if plan.retry?.maxAttempts == 1 { plan.retry = nil }
    for i in plan.replicas.indices {
      plan.replicas[i].meter = nil
      guard let time = plan.replicas[i].stepTime as? TestStepTime else { continue }
      plan.replicas[i].stepTime = time.linear
    }
    return plan
  }
}

extension TestStepTime {
  fileprivate var linear: LinearStepTime {
    var costs = LinearStepTime.Coefficients()
    costs.base = SimDuration(picoseconds: base)
    costs.perDecodeSequence = SimDuration(picoseconds: perDecode)
    costs.perDecodeContext = SimDuration(picoseconds: perContext)
    costs.perPrefillToken = SimDuration(picoseconds: perPrefillToken)
    costs.perPrefillPair = SimDuration(picoseconds: perPair)
    return LinearStepTime(costs)
  }
}
