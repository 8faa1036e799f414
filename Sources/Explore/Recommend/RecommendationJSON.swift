import Report
import Scenarios
import TextAndBytes

/// The same for programs. Times are in seconds; null: not known.
package enum RecommendationJSON {
  package static func render(_ answer: Recommendation, _ question: Question) -> String {
    let front = Set(answer.front.map(\.candidate.name))
    return JSON.object(of: [
      ("confidence", .string(question.confidence.rawValue)),
      ("cheapest", name(answer.cheapest)), ("greenest", name(answer.greenest)),
      ("fastest", name(answer.fastest)),
      (
        "plans",
        .array(answer.holding.map { plan($0, isOnFront: front.contains($0.candidate.name)) })
      ),
      ("left_out", .array(answer.plans.filter { $0.figures == nil }.map(leftOut))),
      (
        "changes",
        .array(
          question.changes.map {
            .object(of: [
              ("load", .decimal($0.load)), ("prompts", .decimal($0.prompts)),
            ])
          })
      ),
      ("grids", .array(question.grids.map { .string($0) })),
      ("simulated_requests", .count(answer.requests)),
    ]).document
  }

  private static func name(_ plan: Recommended?) -> JSON {
    plan.map { .string($0.candidate.name) } ?? .null
  }

  private static func plan(_ plan: Recommended, isOnFront: Bool) -> JSON {
    guard let figures = plan.figures else { return .null }
    return .object(of: [
      ("name", .string(plan.candidate.name)),
      ("settings", .object(of: plan.candidate.overrides.map { ($0.path, .string($0.text)) })),
      ("replicas", .count(figures.replicas)), ("accelerators", .count(figures.accelerators)),
      ("currency", .string(figures.currency)),
      ("cost_per_hour", range(figures.cost)),
      ("cost_per_million_output_tokens", range(figures.costPerMillionOutputTokens)),
      ("carbon_per_request_gco2e", .optional(figures.carbon)),
      ("ttft_p95_s", .decimal(figures.timeToFirstToken95)),
      ("tpot_p95_s", .optional(figures.timePerOutputToken95)),
      ("e2e_p50_s", .decimal(figures.endToEnd)),
      ("evidence", .string(figures.evidence)),
      ("on_front", .bool(isOnFront)),
      ("changed_replicas", .array(plan.changed.map { $0.map { .count($0) } ?? .null })),
      ("carbon_of_grids_gco2e", .array(plan.carbonOfGrids.map { .optional($0) })),
      ("objectives", .array(figures.trial.verdicts.map(JSONReport.judged))),
    ])
  }

  private static func range(_ range: ClosedRange<Double>?) -> JSON {
    range.map {
      .object(of: [("low", .decimal($0.lowerBound)), ("high", .decimal($0.upperBound))])
    } ?? .null
  }

  private static func leftOut(_ plan: Recommended) -> JSON {
    .object(of: [
      ("name", .string(plan.candidate.name)),
      ("reason", .string(RecommendationText.reason(plan.fate))),
    ])
  }
}
