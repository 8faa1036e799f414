import Accuracy
import ServingModel
import TextAndBytes

extension CalibrationReport {
  /// The same for programs: errors are shares of the measured values, latencies in seconds.
  package var json: String {
    JSON.object(of: [
      ("parameters", .array(parameters.map(Self.json))),
      ("errors", .array(errors.map(Self.json))),
      ("expected_errors", .array(expected.map(Self.json))),
    ]).document
  }

  private static func json(_ fitted: FittedParameter) -> JSON {
    let dimension = fitted.parameter.dimension
    return .object(of: [
      ("of", .array(fitted.parameter.coefficients.map { .string($0.name) })),
      ("trait", dimension.map { .string($0.rawValue) } ?? .null),
      ("trait_value", dimension == nil ? .null : .string(fitted.parameter.traitValue)),
      ("value", .decimal(fitted.value)), ("standard_error", .decimal(fitted.standardError)),
      ("prior", .decimal(fitted.prior)), ("prior_deviation", .decimal(fitted.parameter.deviation)),
      ("identified", .bool(fitted.isIdentified)),
    ])
  }

  private static func json(_ table: SampleTable) -> JSON {
    .object(of: [
      ("by", .array(table.columns.map { .string($0) })),
      (
        "groups",
        .array(
          table.rows.map { row in
            .object(
              of: [
                ("group", .array(row.group.map { .string($0) })), ("rows", .count(row.rows)),
              ] + zip(table.samples, row.medians).map { ($0, .optional($1)) })
          })
      ),
    ])
  }

  private static func json(_ error: ExpectedError) -> JSON {
    .object(of: [
      ("status", .string(error.status.rawValue)), ("metric", .string(error.metric.rawValue)),
      ("median", .decimal(error.median)), ("ninetieth", .decimal(error.ninetieth)),
    ])
  }
}
