import ServingSim
import SimKernel
import TextAndBytes

/// What goes wrong, and what clients do then.
extension ScenarioPlanner {
  /// Failures of replicas, which name groups, replicas and zones of the fleet.
  mutating func failures(
    of replicas: [ReplicaPlan], _ scaling: [ScalingPlan]
  ) -> [FailureRule] {
    let places = FleetPlaces(replicas, scaling)
    return scenario.failures.flatMap { section in
      if let trace = section.trace { return failures(trace, places) }
      return failure(section, places).map { [$0] } ?? []
    }
  }

  private mutating func failure(
    _ section: FailureSection, _ places: FleetPlaces
  ) -> FailureRule? {
    state(section)
    guard let time = time(section), let target = target(section, places),
      let kind = kind(section)
    else { return nil }
    let repair =
      section.repair.map { Failure.Repair.after($0.value) }
      ?? section.mttr.map { .mean($0.value) } ?? .never
    return FailureRule(time, target, Failure(kind, repair: repair))
  }

  private mutating func failures(
    _ trace: Stated<String>, _ places: FleetPlaces
  ) -> [FailureRule] {
    lines.add(trace.path, source.absolute(trace), trace.origin.planText)
    guard let path = source.readable(trace, issues: issues) else { return [] }
    do throws(FileProblems) {
      return try FailureTrace.read(path: path, places)
    } catch {
      issues.add(error)
      return []
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
    lines.stated(section.detection)
  }

  private func time(_ section: FailureSection) -> FailureRule.Time? {
    section.at.map { .at($0.value) } ?? section.mtbf.map { .every(seconds: $0.value.seconds) }
  }

  private func kind(_ section: FailureSection) -> Failure.Kind? {
    switch section.kind?.value ?? .crash {
    case .crash: .crash
    case .reclaim: section.notice.map { .reclaim(notice: $0.value) }
    case .slow: section.factor.map { .slow(factor: $0.value) }
    case .partition: .partition(detection: section.detection?.value ?? .zero)
    }
  }

  /// nil, with a problem, where there is nobody of that name.
  private func target(
    _ section: FailureSection, _ places: FleetPlaces
  ) -> FailureRule.Target? {
    do throws(FleetPlaces.Refusal) {
      return try places.target(
        group: section.group?.value, replica: section.replica?.value, zone: section.zone?.value)
    } catch {
      let origins = [
        "group": section.group?.origin, "replica": section.replica?.origin,
        "zone": section.zone?.origin,
      ]
      issues.add(
        (origins[error.field] ?? nil) ?? section.origin, "\(section.path).\(error.field)",
        error.message)
      return nil
    }
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
