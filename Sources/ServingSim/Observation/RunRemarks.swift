import SimKernel

/// What a run itself shows to have had no effect; what follows from the plan alone stands in
/// `Plan.remarks`.
enum RunRemarks {
  static func all(_ plan: Plan, _ recording: Recording) -> [Remark] {
    plan.remarks + powerDown(plan, recording) + scaling(plan, recording) + shift(plan, recording)
      + admission(plan, recording) + patience(plan, recording) + failures(plan, recording)
      + retry(plan, recording) + objectives(plan, recording)
  }

  /// One for each group of which no replica was ever off.
  private static func powerDown(_ plan: Plan, _ recording: Recording) -> [Remark] {
    var wasOff: [(group: String, after: PowerDown, wasOff: Bool)] = []
    for (replica, recorded) in zip(plan.replicas + recording.joined, recording.replicas) {
      guard let powerDown = replica.powerDown else { continue }
      let off = recorded.wakes > 0 || recorded.timeOff(until: recording.end) > 0
      if let index = wasOff.firstIndex(where: { $0.group == replica.group }) {
        wasOff[index].wasOff = wasOff[index].wasOff || off
      } else {
        wasOff.append((replica.group, powerDown, off))
      }
    }
    return wasOff.filter { !$0.wasOff }.map { group in
      Remark(
        field: "power_down", value: "after \(seconds(group.after.after)) s in group \(group.group)",
        reason: "none of its replicas was without work for so long")
    }
  }

  /// One for each pool that stayed as it was.
  private static func scaling(_ plan: Plan, _ recording: Recording) -> [Remark] {
    let replicas = zip(plan.replicas + recording.joined, recording.replicas)
    return plan.scaling.filter { pool in
      replicas.allSatisfy {
        $0.group != pool.group || $1.isThereThroughout(until: recording.end)
      }
    }.map { pool in
      Remark(
        field: "scaling", value: "the policy of group \(pool.group)",
        reason: "it never asked for more or fewer replicas than there were")
    }
  }

  private static func admission(_ plan: Plan, _ recording: Recording) -> [Remark] {
    guard !plan.admission.isEmpty,
      !recording.outcomes.contains(where: {
        $0.status == .rejectedByAdmission
          || $0.retries > 0 && plan.retry?.reasons.contains(.refused) == true
      })
    else { return [] }
    return [
      Remark(field: "admission", value: "the policy", reason: "it refused no request")
    ]
  }

  private static func patience(_ plan: Plan, _ recording: Recording) -> [Remark] {
    guard let longest = plan.workload.patience?.max(),
      !recording.outcomes.contains(where: { $0.status == .aborted || $0.retries > 0 })
    else { return [] }
    return [
      Remark(
        field: "workload.client_timeout", value: "\(seconds(longest)) s",
        reason: "every client had its whole answer before")
    ]
  }

  private static func failures(_ plan: Plan, _ recording: Recording) -> [Remark] {
    // What recordings count is replicas that were down.
    let isUncounted = plan.failures.contains {
      switch $0.failure.kind {
      case .slow, .partition: true
      case .crash, .reclaim: false
      }
    }
    guard !plan.failures.isEmpty, !isUncounted,
      !recording.replicas.contains(where: { $0.failures > 0 })
    else { return [] }
    return [
      Remark(
        field: "failures", value: "what goes wrong",
        reason: "no replica that served failed while the run went on")
    ]
  }

  private static func retry(_ plan: Plan, _ recording: Recording) -> [Remark] {
    guard let retry = plan.retry, !recording.outcomes.contains(where: { $0.retries > 0 }) else {
      return []
    }
    return [
      Remark(
        field: "workload.retry", value: "up to \(retry.maxAttempts) attempts",
        reason: "no request was sent again")
    ]
  }

  private static func shift(_ plan: Plan, _ recording: Recording) -> [Remark] {
    guard plan.shift != nil, recording.held.isEmpty else { return [] }
    return [
      Remark(
        field: "shift", value: "the policy",
        reason: "no request could wait for a better time, so each was released as it arrived")
    ]
  }

  /// An objective that no request could miss.
  private static func objectives(_ plan: Plan, _ recording: Recording) -> [Remark] {
    guard let limit = plan.objectives.timePerOutputToken,
      recording.outcomes.contains(where: { $0.status == .finished }),
      !recording.outcomes.contains(where: { $0.timePerOutputToken != nil })
    else { return [] }
    return [
      Remark(
        field: "slo.tpot", value: "\(seconds(limit)) s",
        reason: "no request has a second token, so all count as meeting it")
    ]
  }

  /// Without the point of a whole number.
  private static func seconds(_ duration: SimDuration) -> String {
    // A quotient is the nearest number to what the user wrote; a product of 1e-12 is not.
    let text = "\(Double(duration.picoseconds) / 1e12)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
