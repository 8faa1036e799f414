import Impact
import ServingModel
import ServingSim
import SimKernel

/// What all accelerators of a measured system draw, when the run of one share stands for the others'.
struct SystemPower {
  var rank: ReplicaPower
  /// Ranks that do what the simulated ones do, and ranks that get nothing.
  var workingRanks: Double
  var idleRanks: Double

  /// nil when the maker of the accelerator does not publish its thermal design power.
  init?(_ setUp: CaseSetUp, workingShares: Double) {
    guard let designPower = setUp.accelerator.thermalDesignPower else { return nil }
    let meter = WorkMeter(
      model: setUp.model, accelerator: setUp.accelerator, parallelism: setUp.parallelism,
      precision: setUp.precision, maxTokens: setUp.limits.maxNumBatchedTokens)
    rank = ReplicaPower(
      law: .fitted(PowerModels.model(for: setUp.accelerator)), thermalDesignPower: designPower,
      accelerators: setUp.parallelism.accelerators, meter: meter)
    workingRanks = workingShares * Double(setUp.ranksTogether)
    idleRanks = max(0, Double(setUp.ranks) - workingRanks)
  }

  /// The same by another model; by its own where that is nil.
  func with(_ model: PowerModel?) -> SystemPower {
    var power = self
    if let model { power.rank.law = .fitted(model) }
    return power
  }

  var accelerators: Double { (workingRanks + idleRanks) * Double(rank.accelerators) }

  /// From the first arrival to the last answer's end; nil when no time passes between them.
  func mean(over recording: Recording, from start: SimTime) -> Watts? {
    guard !recording.replicas.isEmpty, recording.end > start else { return nil }
    let length = recording.end.since(start)
    let before = rank.idle * start.since(.start)
    let energies = recording.replicas.map {
      rank.energy(of: $0, until: recording.end).value - before.value
    }
    let energy = energies.reduce(0, +) / Double(energies.count)
    let working = Joules(energy) / length
    return Watts(workingRanks * working.value + idleRanks * rank.idle.value)
  }

  /// What one rank did, the first.
  func effort(in recording: Recording) -> RunEffort {
    var sum = WindowTotals()
    for window in recording.replicas.first?.windows ?? [] { sum.add(window) }
    return RunEffort(
      prefill: StepEffort(sum.prefillSteps, by: rank.meter),
      decode: StepEffort(sum.decodeSteps, by: rank.meter), length: recording.end.since(.start))
  }
}

/// The work of one rank's run, by kind of step.
struct RunEffort: Sendable {
  var prefill: StepEffort
  var decode: StepEffort
  var length: SimDuration
}
