import Accuracy
import ServingSim

extension CalibrationReport {
  /// The same for programs: errors are shares of the measured values, latencies in seconds.
  package var json: String {
    JSONValue.object([
      ("parameters", .array(parameters.map(Self.json))),
      ("errors", .array(errors.map(Self.json))),
      ("expected_errors", .array(expected.map(Self.json))),
    ]).text
  }

  private static func json(_ fitted: FittedParameter) -> JSONValue {
    let dimension = fitted.parameter.dimension
    return .object([
      ("of", .array(fitted.parameter.coefficients.map { .string($0.name) })),
      ("trait", dimension.map { .string($0.rawValue) } ?? .null),
      ("trait_value", dimension == nil ? .null : .string(fitted.parameter.traitValue)),
      ("value", .number(fitted.value)), ("standard_error", .number(fitted.standardError)),
      ("prior", .number(fitted.prior)), ("prior_deviation", .number(fitted.parameter.deviation)),
      ("identified", .boolean(fitted.isIdentified)),
    ])
  }

  private static func json(_ table: SampleTable) -> JSONValue {
    .object([
      ("by", .array(table.columns.map { .string($0) })),
      (
        "groups",
        .array(
          table.rows.map { row in
            .object(
              [
                ("group", .array(row.group.map { .string($0) })), ("rows", .count(row.rows)),
              ] + zip(table.samples, row.medians).map { ($0, .optional($1)) })
          })
      ),
    ])
  }

  private static func json(_ error: ExpectedError) -> JSONValue {
    .object([
      ("status", .string(error.status.rawValue)), ("metric", .string(error.metric.rawValue)),
      ("median", .number(error.median)), ("ninetieth", .number(error.ninetieth)),
    ])
  }
}
