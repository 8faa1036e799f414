package import ServingModel

/// A calibration profile as a file that `CalibrationProfileFile` reads back as it was, latencies to
/// the picosecond.
package enum CalibrationProfileYAML {
  /// The file's text.
  package static func render(_ profile: CalibrationProfile) -> String {
    "name: \(YAMLScalar.text(profile.name))\n"
      + "source: \(YAMLScalar.text(profile.source))\n"
      + "base:\n" + lines(Coefficient.allCases) { base($0, of: profile) }
      + section("effects", profile.effects.map(effect))
      + section("evidence", profile.evidence.map(evidence))
      + section("errors", profile.errors.map(error))
  }

  private static func lines<Item>(_ items: [Item], _ text: (Item) -> String) -> String {
    items.map { "  \(text($0))\n" }.joined()
  }

  private static func section(_ name: String, _ entries: [String]) -> String {
    entries.isEmpty ? "" : "\(name):\n" + lines(entries) { "- {\($0)}" }
  }

  private static func base(_ coefficient: Coefficient, of profile: CalibrationProfile) -> String {
    let value = profile.base[coefficient.rawValue]
    return "\(coefficient.name): \(CoefficientText.text(value, of: coefficient))"
  }

  private static func effect(_ effect: CalibrationEffect) -> String {
    let names = effect.coefficients.map(\.name).joined(separator: ", ")
    let trait =
      effect.dimension.isCounted
      ? "per: \(effect.dimension.rawValue)" : "\(effect.dimension.rawValue): \(word(effect.value))"
    return "of: [\(names)], \(trait), factor: \(effect.factor), "
      + "standard_error: \(effect.standardError)"
  }

  private static func evidence(_ evidence: CalibrationEvidence) -> String {
    "engine: \(word(evidence.engine)), accelerator: \(word(evidence.accelerator)), "
      + "model: \(word(evidence.model)), precision: \(evidence.precision.rawValue), "
      + "layout: \(evidence.layout.rawValue), cases: \(evidence.cases)"
  }

  private static func error(_ error: ExpectedError) -> String {
    "status: \(error.status.rawValue), metric: \(error.metric.rawValue), "
      + "median: \(error.median), ninetieth: \(error.ninetieth)"
  }

  private static func word(_ text: String) -> String { YAMLScalar.text(text, isInline: true) }
}

/// Coefficients as people write them.
enum CoefficientText {
  /// `0.81` or `40.1 us`.
  static func text(_ value: Double, of coefficient: Coefficient) -> String {
    coefficient.unit == .seconds ? latency(value) : "\(value)"
  }

  /// To the picosecond.
  static func latency(_ seconds: Double) -> String {
    let picoseconds = (seconds * 1e12).rounded()
    let (size, unit) = unit(of: picoseconds)
    // Divided, unlike multiplied, a decimal fraction prints as that.
    let value = picoseconds / size
    return value == value.rounded() ? "\(Int(value)) \(unit)" : "\(value) \(unit)"
  }

  private static func unit(of picoseconds: Double) -> (size: Double, name: String) {
    switch picoseconds {
    case 0: (1e12, "s")
    case ..<1e6: (1e3, "ns")
    case ..<1e9: (1e6, "us")
    case ..<1e12: (1e9, "ms")
    default: (1e12, "s")
    }
  }
}
