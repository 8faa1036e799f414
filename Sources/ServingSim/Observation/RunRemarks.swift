import SimKernel

/// What a run itself shows to have had no effect; what follows from the plan alone stands in
/// `Plan.remarks`.
enum RunRemarks {
  static func all(_ plan: Plan, _ recording: Recording) -> [Remark] {
    plan.remarks + powerDown(plan, recording) + shift(plan, recording)
      + objectives(plan, recording)
  }

  /// One for each group of which no replica was ever off.
  private static func powerDown(_ plan: Plan, _ recording: Recording) -> [Remark] {
    var wasOff: [(group: String, after: PowerDown, wasOff: Bool)] = []
    for (replica, recorded) in zip(plan.replicas, recording.replicas) {
      guard let powerDown = replica.powerDown else { continue }
      let off = recorded.wakes > 0 || recorded.windows.contains { $0.offTime > 0 }
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
