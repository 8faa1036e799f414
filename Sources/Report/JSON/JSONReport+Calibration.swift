import ServingModel
import TextAndBytes

/// How far step times can be trusted, in report.json.
extension JSONReport {
  static func calibration(_ standing: CalibrationStanding) -> JSON {
    .object(of: [
      ("profile", standing.profile.map { .string($0) } ?? .null),
      ("status", .string(standing.status.rawValue)),
      (
        "expected_error",
        .object(
          of: ExpectedError.Metric.allCases.map { metric in
            let error = standing.error(of: metric)
            return (
              metric.rawValue,
              interval(error.map { ErrorInterval(median: $0.median, ninetieth: $0.ninetieth) })
            )
          })
      ),
    ])
  }

  /// Shares of what would be measured.
  static func interval(_ interval: ErrorInterval?) -> JSON {
    guard let interval else { return .null }
    return .object(of: [
      ("median", .decimal(interval.median)), ("ninetieth", .decimal(interval.ninetieth)),
    ])
  }
}
