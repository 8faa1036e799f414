package import Impact
package import ServingSim
import SimKernel

/// What is kept of a run to be held against others: figures alone.
package struct ReckonedRun: Sendable {
  package var metrics: Metrics
  /// nil: nothing was reckoned.
  package var bill: Bill?
  /// Of all replicas.
  package let accelerators: Int
  /// nil: no request finished.
  let parts: TimeParts?

  package init(_ run: FinishedRun, bill: Bill? = nil) {
    metrics = Metrics(run, bill: bill)
    self.bill = bill
    accelerators = run.replicas.reduce(0) { $0 + $1.acceleratorCount }
    parts = TimeParts(run.recording.outcomes)
  }
}

extension ReckonedRun {
  /// In the currency of the bill, from the least of the prices to the most; nil: no price is known, or
  /// no time passed.
  package var costPerHour: Interval? {
    guard let hours = metrics.makespan.map({ $0 / 3600 }), hours > 0 else { return nil }
    return bill.flatMap { $0.cost($0.total) }.map { $0 * (1 / hours) }
  }

  package var costPerMillionOutputTokens: Interval? {
    guard let bill, bill.denominators.outputTokens > 0 else { return nil }
    return bill.cost(bill.total).map { $0 * (1e6 / Double(bill.denominators.outputTokens)) }
  }

  /// Grams of CO2e, operational and embodied, as far as they are known.
  package var carbonPerRequest: Interval? {
    guard let bill, bill.denominators.requests > 0 else { return nil }
    return bill.knownCarbon(bill.total).map { $0 * (1 / Double(bill.denominators.requests)) }
  }
}

/// A scenario, or a finished run, among those that are compared.
package struct PairedSide: Sendable {
  /// `A`.
  package var letter: String
  package var name: String
  /// Where it was read.
  package var place: String
  /// One a seed.
  package var runs: [ReckonedRun]

  package init(letter: String, name: String, place: String, runs: [ReckonedRun]) {
    self.letter = letter
    self.name = name
    self.place = place
    self.runs = runs
  }

  package var seeds: [UInt64] { runs.map(\.metrics.seed) }
  var currency: String { runs.first?.bill?.plan.currency ?? "" }

  /// Whether each seed gave another run.
  var isRandom: Bool { Set(runs.map(\.metrics.outcomeHash)).count > 1 }

  /// Objectives over all seeds.
  package var verdicts: [JudgedObjective] { runs.verdicts }
}

extension [ReckonedRun] {
  /// The objectives of runs that differ in their seeds, over all of them.
  package var verdicts: [JudgedObjective] {
    guard let first else { return [] }
    return first.metrics.verdicts.map { objective in
      JudgedObjective(
        over: compactMap { run in
          run.metrics.verdicts.first { $0.objective == objective.objective }
        }, else: objective)
    }
  }
}
