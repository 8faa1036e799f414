#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Coefficients of a roofline for every accelerator, engine and format: values for all of them,
/// times a factor for each thing that the subject is. So what was never measured together still
/// gets what is known of its parts.
package struct CalibrationProfile: Hashable, Sendable {
  package var name: String
  /// What it was fitted to, in a sentence.
  package var source: String
  /// By `Coefficient.rawValue`: a share of a peak, or seconds.
  package var base: [Double]
  package var effects: [CalibrationEffect]
  /// What was measured.
  package var evidence: [CalibrationEvidence]
  /// How far off it is where it was not fitted.
  package var errors: [ExpectedError]

  package init(
    name: String, source: String, base: [Double], effects: [CalibrationEffect],
    evidence: [CalibrationEvidence] = [], errors: [ExpectedError] = []
  ) {
    precondition(base.count == Coefficient.allCases.count, "a coefficient without a value")
    self.name = name
    self.source = source
    self.base = base
    self.effects = effects
    self.evidence = evidence
    self.errors = errors
  }

  /// With `values` by coefficient; one that is not among them is uncalibrated.
  package init(
    name: String, source: String, values: [(coefficient: Coefficient, value: Double)],
    effects: [CalibrationEffect], evidence: [CalibrationEvidence], errors: [ExpectedError]
  ) {
    var base = Coefficient.allCases.map { RooflineCoefficients.uncalibrated[$0] }
    for (coefficient, value) in values { base[coefficient.rawValue] = value }
    self.init(
      name: name, source: source, base: base, effects: effects, evidence: evidence,
      errors: errors)
  }

  /// The values for `subject`.
  package func coefficients(for subject: CalibrationSubject) -> RooflineCoefficients {
    let traits = subject.traits
    var logarithms = base.map { log($0) }
    for effect in effects {
      let matching = traits.first {
        $0.dimension == effect.dimension && $0.value == effect.value
      }
      guard let matching else { continue }
      for coefficient in effect.coefficients {
        logarithms[coefficient.rawValue] += matching.weight * log(effect.factor)
      }
    }
    return RooflineCoefficients(provenance: "calibrated by \(name) (\(status(of: subject).words))")
    {
      exp(logarithms[$0.rawValue])
    }
  }
}

/// A factor on some coefficients for subjects with a trait; to the power of the trait's weight.
package struct CalibrationEffect: Hashable, Sendable {
  package var coefficients: [Coefficient]
  package var dimension: Trait.Dimension
  package var value: String
  package var factor: Double
  /// Of the factor's logarithm, after the fit.
  package var standardError: Double

  package init(
    _ coefficients: [Coefficient], _ dimension: Trait.Dimension, _ value: String = "",
    factor: Double, standardError: Double = 0
  ) {
    self.coefficients = coefficients
    self.dimension = dimension
    self.value = value
    self.factor = factor
    self.standardError = standardError
  }

  /// Whether both are factors on the same for the same subjects.
  package func isAbout(_ other: CalibrationEffect) -> Bool {
    (coefficients, dimension, value) == (other.coefficients, other.dimension, other.value)
  }
}
