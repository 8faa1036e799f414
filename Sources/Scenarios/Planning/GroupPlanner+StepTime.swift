import ServingModel
import SimKernel

/// What prices the steps.
extension GroupPlanner {
  func stepTime(
    _ hardware: Hardware?, _ engine: EngineOptions, maxModelLen: Int, kvTokens: Int,
    lines: inout PlanLines, derived: inout PlanLines
  ) -> (any StepTimeModel)? {
    let model: any StepTimeModel
    switch group.stepTime {
    case .linear(let section):
      if section.file == nil {
        lines.written(section.node, section.path)
      } else {
        section.tell(&lines)
      }
      guard checkLength(section, engine, maxModelLen: maxModelLen, kvTokens: kvTokens) else {
        return nil
      }
      model = LinearStepTime(section.coefficients)
    case .table(let section):
      guard
        let table = table(
          section, engine, maxModelLen: maxModelLen, kvTokens: kvTokens, lines: &lines,
          derived: &derived)
      else { return nil }
      model = table
    case .roofline, nil:
      guard let hardware, checkLength(hardware, maxModelLen: maxModelLen, kvTokens: kvTokens)
      else { return nil }
      var stated: Stated<String>?
      if case .roofline(let word) = group.stepTime { stated = word }
      _ = lines.resolve(stated, "\(group.path).step_time", default: "roofline")
      model = hardware.roofline
    }
    derived.add("derived.\(group.path).step_time", model.name, model.provenance)
    return model
  }

  /// The fullest step that the hardware allows, with room for what keeps it from its peaks.
  private func checkLength(_ hardware: Hardware, maxModelLen: Int, kvTokens: Int) -> Bool {
    let seconds = hardware.peakStep(maxModelLen: maxModelLen, kvTokens: kvTokens)
    guard seconds * 20 < LinearStepTime.Coefficients.longestStep else {
      issues.add(
        group.origin, group.path,
        "a full step of \(hardware.model.id) on \(hardware.accelerators) could take "
          + "\(wholeSeconds(seconds)) s even at peak rates; steps up to "
          + "\(wholeSeconds(LinearStepTime.Coefficients.longestStep / 20)) s are simulated")
      return false
    }
    return true
  }

  private func wholeSeconds(_ seconds: Double) -> Int { Int(min(seconds, 1e15)) }

  /// The fullest step that the coefficients allow.
  private func checkLength(
    _ section: LinearSection, _ engine: EngineOptions, maxModelLen: Int, kvTokens: Int
  ) -> Bool {
    let longest = section.coefficients.fullStep(
      sequences: engine.limits.maxNumSeqs, tokens: engine.limits.maxNumBatchedTokens,
      maxModelLen: maxModelLen, kvTokens: kvTokens)
    return checkLength(longest, section.node.origin, section.path)
  }

  /// A full step, or what follows on one, of so many seconds, which the mapping at `path` leads to.
  func checkLength(
    _ longest: Double, of step: String = "a full step", _ origin: Origin, _ path: String
  ) -> Bool {
    guard longest < LinearStepTime.Coefficients.longestStep else {
      issues.add(
        origin, path,
        "\(step) could take \(wholeSeconds(longest)) s; steps up to "
          + "\(wholeSeconds(LinearStepTime.Coefficients.longestStep)) s are simulated: check the units"
      )
      return false
    }
    return true
  }
}

extension LinearStepTime.Coefficients {
  /// A step beyond so many seconds is a wrong unit or a wrong number, and many of them outrun the
  /// clock.
  static let longestStep = 600.0

  /// Seconds of the fullest step that an engine's limits allow.
  func fullStep(sequences: Int, tokens: Int, maxModelLen: Int, kvTokens: Int) -> Double {
    // Sequences that share a prefix have more context than the KV cache has room. That few steps
    // are so full is no reason to refuse a plan, unless they could outrun the clock.
    let most = Double(sequences) * Double(maxModelLen)
    let contexts = max(min(most, Double(kvTokens)), most / 1000)
    let perToken = perPrefillToken.seconds + Double(maxModelLen) * perPrefillPair.seconds
    return base.seconds + host.seconds
      + Double(sequences) * (perDecodeSequence.seconds + perPrefillSequence.seconds)
      + contexts * perDecodeContext.seconds + Double(tokens) * perToken
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
