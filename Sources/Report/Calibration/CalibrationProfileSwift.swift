package import ServingModel

/// A calibration profile as a source file of the catalogue.
package enum CalibrationProfileSwift {
  /// The file's text, but for its line breaks; the constant is named after the profile.
  package static func render(_ profile: CalibrationProfile) -> String {
    """
    // `make profile` writes this file: as long as the fit, a line for each of its values.
    extension CalibrationProfile {
      static let \(constant(profile.name)) = CalibrationProfile(
        name: \(literal(profile.name)),
        source: \(literal(profile.source)),
        values: [
    \(lines(Coefficient.allCases) { value($0, of: profile) })    ],
        effects: [
    \(lines(profile.effects, effect))    ],
        evidence: [
    \(lines(profile.evidence, evidence))    ],
        errors: [
    \(lines(profile.errors, error))    ])
    }

    """
  }

  /// `kavier202611` for `kavier-2026.11`.
  private static func constant(_ name: String) -> String {
    name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  private static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func lines<Item>(_ items: [Item], _ text: (Item) -> String) -> String {
    items.map { "      \(text($0)),\n" }.joined()
  }

  private static func value(_ coefficient: Coefficient, of profile: CalibrationProfile) -> String {
    let value = profile.base[coefficient.rawValue]
    guard coefficient.unit == .seconds else { return "(.\(coefficient), \(value))" }
    let microseconds = (value * 1e12).rounded() / 1e6
    return "(.\(coefficient), \(microseconds)e-6)"
  }

  private static func effect(_ effect: CalibrationEffect) -> String {
    let coefficients = effect.coefficients.map { ".\($0)" }.joined(separator: ", ")
    let value = effect.value.isEmpty ? "" : ", \(literal(effect.value))"
    return ".init([\(coefficients)], .\(effect.dimension)\(value), factor: \(effect.factor), "
      + "standardError: \(effect.standardError))"
  }

  private static func evidence(_ evidence: CalibrationEvidence) -> String {
    ".init(engine: \(literal(evidence.engine)), accelerator: \(literal(evidence.accelerator)), "
      + "model: \(literal(evidence.model)), precision: .\(evidence.precision), "
      + "layout: .\(evidence.layout), cases: \(evidence.cases))"
  }

  private static func error(_ error: ExpectedError) -> String {
    ".init(.\(error.status), .\(error.metric), median: \(error.median), "
      + "ninetieth: \(error.ninetieth))"
  }
}
