import Impact
import ServingModel
import ServingSim
import SimKernel

/// What limits the draw of a group, and what is switched off.
extension GroupPlanner {
  /// `replicas` alike, of which those beyond the first `minimum` are switched off when idle.
  func poweredDown(_ replicas: [ReplicaPlan], lines: inout PlanLines) -> [ReplicaPlan] {
    guard let section = group.powerDown, let after = section.after, let wake = section.wake else {
      return replicas
    }
    lines.stated(after)
    lines.stated(wake)
    let minimum = lines.resolve(
      section.minimum, "\(section.path).minimum", default: 1, "default: one is always on")
    return replicas.enumerated().map { number, replica in
      var replica = replica
      if number >= minimum { replica.powerDown = PowerDown(after: after.value, wake: wake.value) }
      return replica
    }
  }

  /// What keeps the accelerators from their full speed; nil, with a problem where there is one,
  /// when nothing does.
  func powerLimit(_ hardware: Hardware?, lines: inout PlanLines) -> PlannedPowerLimit? {
    let stated = [
      group.powerCap.map { ($0.origin, $0.path) }, group.clockLimit.map { ($0.origin, $0.path) },
    ].compactMap { $0 }
    guard let (origin, path) = stated.first else { return nil }
    guard let hardware else {
      issues.add(origin, path, "goes with a model and an accelerator, which tell what steps draw")
      return nil
    }
    guard let power = hardware.accelerator.thermalDesignPower else {
      issues.add(
        origin, path,
        "\(hardware.accelerator.id) has no published thermal design power; describe the accelerator "
          + "in place, with its power")
      return nil
    }
    lines.stated(group.powerCap)
    lines.stated(group.clockLimit)
    let model = PowerModels.model(for: hardware.accelerator)
    guard let cap = cap(of: power, model) else { return nil }
    return PlannedPowerLimit(
      cap: cap, clock: group.clockLimit?.value ?? 1, model: model, thermalDesignPower: power)
  }

  /// The share of `power` that the cap leaves; nil, with a problem, where no step could keep to it.
  private func cap(of power: Watts, _ model: PowerModel) -> Double? {
    guard let stated = group.powerCap else { return 1 }
    let cap: Double =
      switch stated.value {
      case .share(let share): share
      case .watts(let watts): watts.value / power.value
      }
    guard cap > model.floor, cap <= 1 else {
      issues.add(
        stated.origin, stated.path,
        "found \(stated.text); expected more than \(Int(model.floor * power.value)) W, which a step "
          + "that does nothing draws, up to the thermal design power of \(Int(power.value)) W")
      return nil
    }
    return cap
  }
}

/// A cap and a clock limit in terms of the accelerator's power model.
struct PlannedPowerLimit {
  /// Share of the thermal design power; 1: none.
  let cap: Double
  /// Share of the highest clock; 1: none.
  let clock: Double
  let model: PowerModel
  let thermalDesignPower: Watts

  /// What arithmetic at the limited clock draws: as much as under the cap that slows it so far.
  private var drawAtClock: Double {
    clock < 1
      ? Throttling.share(slowdown: 1 / clock) * model.share(compute: 1, memory: 0) : 1
  }

  /// What no accelerator draws more than.
  var mostDrawn: Watts { Watts(min(cap, drawAtClock) * thermalDesignPower.value) }

  func limiting(_ stepTime: any StepTimeModel, meter: WorkMeter) -> PowerLimitedStepTime {
    let (model, most) = (model, drawAtClock)
    let limit = PowerLimit(cap: cap, clock: clock) { compute, memory in
      min(most, model.share(compute: compute, memory: memory))
    }
    return PowerLimitedStepTime(stepTime, limit: limit, meter: meter)
  }
}

extension GroupPlanner {
  /// `stepTime` under the limit, with what that does to a full step of either kind.
  func limited(
    _ stepTime: any StepTimeModel, by limit: PlannedPowerLimit?, _ meter: WorkMeter?,
    _ engine: EngineOptions, derived: inout PlanLines
  ) -> any StepTimeModel {
    guard let limit, let meter else { return stepTime }
    let limited = limit.limiting(stepTime, meter: meter)
    let path = "derived.\(group.path).power_limit"
    derived.add(
      "\(path).draw", "\(Int(limit.mostDrawn.value.rounded())) W",
      "derived: what no accelerator draws more than")
    for (name, work, words) in Self.fullSteps(engine.limits) {
      let slowdown =
        limited.duration(of: work).seconds / stepTime.duration(of: work).seconds
      derived.add(
        "\(path).\(name)", "\((slowdown * 1000).rounded() / 1000)",
        "derived: times the time without it that \(words) takes"
          + (limited.covers(work) ? "" : "; beyond what is measured"))
    }
    return limited
  }

  private static func fullSteps(
    _ limits: EngineLimits
  ) -> [(name: String, work: StepWork, words: String)] {
    let context = 1024
    var prefill = StepWork()
    prefill.prefillSequences = 1
    prefill.prefillTokens = limits.maxNumBatchedTokens
    prefill.prefillPairs = prefill.prefillTokens * (prefill.prefillTokens + 1) / 2
    var decode = StepWork()
    decode.decodeSequences = limits.maxNumSeqs
    decode.decodeContext = limits.maxNumSeqs * context
    return [
      ("prefill", prefill, "a step of \(limits.maxNumBatchedTokens) prompt tokens"),
      (
        "decode", decode,
        "a decode step of \(limits.maxNumSeqs) requests with \(context) tokens each"
      ),
    ]
  }
}
