import ServingModel

extension Plan {
  /// The same with steps that take `factor` times as long, as if they had been mispriced.
  package func slowed(by factor: Double) -> Plan {
    var plan = self
    for number in plan.replicas.indices { plan.replicas[number].slow(by: factor) }
    for pool in plan.scaling.indices { plan.scaling[pool].replica.slow(by: factor) }
    return plan
  }

  /// The error to expect of its steps, as a share of what is measured: the largest of its replicas,
  /// half of such predictions being nearer. nil: not known of one of them.
  package var expectedStepError: Double? {
    let errors = replicas.map { $0.calibration?.error(of: .tpot)?.median }
    let known = errors.compactMap { $0 }
    return known.count == errors.count ? known.max() : nil
  }
}

extension ReplicaPlan {
  fileprivate mutating func slow(by factor: Double) {
    stepTime = SlowedStepTime(stepTime, by: factor)
  }
}
