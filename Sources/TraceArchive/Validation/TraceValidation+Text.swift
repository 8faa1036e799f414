package import TextAndBytes

/// A validation as text and JSON.
extension TraceValidation {
  package var text: String {
    var lines = ["\(requests) requests, \(TraceCheck.all.count) checks"]
    if findings.isEmpty { lines.append("No defect was found.") }
    for finding in findings {
      lines.append("")
      lines.append("\(finding.severity.rawValue): \(finding.check): \(finding.message)")
      lines += finding.examples.map { "  e.g. \($0)" }
      lines.append("  \(finding.advice)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package var json: JSON {
    .object([
      .init("requests", .integer(Int64(requests))),
      .init("checks", .array(TraceCheck.all.map { .string($0.id) })),
      .init(
        "findings",
        .array(
          findings.map { finding in
            .object([
              .init("check", .string(finding.check)),
              .init("severity", .string(finding.severity.rawValue)),
              .init("message", .string(finding.message)),
              .init("examples", .array(finding.examples.map { .string($0) })),
              .init("advice", .string(finding.advice)),
            ])
          })),
    ])
  }
}
