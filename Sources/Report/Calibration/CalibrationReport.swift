package import Accuracy
import ServingModel
import TextAndBytes

/// What `kavier calibrate` prints.
package struct CalibrationReport {
  let parameters: [FittedParameter]
  let errors: [SampleTable]
  let expected: [ExpectedError]

  package init(_ outcome: CalibrationOutcome) {
    parameters = outcome.parameters
    errors = outcome.tables
    expected = outcome.expected
  }

  package var text: String {
    ([coefficients] + errors.map(Self.text) + [expectations, identification])
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var coefficients: String {
    var table = TextTable(header: ["Coefficient or factor", "fitted", "+- (%)", "prior"])
    for fitted in parameters {
      table.add([
        fitted.parameter.name, Self.value(fitted.value, fitted.parameter),
        Figures.fixed(fitted.standardError * 100, decimals: 0),
        Self.value(fitted.prior, fitted.parameter),
      ])
    }
    return Self.paragraph(
      table.lines(width: TextLayout.width) + ["+-: one standard error."])
  }

  /// A factor, or a coefficient with its unit.
  private static func value(_ value: Double, _ parameter: FitParameter) -> String {
    guard parameter.dimension == nil, let coefficient = parameter.coefficients.first,
      coefficient.unit == .seconds
    else { return Figures.significant(value, digits: 3) }
    return Figures.significant(value * 1e6, digits: 3) + " us"
  }

  static func text(_ table: SampleTable) -> String {
    let name = table.columns.isEmpty ? "all rows" : table.columns.joined(separator: " ")
    var cells = TextTable(header: [name, "rows"] + table.samples)
    for row in table.rows {
      cells.add(
        [row.group.map { $0.isEmpty ? "-" : $0 }.joined(separator: " "), "\(row.rows)"]
          + row.medians.map { $0.map { Figures.fixed($0 * 100, decimals: 1) } ?? "-" })
    }
    return paragraph(cells.lines(width: TextLayout.width))
  }

  private var expectations: String {
    guard !expected.isEmpty else { return "" }
    var table = TextTable(header: ["Errors to expect", "half within (%)", "nine of ten (%)"])
    for error in expected {
      table.add([
        "\(error.metric.rawValue) \(error.status.rawValue)",
        Figures.fixed(error.median * 100, decimals: 0),
        Figures.fixed(error.ninetieth * 100, decimals: 0),
      ])
    }
    return Self.paragraph(table.lines(width: TextLayout.width))
  }

  private var identification: String {
    let unknown = parameters.filter { !$0.isIdentified }.map(\.parameter.name)
    let note = "Median errors are of the measured value, in %."
    guard !unknown.isEmpty else { return Self.paragraph([note]) }
    let words =
      "These cases cannot tell, and each stays at its prior: "
      + unknown.joined(separator: "; ") + "."
    return Self.paragraph([note] + TextLayout.wrap(words, width: TextLayout.width))
  }

  private static func paragraph(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }
}
