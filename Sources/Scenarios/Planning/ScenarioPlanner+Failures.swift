import ServingSim
import SimKernel

/// What goes wrong, and what clients do then.
extension ScenarioPlanner {
  /// Failures of replicas, which name groups, replicas and zones of the fleet.
  mutating func failures(
    of replicas: [ReplicaPlan], _ scaling: [ScalingPlan]
  ) -> [FailureRule] {
    scenario.failures.compactMap { section in
      state(section)
      guard let time = time(section), let target = target(section, replicas, scaling),
        let kind = kind(section)
      else { return nil }
      let repair =
        section.repair.map { Failure.Repair.after($0.value) }
        ?? section.mttr.map { .mean($0.value) } ?? .never
      return FailureRule(time, target, Failure(kind, repair: repair))
    }
  }

  private mutating func state(_ section: FailureSection) {
    _ = lines.resolve(
      section.kind, "\(section.path).kind", default: .crash, as: FailureSection.Kind.crash.rawValue)
    lines.stated(section.at)
    lines.stated(section.mtbf)
    lines.stated(section.repair)
    lines.stated(section.mttr)
    lines.stated(section.group)
    lines.stated(section.replica)
    lines.stated(section.zone)
    lines.stated(section.notice)
    lines.stated(section.factor)
  }

  private func time(_ section: FailureSection) -> FailureRule.Time? {
    section.at.map { .at($0.value) } ?? section.mtbf.map { .every(seconds: $0.value.seconds) }
  }

  private func kind(_ section: FailureSection) -> Failure.Kind? {
    switch section.kind?.value ?? .crash {
    case .crash: .crash
    case .reclaim: section.notice.map { .reclaim(notice: $0.value) }
    case .slow: section.factor.map { .slow(factor: $0.value) }
    }
  }

  /// nil, with a problem, where there is nobody of that name.
  private func target(
    _ section: FailureSection, _ replicas: [ReplicaPlan], _ scaling: [ScalingPlan]
  ) -> FailureRule.Target? {
    if let zone = section.zone {
      let zones = Set(replicas.compactMap(\.zone)).sorted()
      guard zones.contains(zone.value) else {
        refuse(zone, "zone", of: zones, "state fleet.zone")
        return nil
      }
      return .zone(zone.value)
    }
    let groups = replicas.reduce(into: [String]()) {
      if $0.last != $1.group { $0.append($1.group) }
    }
    if let group = section.group, !groups.contains(group.value) {
      refuse(group, "group", of: groups, "the fleet has none")
      return nil
    }
    guard let replica = section.replica else {
      return section.group.map { .group($0.value) } ?? .all
    }
    guard let group = section.group?.value ?? (groups.count == 1 ? groups[0] : nil) else {
      issues.add(
        replica.origin, replica.path,
        "goes with group, which says in which of them: \(groups.joined(separator: ", "))")
      return nil
    }
    let there = replicas.filter { $0.group == group }
    let most =
      scaling.first { $0.group == group }?.bounds.upperBound
      ?? there.count / (there.first?.dataParallelSize ?? 1)
    guard replica.value < most else {
      issues.add(
        replica.origin, replica.path,
        "found \(replica.value); group \(group) has replicas 0 to \(most - 1)")
      return nil
    }
    return .replica(group: group, place: replica.value)
  }

  private func refuse(
    _ stated: Stated<String>, _ what: String, of names: [String], _ otherwise: String
  ) {
    let known = names.isEmpty ? otherwise : "expected one of \(names.joined(separator: ", "))"
    issues.add(
      stated.origin, stated.path, "found \"\(stated.text)\", no \(what) of the fleet; \(known)")
  }

  /// nil: nobody sends a request again.
  mutating func retry() -> RetryPolicy? {
    guard let section = scenario.workload?.retry else { return nil }
    let path = section.path
    let attempts = lines.resolve(
      section.maxAttempts, "\(path).max_attempts", default: 3, Self.usualClient)
    for reason in section.reasons { lines.stated(reason) }
    let reasons = Set(section.reasons.map(\.value))
    let initial = lines.resolve(
      section.initialBackoff, "\(path).initial_backoff", default: .millisecond * 500, as: "0.5 s",
      Self.usualClient)
    let most = lines.resolve(
      section.maxBackoff, "\(path).max_backoff", default: .second * 8, as: "8 s",
      Self.usualClient)
    let multiplier = lines.resolve(
      section.multiplier, "\(path).backoff_multiplier", default: 2, as: "2", Self.usualClient)
    let jitter = lines.resolve(
      section.jitter, "\(path).jitter", default: 0.2, "default: that of gRPC (gRFC A6)")
    if let initialStated = section.initialBackoff, initial > most {
      issues.add(
        section.maxBackoff?.origin ?? initialStated.origin, "\(path).max_backoff",
        "found \(section.maxBackoff?.text ?? "8 s"), less than initial_backoff, "
          + initialStated.text)
    }
    return RetryPolicy(
      maxAttempts: attempts,
      reasons: section.reasons.isEmpty ? Set(RetryPolicy.Reason.allCases) : reasons,
      initialBackoff: initial, maxBackoff: most, multiplier: multiplier, jitter: jitter,
      throttling: throttling(section))
  }

  /// `max_retries` 2, INITIAL_RETRY_DELAY and MAX_RETRY_DELAY of openai-python 1.x, _constants.py.
  private static let usualClient = "default: that of OpenAI's clients"

  private mutating func throttling(_ section: RetrySection) -> RetryPolicy.Throttling? {
    guard let section = section.throttling else { return nil }
    let tokens = lines.resolve(
      section.maxTokens, "\(section.path).max_tokens", default: 10, "default: as gRFC A6 has it")
    let ratio = lines.resolve(
      section.tokenRatio, "\(section.path).token_ratio", default: 0.1, "default: as gRFC A6 has it")
    return RetryPolicy.Throttling(maxTokens: tokens, ratio: Int((1000 * ratio).rounded()))
  }
}
