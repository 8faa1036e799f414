import Report

/// A figure that a sweep's page can show, in the one unit that all points have it in.
package struct SweepFigure: Sendable {
  var figure: RunFigure
  var unit: FigureUnit

  /// `TTFT p95 (ms)`.
  var label: String { unit.label(figure) }

  /// What a page can be asked for, whatever else is known.
  package static let keys = RunFigure.all.map(\.key)

  /// What it offers: what people choose plans by.
  static let usual = [
    "cost_per_million_output_tokens", "cost_per_hour", "carbon_per_request_gco2e",
    "energy_per_million_output_tokens_j", "ttft_p50_s", "ttft_p95_s", "tpot_p95_s", "e2e_p50_s",
    "e2e_p95_s", "goodput_requests_per_s", "attainment", "requests_per_s", "output_tokens_per_s",
    "busy_share", "peak_kv_use", "preemptions",
  ]

  /// What it begins with: the first that is known.
  static let first = ["cost_per_million_output_tokens", "goodput_requests_per_s", "ttft_p95_s"]

  private static let higherIsBetter: Set = [
    "goodput_requests_per_s", "attainment", "requests_per_s", "output_tokens_per_s", "finished",
    "prefix_hit_ratio", "busy_share",
  ]

  var isHigherBetter: Bool { Self.higherIsBetter.contains(figure.key) }
}
