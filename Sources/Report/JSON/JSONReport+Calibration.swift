import ServingSim

/// How far step times can be trusted, in report.json.
extension JSONReport {
  static func calibration(_ standing: CalibrationStanding) -> JSONValue {
    .object([
      ("profile", standing.profile.map { .string($0) } ?? .null),
      ("status", .string(standing.status.rawValue)),
      (
        "expected_error",
        .object(
          ExpectedError.Metric.allCases.map { metric in
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
  static func interval(_ interval: ErrorInterval?) -> JSONValue {
    guard let interval else { return .null }
    return .object([
      ("median", .number(interval.median)), ("ninetieth", .number(interval.ninetieth)),
    ])
  }
}
