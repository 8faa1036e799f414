import ServingSim
import SimKernel

/// What prices the steps.
extension GroupPlanner {
  func stepTime(
    _ hardware: Hardware?, _ engine: EngineOptions, maxModelLen: Int, lines: inout PlanLines,
    derived: inout PlanLines
  ) -> (any StepTimeModel)? {
    let model: any StepTimeModel
    switch group.stepTime {
    case .linear(let section):
      lines.written(section.node, section.path)
      guard checkLength(section, engine, maxModelLen: maxModelLen) else { return nil }
      model = LinearStepTime(section.coefficients)
    case .roofline, nil:
      guard let hardware, checkLength(hardware, maxModelLen: maxModelLen) else { return nil }
      var stated: Stated<String>?
      if case .roofline(let word) = group.stepTime { stated = word }
      _ = lines.resolve(stated, "\(group.path).step_time", default: "roofline")
      model = hardware.roofline
    }
    derived.add("derived.\(group.path).step_time", model.name, model.provenance)
    return model
  }

  /// The clock has to hold the longest step that the hardware allows, with room for what keeps
  /// it from its peaks.
  private func checkLength(_ hardware: Hardware, maxModelLen: Int) -> Bool {
    let seconds = hardware.peakStep(maxModelLen: maxModelLen)
    guard seconds * 20 < SimDuration.longest.seconds else {
      issues.add(
        group.origin, group.path,
        "a full step of \(hardware.model.id) on \(hardware.accelerators) could take "
          + "\(Int(min(seconds / 86_400, 1e15))) days even at peak rates; the clock holds 53")
      return false
    }
    return true
  }

  /// The clock has to hold the longest step that the coefficients allow.
  private func checkLength(
    _ section: LinearSection, _ engine: EngineOptions, maxModelLen: Int
  ) -> Bool {
    let c = section.coefficients
    let context = Double(maxModelLen)
    let perSequence =
      c.perDecodeSequence.seconds + c.perPrefillSequence.seconds
      + context * c.perDecodeContext.seconds
    let perToken = c.perPrefillToken.seconds + context * c.perPrefillPair.seconds
    let longest =
      c.base.seconds + c.host.seconds + Double(engine.limits.maxNumSeqs) * perSequence
      + Double(engine.limits.maxNumBatchedTokens) * perToken
    guard longest < SimDuration.longest.seconds else {
      issues.add(
        section.node.origin, section.path,
        "a full step could take \(Int(min(longest / 86_400, 1e15))) days; the clock holds 53")
      return false
    }
    return true
  }
}

extension LinearSection {
  /// Absent ones cost nothing.
  var coefficients: LinearStepTime.Coefficients {
    var c = LinearStepTime.Coefficients()
    c.base = base?.value ?? .zero
    c.host = host?.value ?? .zero
    c.perDecodeSequence = perDecodeSequence?.value ?? .zero
    c.perDecodeContext = perDecodeContext?.value ?? .zero
    c.perPrefillToken = perPrefillToken?.value ?? .zero
    c.perPrefillSequence = perPrefillSequence?.value ?? .zero
    c.perPrefillPair = perPrefillPair?.value ?? .zero
    return c
  }
}
