/// Nothing yet.
///
/// `make profile` writes this file.
extension CalibrationProfile {
  static let kavier202611 = CalibrationProfile(
    name: "kavier-2026.11",
    source: "nothing",
    values: [
    ],
    effects: [
    ],
    evidence: [
    ],
    errors: [
    ])
}
