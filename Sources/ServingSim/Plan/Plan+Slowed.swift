import ServingModel

extension Plan {
  /// The same with steps that take `factor` times as long, as if they had been mispriced.
  package func slowed(by factor: Double) -> Plan {
    var plan = self
    var made: [ObjectIdentifier: StepTables] = [:]
    for number in plan.replicas.indices {
      plan.replicas[number].slow(by: factor, sharing: &made)
    }
    for pool in plan.scaling.indices {
      plan.scaling[pool].replica.slow(by: factor, sharing: &made)
    }
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
