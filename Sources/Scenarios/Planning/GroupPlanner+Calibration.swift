import ServingModel
import SimKernel

/// What calibrates a roofline's step times.
extension GroupPlanner {
  /// Whether steps are priced by something that a calibration speaks of.
  var isRoofline: Bool {
    switch group.stepTime {
    case .roofline, nil: true
    case .linear, .table: false
    }
  }

  /// nil for none, and, with a problem, where there is no such profile.
  func calibration(lines: inout PlanLines) -> CalibrationProfile? {
    guard isRoofline else {
      if let stated = group.calibration {
        issues.add(stated.origin, stated.path, "goes with step_time: roofline")
      }
      return nil
    }
    guard let stated = group.calibration else {
      let newest = CalibrationProfiles.newest
      lines.add("\(group.path).calibration", newest.name, "default: the newest shipped profile")
      return newest
    }
    lines.stated(stated)
    do throws(ScenarioIssues) {
      return try CalibrationChoice.profile(
        stated.value, path: source.resolve(stated), origin: stated.origin, field: stated.path)
    } catch {
      for issue in error.issues { issues.add(issue) }
      return nil
    }
  }

  /// As stated, or as the calibration has it.
  func frontendLatency(_ hardware: Hardware?, lines: inout PlanLines) -> SimDuration {
    let seconds = isRoofline ? hardware?.coefficients[.frontendLatency] ?? 0 : 0
    let microseconds = Int((seconds * 1e6).rounded())
    return lines.resolve(
      group.engine.frontendLatency, "\(group.path).engine.frontend_latency",
      default: .microsecond * microseconds, as: "\(microseconds) us", "default: the calibration's")
  }

  /// How far the step times can be trusted; nil where the scenario states them itself.
  func standing(_ hardware: Hardware?, derived: inout PlanLines) -> CalibrationStanding? {
    guard isRoofline, var standing = hardware?.standing else { return nil }
    if group.engine.speculative != nil, standing.status != .uncalibrated {
      standing = CalibrationStanding(profile: standing.profile, status: .withDrafter)
    }
    let path = "derived.\(group.path)"
    derived.add(
      "\(path).calibration", standing.status.rawValue, "derived: \(standing.status.meaning)")
    for error in standing.errors {
      derived.add(
        "\(path).expected_error.\(error.metric.rawValue)", percent(error.median),
        "half of the predictions in cross-validation are nearer; nine of ten within "
          + percent(error.ninetieth))
    }
    return standing
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
