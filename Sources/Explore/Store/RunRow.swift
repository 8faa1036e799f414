import Impact
package import Report
import ServingModel
package import ServingSim
import TextAndBytes

/// What a store keeps of a run.
package struct RunRow: Sendable {
  package enum Status: String, Sendable {
    case finished
    /// The clock ended before all requests had.
    case partial
    /// The plan cannot be run: it does not fit, or what it asks for cannot be had together.
    case refused
  }

  /// Of the plan, the seed and the program: `PlanHash`.
  package var hash: String
  package var status: Status
  /// Why it was refused.
  package var message: String?
  package var seed: UInt64
  package var fields: [StoreValue]

  /// A run's names and types of columns, beside `hash`, `status`, `message` and `seed`.
  static let columns: [(name: String, type: String)] =
    [
      ("outcome_hash", "TEXT"), ("verdict", "TEXT"), ("binding", "TEXT"), ("margin", "REAL"),
      ("met", "INTEGER"), ("backlog", "INTEGER"),
      ("requests", "INTEGER"), ("replicas", "INTEGER"), ("accelerators", "INTEGER"),
    ] + RunFigure.all.map { ($0.key, "REAL") } + [
      ("currency", "TEXT"), ("objectives", "TEXT"), ("evidence", "TEXT"), ("seconds", "REAL"),
    ]

  /// `seconds`: what it took to run and bill, for whoever wants to know.
  package init(hash: String, _ run: FinishedRun, _ figures: ReckonedRun, seconds: Double) {
    let metrics = figures.metrics
    let binding = metrics.verdicts.binding
    self.hash = hash
    status = metrics.requests.isPartial ? .partial : .finished
    seed = run.seed
    fields =
      [
        .text(metrics.outcomeHashText),
        StoreValue(ObjectiveVerdict(of: metrics.verdicts.lazy.map(\.verdict))?.rawValue),
        StoreValue(binding?.name), StoreValue(binding?.margin),
        metrics.verdicts.isEmpty
          ? .null : .integer(metrics.verdicts.allSatisfy(\.isMetAsPredicted) ? 1 : 0),
        metrics.queueGrowth.map { .integer($0.isBacklog ? 1 : 0) } ?? .null,
        .integer(Int64(metrics.requests.total)), .integer(Int64(metrics.fleet.replicas)),
        .integer(Int64(figures.accelerators)),
      ] + RunFigure.all.map { StoreValue($0.value(figures)) } + [
        StoreValue(figures.bill?.plan.currency),
        .text(JSON.array(metrics.verdicts.map(JSONReport.judged)).compact),
        StoreValue(metrics.weakestEvidence?.rawValue), .real(seconds),
      ]
  }

  /// A plan that cannot be run.
  package init(hash: String, refused message: String, seed: UInt64) {
    self.hash = hash
    self.message = message
    self.seed = seed
    status = .refused
    fields = Array(repeating: .null, count: Self.columns.count)
  }
}
