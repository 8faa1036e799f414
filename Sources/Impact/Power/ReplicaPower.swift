package import ServingModel
package import ServingSim
package import SimKernel

/// What the accelerators of one replica draw together. Their hosts, and what cools them, are not
/// in it.
package struct ReplicaPower: Sendable {
  package var law: PowerLaw
  /// Of one accelerator.
  package var thermalDesignPower: Watts
  package var accelerators: Int
  package var meter: WorkMeter
  /// What one accelerator is kept from exceeding; nil: it may draw its thermal design power.
  package var cap: Watts?

  package init(
    law: PowerLaw, thermalDesignPower: Watts, accelerators: Int, meter: WorkMeter,
    cap: Watts? = nil
  ) {
    self.law = law
    self.thermalDesignPower = thermalDesignPower
    self.accelerators = accelerators
    self.meter = meter
    self.cap = cap
  }

  /// While no step runs.
  package var idle: Watts { watts(share: law.idle) }

  /// At full load.
  package var most: Watts { watts(share: law.most) }

  /// While the steps of `effort` run; as if they did nothing when they took no time.
  package func busy(_ effort: StepEffort) -> Watts {
    let seconds = effort.busy.seconds
    guard seconds > 0 else { return watts(share: law.share(compute: 0, memory: 0)) }
    return watts(
      share: law.share(
        compute: effort.flops.count / (seconds * meter.peakCompute.rate),
        memory: effort.bytes.count / (seconds * meter.peakBandwidth.rate)))
  }

  /// Over a window of `length`, idle time included; the time it was off draws nothing.
  package func energy(of window: WindowTotals, length: SimDuration) -> Joules {
    let prefill = StepEffort(window.prefillSteps, by: meter)
    let decode = StepEffort(window.decodeSteps, by: meter)
    let off = SimDuration(picoseconds: Int64(window.offTime.rounded()))
    let idleTime = max(.zero, length - prefill.busy - decode.busy - off)
    return busy(prefill) * prefill.busy + busy(decode) * decode.busy + idle * idleTime
  }

  /// From the run's start to `end`, which lies in the last window or after it.
  package func energy(of recording: ReplicaRecording, until end: SimTime) -> Joules {
    var energy = Joules.zero
    var rest = end.picoseconds
    for window in recording.windows {
      let length = min(recording.windowLength, SimDuration(clamping: rest))
      energy += self.energy(of: window, length: length)
      rest -= Instant(length.picoseconds)
    }
    return energy + idle * SimDuration(clamping: rest)
  }

  private func watts(share: Double) -> Watts {
    let watts = share * thermalDesignPower.value
    return Watts(min(watts, cap?.value ?? watts) * Double(accelerators))
  }
}
