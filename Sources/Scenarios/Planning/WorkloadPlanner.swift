import ServingSim
import SimKernel

/// `workload` -> `Workload`.
struct WorkloadPlanner {
  let issues: IssueList
  let source: SourceFile

  /// Draws the requests of a synthetic workload; nil, with problems, when it cannot be drawn.
  func synthetic(
    _ section: SyntheticSection, seed: UInt64, lines: inout PlanLines, derived: inout PlanLines
  ) -> Workload? {
    lines.stated(section.requests)
    lines.stated(section.duration)
    let load = load(section, lines: &lines)
    let prompt = section.promptTokens.flatMap { lengths($0, .prompt, lines: &lines) }
    let output = section.outputTokens.flatMap { lengths($0, .output, lines: &lines) }
    let prefix = section.sharedPrefix.flatMap {
      sharedPrefix($0, path: "\(section.path).shared_prefix", lines: &lines)
    }
    if let sessions = section.sessions { lines.written(sessions.node, sessions.path) }
    guard let load, let prompt, let output else { return nil }
    let laws = SyntheticWorkload(
      load: load, promptTokens: prompt, outputTokens: output, sharedPrefix: prefix,
      sessions: section.sessions?.laws)
    guard fits(load, section) else { return nil }
    let workload = laws.workload(seed: seed, description: description(section, load))
    describe(workload, lines: &derived)
    return workload
  }

  private func load(
    _ section: SyntheticSection, lines: inout PlanLines
  ) -> SyntheticWorkload.Load? {
    if let concurrency = section.concurrency, let requests = section.requests {
      lines.stated(concurrency)
      let think = lines.resolve(
        section.thinkTime, "\(section.path).think_time", default: .zero, as: "0 s")
      return .closed(
        ClosedLoop(concurrency: concurrency.value, thinkTime: think), requests: requests.value)
    }
    guard let arrivals = section.arrivals, let rate = arrivals.rate else { return nil }
    let path = "\(section.path).arrivals"
    let name = lines.resolve(arrivals.process, "\(path).process", default: .poisson)
    lines.stated(rate)
    lines.stated(arrivals.cv)
    let process: ArrivalProcess =
      switch name {
      case .poisson: .poisson(rate: rate.value)
      case .gamma: .gamma(rate: rate.value, cv: arrivals.cv?.value ?? 1)
      case .deterministic: .deterministic(rate: rate.value)
      }
    if let requests = section.requests { return .open(process, .requests(requests.value)) }
    return section.duration.map { .open(process, .duration($0.value)) }
  }

  /// Whether the arrivals end before the clock does, and are not more than memory holds.
  private func fits(_ load: SyntheticWorkload.Load, _ section: SyntheticSection) -> Bool {
    guard case .open(let process, let extent) = load else { return true }
    var cv = 1.0
    if case .gamma(_, let stated) = process { cv = stated }
    let requests: Double
    switch extent {
    case .requests(let count): requests = Double(count)
    case .duration(let duration): requests = duration.seconds * process.rate + 1
    }
    guard requests <= Self.mostRequests else {
      issues.add(
        section.origin, section.path, "about \(Int(min(requests, 1e15))) requests; at most 10^9")
      return false
    }
    // The last arrival of that many gamma gaps is later once in more than 10^15 workloads.
    let last = (requests + 10 * cv * requests.squareRoot() + 40 * max(1, cv * cv)) / process.rate
    guard last < SimTime.last.seconds else {
      issues.add(
        section.origin, section.path,
        "arrivals could go on for \(Int(min(last / 86_400, 1e15))) days, and the clock holds 1460; state fewer "
          + "requests or a higher rate")
      return false
    }
    return true
  }

  private static let mostRequests = 1e9

  private func sharedPrefix(
    _ section: SharedPrefixSection, path: String, lines: inout PlanLines
  ) -> SharedPrefix? {
    guard let groups = section.groups, let tokens = section.tokens else { return nil }
    lines.stated(groups)
    lines.stated(tokens)
    let zipf = lines.resolve(
      section.zipf, "\(path).zipf", default: 0, as: "0", "default: all alike")
    return SharedPrefix(groups: groups.value, tokens: tokens.value, zipfExponent: zipf)
  }

  private func description(_ section: SyntheticSection, _ load: SyntheticWorkload.Load) -> String {
    let kind = section.sessions == nil ? "requests" : "turns of conversations"
    switch load {
    case .open(let process, _): return "synthetic \(kind), \(process.words)"
    case .closed(let loop, _): return "synthetic \(kind), \(loop.concurrency) closed-loop clients"
    }
  }

  /// What came out, for the plan.
  func describe(_ workload: Workload, lines: inout PlanLines) {
    let prompt = workload.promptTokens.reduce(0) { $0 + Int($1) }
    let output = workload.outputTokens.reduce(0) { $0 + Int($1) }
    lines.add("derived.workload.requests", "\(workload.count)", workload.description)
    lines.add("derived.workload.prompt_tokens", "\(prompt)", "derived: over all requests")
    lines.add("derived.workload.output_tokens", "\(output)", "derived: over all requests")
  }
}

extension ArrivalProcess {
  fileprivate var words: String {
    switch self {
    case .poisson(let rate): "Poisson arrivals at \(rate) /s"
    case .gamma(let rate, let cv): "gamma arrivals at \(rate) /s, CV \(cv)"
    case .deterministic(let rate): "one arrival every \(1 / rate) s"
    }
  }
}
