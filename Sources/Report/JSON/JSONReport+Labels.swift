import ServingModel
import ServingSim
import TextAndBytes

extension JSONReport {
  /// How requests fared by what they say of themselves; null where none says anything.
  static func breakdown(_ metrics: [LabelMetrics]) -> JSON {
    guard !metrics.isEmpty else { return .null }
    return .object(of: metrics.map { ($0.label.name, breakdown($0)) })
  }

  private static func breakdown(_ metrics: LabelMetrics) -> JSON {
    .object(of: [
      ("parts", .array(metrics.parts.map { .object(of: part($0)) })),
      (
        "others",
        metrics.others.map { .object(of: [("count", .count(metrics.otherCount))] + figures($0)) }
          ?? .null
      ),
      ("none", metrics.nobody.map { .object(of: figures($0)) } ?? .null),
    ])
  }

  private static func part(_ part: LabelPart) -> [(String, JSON)] {
    [("name", part.name.map { .string($0) } ?? .null)] + figures(part)
  }

  private static func figures(_ part: LabelPart) -> [(String, JSON)] {
    [
      ("requests", .count(part.requests)), ("finished", .count(part.finished)),
      ("rejected", .count(part.rejected)), ("output_tokens", .count(part.outputTokens)),
      ("ttft", .object(of: quantiles(part.timeToFirstToken))),
      ("tpot", .object(of: quantiles(part.timePerOutputToken))),
      ("e2e", .object(of: quantiles(part.endToEnd))),
      ("met_all", part.metAll.map { .count($0) } ?? .null),
      ("attainment", .optional(part.share)),
    ]
  }
}
