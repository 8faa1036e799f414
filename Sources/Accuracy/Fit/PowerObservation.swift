import Impact
import ServingModel
import SimKernel

/// A measured draw, with what the accelerators did meanwhile. The work is simulated; the time that
/// it took is the measured one, so that errors of step times stay out of power models.
struct PowerObservation: Sendable {
  var caseIndex: Int
  var architecture: String
  /// The mean of an accelerator as a share of its thermal design power.
  var measured: Double
  /// The share of time that an accelerator has nothing to do.
  var idleTime: Double
  /// By kind of step: the share of time that such steps run, and what they use of the peaks.
  var steps: [Use]

  struct Use: Sendable {
    var time: Double
    var compute: Double
    var memory: Double
  }

  /// nil where the power, or what was simulated, says nothing.
  init?(_ index: Int, _ figures: [Metric: Double], _ ready: PreparedCase, _ run: PreparedCase.Run) {
    guard let power = ready.power, let effort = run.effort, effort.length > .zero,
      let measured = figures[.powerPerAccelerator]
        ?? figures[.power].map({ $0 / power.accelerators })
    else { return nil }
    caseIndex = index
    architecture = ready.setUp.accelerator.architecture
    self.measured = measured / power.rank.thermalDesignPower.value
    let slowness = Self.slowness(figures, run.values)
    let working = power.workingRanks / (power.workingRanks + power.idleRanks)
    let meter = power.rank.meter
    steps = [effort.prefill, effort.decode].filter { $0.busy > .zero }.map { steps in
      let seconds = steps.busy.seconds * slowness
      return Use(
        time: working * steps.busy.seconds / effort.length.seconds,
        compute: steps.flops.count / (seconds * meter.peakCompute.rate),
        memory: steps.bytes.count / (seconds * meter.peakBandwidth.rate))
    }
    idleTime = max(0, 1 - steps.reduce(0) { $0 + $1.time })
  }

  /// The measured time over the simulated one; 1 where neither was measured.
  private static func slowness(_ measured: [Metric: Double], _ run: [Metric: Double]) -> Double {
    if let was = measured[.outputThroughput], let simulated = run[.outputThroughput] {
      return simulated / was
    }
    if let was = measured[.batchEndToEnd], let simulated = run[.batchEndToEnd] {
      return was / simulated
    }
    return 1
  }

  /// What `model` says to it, as a share of the thermal design power.
  func share(by model: PowerModel) -> Double {
    steps.reduce(idleTime * model.idle) {
      $0 + $1.time * model.share(compute: $1.compute, memory: $1.memory)
    }
  }

  /// How `share` grows with the logarithms of floor, compute and memory.
  func slopes(by model: PowerModel) -> [Double] {
    var slopes = [0.0, 0, 0]
    for use in steps {
      let share = model.share(compute: use.compute, memory: use.memory)
      let toCap = use.time * (model.cap - share)
      slopes[0] += toCap * model.floor / (model.cap - model.floor)
      slopes[1] += toCap * model.load(compute: use.compute, memory: 0)
      slopes[2] += toCap * model.load(compute: 0, memory: use.memory)
    }
    return slopes
  }
}
