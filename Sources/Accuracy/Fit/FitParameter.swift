package import ServingModel

/// One unknown of a fit: the logarithm of a coefficient, or of an effect's factor.
package struct FitParameter: Hashable, Sendable {
  package var coefficients: [Coefficient]
  /// nil: the coefficient's value for everything; else the factor for subjects with this trait.
  package var dimension: Trait.Dimension?
  package var traitValue: String
  /// What it is taken to be without data, as a logarithm, and how far it may well be from that.
  package var prior: Double
  package var deviation: Double

  /// No share of a peak is above 1, before or after its factors.
  var greatest: Double {
    let isShare = dimension == nil && coefficients.allSatisfy { $0.unit == .share }
    return isShare ? 0 : .infinity
  }
}

/// Which effects a profile may have, and how large they are expected to be: the structure of the
/// fit. A standard deviation of 0.1 means that a factor of 1.1 is nothing unusual.
package enum FitStructure {
  /// What is known before any serving run: kernels timed alone (aiconfigurator's tables of vLLM
  /// 0.14 to 0.24 on A100 to B200), and round figures for latencies.
  package static func prior(of coefficient: Coefficient) -> (value: Double, deviation: Double) {
    switch coefficient {
    case .matrixBandwidth: (0.80, 0.10)
    case .matrixCompute: (0.70, 0.20)
    case .matrixLatency: (4e-6, 0.5)
    case .expertBandwidth: (0.80, 0.20)
    case .expertCompute: (0.40, 0.20)
    case .attentionBandwidth: (0.75, 0.20)
    case .attentionCompute: (0.50, 0.30)
    case .layerLatency: (40e-6, 0.5)
    case .mixtureLatency: (30e-6, 0.7)
    case .linearLatency: (20e-6, 0.7)
    case .prefillLatency: (60e-6, 0.7)
    case .launchTime: (400e-6, 0.5)
    case .hostTime: (500e-6, 1)
    case .sequenceTime: (10e-6, 1)
    case .allReduceLatency: (7e-6, 0.5)
    case .allToAllLatency: (20e-6, 0.7)
    case .stageLatency: (10e-6, 0.5)
    case .linkBandwidth: (0.5, 0.3)
    case .networkLatency: (20e-6, 0.5)
    case .networkBandwidth: (0.7, 0.3)
    case .frontendLatency: (10e-3, 1)
    case .streamSteps: (0.5, 0.5)
    case .promptQueueing: (1, 0.7)
    case .promptCrowding: (50e-9, 1)
    }
  }

  static let kernels: [Coefficient] = [
    .layerLatency, .mixtureLatency, .linearLatency, .prefillLatency,
  ]
  static let host: [Coefficient] = [.hostTime, .sequenceTime]
  static let shares: [Coefficient] = [
    .matrixBandwidth, .matrixCompute, .expertBandwidth, .expertCompute, .attentionBandwidth,
    .attentionCompute,
  ]
  static let experts: [Coefficient] = [.expertBandwidth, .expertCompute]

  /// Coefficients that move together with a trait, and by how much.
  static let effects: [(of: [Coefficient], dimension: Trait.Dimension, deviation: Double)] = [
    ([.layerLatency], .engine, 0.4), ([.mixtureLatency], .engine, 0.7),
    ([.prefillLatency], .engine, 0.7), ([.hostTime], .engine, 1), ([.sequenceTime], .engine, 1),
    ([.frontendLatency], .engine, 0.7), ([.frontendLatency], .harness, 0.7),
    ([.streamSteps], .harness, 2), ([.promptQueueing], .harness, 1),
    ([.promptCrowding], .harness, 2),
    ([.streamSteps, .frontendLatency], .dataParallel, 0.7),
    (kernels, .era, 0.4), (host, .era, 0.5), (shares, .era, 0.15),
    (kernels, .software, 0.7), (shares, .software, 0.7), ([.matrixCompute], .software, 0.7),
    (kernels, .architecture, 0.2), (kernels, .accelerator, 0.1),
    ([.matrixBandwidth], .architecture, 0.08), ([.matrixBandwidth], .accelerator, 0.05),
    ([.matrixCompute], .architecture, 0.2), ([.matrixCompute], .accelerator, 0.1),
    (experts, .architecture, 0.2), (experts, .accelerator, 0.1),
    ([.matrixBandwidth], .layers, 0.2), ([.matrixCompute], .layers, 0.2),
    ([.expertBandwidth], .experts, 0.3), ([.expertCompute], .experts, 0.4),
    (experts, .expertKernel, 0.2), ([.expertCompute], .expertSize, 0.1),
    ([.attentionBandwidth], .kvCache, 0.2),
    ([.allReduceLatency], .tensorDoublings, 0.2),
  ]

  /// The unknowns that data on `subjects` can speak to, around `profile` where there is one.
  package static func parameters(
    for subjects: [CalibrationSubject], around profile: CalibrationProfile?
  ) -> [FitParameter] {
    var parameters = Coefficient.allCases.map { coefficient in
      let known = prior(of: coefficient)
      let value = profile?.base[coefficient.rawValue] ?? known.value
      return FitParameter(
        coefficients: [coefficient], dimension: nil, traitValue: "", prior: logarithm(value),
        deviation: known.deviation)
    }
    for effect in effects {
      for value in values(of: effect.dimension, in: subjects) {
        let known = profile?.effects.first {
          $0.coefficients == effect.of && $0.dimension == effect.dimension && $0.value == value
        }
        parameters.append(
          FitParameter(
            coefficients: effect.of, dimension: effect.dimension, traitValue: value,
            prior: logarithm(known?.factor ?? 1), deviation: effect.deviation))
      }
    }
    return parameters
  }

  private static func values(
    of dimension: Trait.Dimension, in subjects: [CalibrationSubject]
  ) -> [String] {
    let all = subjects.flatMap(\.traits).filter { $0.dimension == dimension }.map(\.value)
    // Formats are told relative to bf16, which is the base.
    let relative: Set<Trait.Dimension> = [.layers, .experts, .kvCache]
    return Set(all).filter { !(relative.contains(dimension) && $0 == "bf16") }.sorted()
  }
}

extension FitParameter {
  /// `layer_latency`, or `accelerator h100-sxm: layer_latency`.
  package var name: String {
    let of = coefficients.map(\.name).joined(separator: ", ")
    guard let dimension else { return of }
    return "\(dimension.rawValue)\(traitValue.isEmpty ? "" : " " + traitValue): \(of)"
  }
}
