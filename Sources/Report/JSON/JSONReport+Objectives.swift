import ServingModel
import ServingSim
package import TextAndBytes

/// Objectives of the run and their verdicts in report.json, each figure in the unit of its limit.
extension JSONReport {
  static func verdict(_ verdicts: [JudgedObjective]) -> JSON {
    ObjectiveVerdict(of: verdicts.lazy.map(\.verdict)).map { .string($0.rawValue) } ?? .null
  }

  package static func judged(_ judged: JudgedObjective) -> JSON {
    let group = judged.objective.group
    return .object(
      of: RunObjective.Group.labels.map { label in
        (label.name, group.flatMap { $0.label == label ? .string($0.name) : nil } ?? .null)
      } + target(judged.objective.target) + [
        ("verdict", .string(judged.verdict.rawValue)),
        ("value", finite(judged.value)),
        ("limit", .decimal(judged.limit)),
        ("margin", finite(judged.margin)),
        ("interval", judged.interval.map(ends) ?? .null),
        ("error_known", .bool(judged.isErrorKnown)),
        ("requests", judged.requests.map { .count($0) } ?? .null),
        ("unanswered", judged.unanswered.map { .count($0) } ?? .null),
      ] + (judged.spread.map { [("spread", ends($0))] } ?? []))
  }

  private static func target(_ target: RunObjective.Target) -> [(String, JSON)] {
    let (metric, percentile, per): (String, Percentile?, AmountUnit?) =
      switch target {
      case .latency(let latency, let percentile, _): (latency.rawValue, percentile, nil)
      case .goodput: ("goodput", nil, nil)
      case .cost(let unit, _): ("cost", nil, unit)
      case .carbon(let unit, _): ("carbon", nil, unit)
      }
    return [
      ("metric", .string(metric)),
      ("percentile", percentile.map { .string($0.name) } ?? .null),
      ("per", per.map { .string($0.rawValue) } ?? .null),
    ]
  }

  /// An end that is not there is null.
  private static func ends(_ interval: ClosedRange<Double>) -> JSON {
    .object(of: [
      ("low", finite(interval.lowerBound)), ("high", finite(interval.upperBound)),
    ])
  }

  private static func finite(_ x: Double?) -> JSON {
    .optional(x.flatMap { $0.isFinite ? $0 : nil })
  }
}
