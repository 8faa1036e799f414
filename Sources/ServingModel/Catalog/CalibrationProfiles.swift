/// The calibration profiles that a scenario can name, the newest last.
package enum CalibrationProfiles {
  package static let all: [CalibrationProfile] = [.kavier202611]

  /// What a scenario that names none gets.
  package static let newest: CalibrationProfile = .kavier202611

  /// The profile of that name, whatever its case.
  package static func named(_ name: String) -> CalibrationProfile? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted }
  }
}
