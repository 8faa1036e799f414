/// An experiment by its name on the command line.
package enum Experiment: String, Sendable, CaseIterable {
  case prefillAccuracy = "1.1"
  case decodeAccuracy = "1.2"
  case scale = "1.3"
  case kvCaching = "2"
  case prefixCaching = "3"
  case efficiency
}

/// The original's experiments with published figures beside ours.
package struct Capsule: Sendable {
  private let trace: MarconiLike
  private let simulatedRequests: Int

  /// `simulatedRequests`: how many of the trace's requests the full simulator plays; hours are
  /// scaled up to the whole trace.
  package init(
    trace: MarconiLike = MarconiLike(), simulatedRequests: Int = MarconiTotals.requests
  ) {
    self.trace = trace
    self.simulatedRequests = simulatedRequests
  }

  package func section(_ experiment: Experiment) throws -> Section {
    try run(experiment).section()
  }

  private func run(_ experiment: Experiment) -> any ExperimentRun {
    switch experiment {
    case .prefillAccuracy: PrefillAccuracy()
    case .decodeAccuracy: DecodeAccuracy()
    case .scale: Scale(trace: trace)
    case .kvCaching: KVOnOff(trace: trace, simulatedRequests: simulatedRequests)
    case .prefixCaching: PrefixCaching(trace: trace, simulatedRequests: simulatedRequests)
    case .efficiency: EfficiencyFigures(trace: trace, simulatedRequests: simulatedRequests)
    }
  }
}
