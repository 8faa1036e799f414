/// How far the step times of a replica can be trusted.
package struct CalibrationStanding: Hashable, Sendable {
  /// The profile's name; nil: none was used.
  package var profile: String?
  package var status: CalibrationStatus
  /// Those that the profile expects with this status: empty where nothing is known.
  package var errors: [ExpectedError]

  package init(profile: String?, status: CalibrationStatus, errors: [ExpectedError] = []) {
    self.profile = profile
    self.status = status
    self.errors = errors
  }

  /// Without a profile.
  package static let uncalibrated = CalibrationStanding(profile: nil, status: .uncalibrated)

  /// nil where nothing is known.
  package func error(of metric: ExpectedError.Metric) -> ExpectedError? {
    errors.first { $0.metric == metric }
  }
}

extension CalibrationProfile {
  /// What the profile says of its own predictions for `subject`.
  package func standing(of subject: CalibrationSubject) -> CalibrationStanding {
    let status = status(of: subject)
    return CalibrationStanding(
      profile: name, status: status, errors: errors.filter { $0.status == status })
  }
}
