import ServingPolicies
import ServingSim
import SimKernel

/// What of a scenario cannot have an effect on its run, as far as that is known before it.
struct ScenarioRemarks {
  let scenario: Scenario
  let workload: Workload
  let replicas: [ReplicaPlan]
  let scaling: [ScalingPlan]

  var all: [Remark] {
    routing + scenario.fleet.flatMap { weight($0) + caching($0) + order($0) } + trace + deadlines
  }

  // MARK: Routing

  private var routing: [Remark] {
    guard let router = scenario.router?.policy, let reason = reason(against: router.value) else {
      return []
    }
    return [Remark(field: router.path, value: router.text, reason: reason)]
  }

  /// Why the router has nothing to decide by; nil: it has.
  private func reason(against router: RouterPolicy) -> String? {
    if replicas.count == 1, scaling.isEmpty { return "there is one engine to send requests to" }
    let instead = "so it chose as least_outstanding does"
    switch router {
    case .kvAware where !replicas.contains(where: \.enablePrefixCaching):
      return "enable_prefix_caching is false in every group, so it chose by loads alone"
    case .cacheAware where !workload.sharesText:
      return "no two prompts are known to share text, \(instead)"
    case .prefixAffinity where !replicas.contains(where: \.enablePrefixCaching):
      return "enable_prefix_caching is false in every group, \(instead)"
    case .prefixAffinity where !workload.sharesText:
      return "no two prompts are known to share text, \(instead)"
    case .weightedRoundRobin where Set(replicas.map(\.weight)).count == 1:
      return "every replica has one weight, so it chose as round_robin does"
    case .sessionAffinity where !workload.hasSessions:
      return "no two requests are known to belong to one session, \(instead)"
    case .consolidate where !replicas.contains(where: { $0.powerDown != nil }):
      return "no group has power_down, so no replica could be spared"
    default: return nil
    }
  }

  private func weight(_ group: GroupSection) -> [Remark] {
    guard let weight = group.weight, scenario.router?.policy?.value != .weightedRoundRobin else {
      return []
    }
    return [
      Remark(
        field: weight.path, value: weight.text,
        reason: "only the router weighted_round_robin goes by it")
    ]
  }

  // MARK: Engines

  /// Asked for, or with a log, which may have lost what its prompts shared.
  private func caching(_ group: GroupSection) -> [Remark] {
    let stated = group.engine.enablePrefixCaching
    guard stated?.value ?? true, stated != nil || isReplay, !workload.sharesText else { return [] }
    let source = isReplay ? "in the trace " : ""
    return [
      Remark(
        field: "\(group.path).engine.enable_prefix_caching",
        value: stated?.text ?? "true (the default)",
        reason: "no two prompts \(source)are known to share text, so nothing can be found"
          + (isReplay ? "; a trace without prefixes or sessions hides what a real cache finds" : "")
      )
    ]
  }

  private func order(_ group: GroupSection) -> [Remark] {
    guard let order = group.engine.schedulingPolicy, order.value == .priority,
      !workload.hasPriorities
    else { return [] }
    return [
      Remark(
        field: order.path, value: order.text,
        reason: "all requests have one priority, so they were served first come first served")
    ]
  }

  // MARK: Workload

  private var isReplay: Bool {
    if case .trace = scenario.workload?.requests { true } else { false }
  }

  private var trace: [Remark] {
    guard case .trace(let trace) = scenario.workload?.requests else { return [] }
    var remarks: [Remark] = []
    func add<Value>(_ stated: Stated<Value>?, if isIdle: Bool, _ reason: String) {
      guard let stated, isIdle else { return }
      remarks.append(Remark(field: stated.path, value: stated.text, reason: reason))
    }
    let waits = workload.dependencies != nil
    add(
      trace.limit, if: (trace.limit?.value ?? 0) > workload.count,
      "the trace has \(workload.count) requests to replay")
    add(
      trace.sessions, if: trace.sessions?.value == .closed && !waits,
      "no request of the trace waits for another: it has no sessions with several turns")
    add(trace.thinkTime, if: !waits, "no request waits for another")
    add(trace.concurrency, if: workload.closedLoop == nil, "every request has an arrival")
    add(
      trace.rateScale,
      if: trace.rateScale?.value != 1
        && workload.arrivals.allSatisfy { $0 <= .start || $0.isNever },
      "no request arrives later than the first")
    return remarks
  }

  private var deadlines: [Remark] {
    guard let section = scenario.workload?.deadline, let within = section.within,
      let deadlines = workload.deadlines, !deadlines.contains(within.value)
    else { return [] }
    return [
      Remark(
        field: within.path, value: within.text,
        reason: "it came to no request: each has a deadline of its own, or the share is too small")
    ]
  }
}

extension Workload {
  /// Whether some text is at the beginning of two prompts, as far as is known.
  var sharesText: Bool {
    guard let content else { return false }
    var seen = [Bool](repeating: false, count: content.parents.count)
    for chain in content.chainOfRequest where chain >= 0 {
      if seen[Int(chain)] || content.offsets[Int(chain)] > 0 { return true }
      seen[Int(chain)] = true
    }
    return false
  }

  /// Whether some session has two requests.
  var hasSessions: Bool {
    var seen: Set<Int32> = []
    return sessions?.contains { $0 >= 0 && !seen.insert($0).inserted } ?? false
  }

  /// Whether some request goes before another.
  var hasPriorities: Bool {
    guard let first = priorities?.first else { return false }
    return priorities?.contains { $0 != first } ?? false
  }
}
