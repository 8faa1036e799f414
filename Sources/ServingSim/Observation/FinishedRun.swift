/// A run and what of its plan the figures need: all that reports, pictures and bills are made of,
/// whether the run has just ended or comes from a file.
package struct FinishedRun: Sendable {
  package var name: String
  package var seed: UInt64
  package var objectives: ServiceLevelObjectives
  /// One entry a request, in the workload's order.
  package var promptTokens: [Int32]
  /// Who pays for each request, and what class of service it has; nil: the workload does not say.
  package var tenants: RequestLabels?
  package var classes: RequestLabels?
  /// One entry a replica, like the recording's.
  package var replicas: [FinishedReplica]
  package var recording: Recording

  package init(
    name: String, seed: UInt64, objectives: ServiceLevelObjectives, promptTokens: [Int32],
    tenants: RequestLabels? = nil, classes: RequestLabels? = nil, replicas: [FinishedReplica],
    recording: Recording
  ) {
    precondition(
      promptTokens.count == recording.outcomes.count
        && replicas.count == recording.replicas.count,
      "the recording is of another plan")
    self.name = name
    self.seed = seed
    self.objectives = objectives
    self.promptTokens = promptTokens
    self.tenants = tenants
    self.classes = classes
    self.replicas = replicas
    self.recording = recording
  }

  package init(plan: Plan, recording: Recording) {
    self.init(
      name: plan.name, seed: plan.seed, objectives: plan.objectives,
      promptTokens: plan.workload.promptTokens, tenants: plan.workload.tenants,
      classes: plan.workload.classes, replicas: plan.replicas.map { FinishedReplica($0) },
      recording: recording)
  }
}

/// A word for each request, out of a few.
package struct RequestLabels: Hashable, Sendable {
  /// The words, each once.
  package var names: [String]
  /// The number of each request's word; -1: none.
  package var ofRequest: [Int32]

  package init(names: [String], ofRequest: [Int32]) {
    self.names = names
    self.ofRequest = ofRequest
  }
}

/// What figures need to know of a replica.
package struct FinishedReplica: Hashable, Sendable {
  package var group: String
  /// nil when the scenario names none.
  package var model: String?
  package var accelerator: Accelerator?
  package var acceleratorCount: Int
  package var meter: WorkMeter?
  package var stepTimeName: String
  package var stepTimeProvenance: String
  package var calibration: CalibrationStanding?

  package init(
    group: String, model: String? = nil, accelerator: Accelerator? = nil,
    acceleratorCount: Int = 1, meter: WorkMeter? = nil, stepTimeName: String,
    stepTimeProvenance: String, calibration: CalibrationStanding? = nil
  ) {
    self.group = group
    self.model = model
    self.accelerator = accelerator
    self.acceleratorCount = acceleratorCount
    self.meter = meter
    self.stepTimeName = stepTimeName
    self.stepTimeProvenance = stepTimeProvenance
    self.calibration = calibration
  }

  init(_ plan: ReplicaPlan) {
    self.init(
      group: plan.group, model: plan.model, accelerator: plan.accelerator,
      acceleratorCount: plan.acceleratorCount, meter: plan.meter,
      stepTimeName: plan.stepTime.name, stepTimeProvenance: plan.stepTime.provenance,
      calibration: plan.calibration)
  }
}
