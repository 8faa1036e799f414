import ServingSim

extension JSONReport {
  /// How requests fared by what they say of themselves; null where none says anything.
  static func breakdown(_ metrics: [LabelMetrics]) -> JSONValue {
    guard !metrics.isEmpty else { return .null }
    return .object(metrics.map { ($0.label.name, breakdown($0)) })
  }

  private static func breakdown(_ metrics: LabelMetrics) -> JSONValue {
    .object([
      ("parts", .array(metrics.parts.map { .object(part($0)) })),
      (
        "others",
        metrics.others.map { .object([("count", .count(metrics.otherCount))] + figures($0)) }
          ?? .null
      ),
      ("none", metrics.nobody.map { .object(figures($0)) } ?? .null),
    ])
  }

  private static func part(_ part: LabelPart) -> [(String, JSONValue)] {
    [("name", part.name.map { .string($0) } ?? .null)] + figures(part)
  }

  private static func figures(_ part: LabelPart) -> [(String, JSONValue)] {
    [
      ("requests", .count(part.requests)), ("finished", .count(part.finished)),
      ("rejected", .count(part.rejected)), ("output_tokens", .count(part.outputTokens)),
      ("ttft", .object(quantiles(part.timeToFirstToken))),
      ("tpot", .object(quantiles(part.timePerOutputToken))),
      ("e2e", .object(quantiles(part.endToEnd))),
      ("met_all", part.metAll.map { .count($0) } ?? .null),
      ("attainment", .optional(part.share)),
    ]
  }
}
