/// The answer that a report opens with.
enum Verdict {
  /// Whether the run is whole, whether it met its objectives, whether the fleet kept up and how surely,
  /// what it refused, who gave up, and whom it lost.
  static func sentences(on metrics: Metrics) -> [String] {
    partial(metrics.requests) + objectives(metrics) + backlog(metrics.queueGrowth)
      + (NearLimit(metrics).map { [$0.sentence] } ?? []) + refusals(metrics.requests)
      + departures(metrics.requests) + failures(metrics.requests)
  }

  private static func partial(_ counts: RequestCounts) -> [String] {
    guard counts.isPartial else { return [] }
    let open = requests(counts.underWay + counts.notArrived)
    return [
      "Covers only part of the run: \(open) of \(Figures.count(counts.total)) had not ended."
    ]
  }

  private static func objectives(_ metrics: Metrics) -> [String] {
    let verdict = ObjectiveTable.headline(metrics.verdicts)
    let isLimited = metrics.objectives.metAll != nil
    return [verdict, isLimited || verdict == nil ? requests(metrics.objectives) : nil]
      .compactMap { $0 }
  }

  private static func requests(_ objectives: ObjectiveMetrics) -> String {
    guard let metAll = objectives.metAll else { return "No objectives (slo) are stated." }
    guard let share = objectives.share else { return "No request ended: no objective is judged." }
    if metAll == objectives.judged { return "All \(requests(metAll)) met every objective." }
    let missed = Figures.count(objectives.judged - metAll)
    let judged = requests(objectives.judged)
    return "\(missed) of \(judged) (\(Figures.percent(1 - share)) %) missed an objective."
  }

  private static func backlog(_ growth: QueueGrowth?) -> [String] {
    guard let growth, growth.isBacklog else { return [] }
    return [
      """
      Queues grew, so the fleet may not keep up: in the first tenth of the time requests waited \
      \(TimeUnit.text(growth.first)) on average, in the last \(TimeUnit.text(growth.last)).
      """
    ]
  }

  private static func refusals(_ counts: RequestCounts) -> [String] {
    counts.rejections.filter { $0.count > 0 }.map { rejection in
      "Refused: \(requests(rejection.count)), \(explanation(of: rejection.reason))."
    }
  }

  private static func departures(_ counts: RequestCounts) -> [String] {
    counts.aborted > 0
      ? [
        "Given up: \(requests(counts.aborted)), which the client left before the answer was whole."
      ]
      : []
  }

  private static func failures(_ counts: RequestCounts) -> [String] {
    counts.failed > 0
      ? ["Lost: \(requests(counts.failed)), whose replica failed before the answer was whole."] : []
  }

  private static func explanation(of reason: RejectionReason) -> String {
    switch reason {
    case .admission: "which a policy of admission turned away"
    case .promptTooLong:
      "the prompt is too long for max_model_len, or for a step that must hold it whole"
    }
  }

  private static func requests(_ n: Int) -> String {
    Figures.count(n) + (n == 1 ? " request" : " requests")
  }
}
