import Charts
import Report
import TextAndBytes

/// What `kavier recommend` prints, within 80 columns.
package enum RecommendationText {
  package static func render(_ answer: Recommendation, _ question: Question) -> String {
    let plans = table(answer)
    let lines =
      head(answer, question) + (plans.isEmpty ? [] : [""] + plans)
      + table(changesTable(answer, question))
      + table(gridsTable(answer, question)) + prices(answer) + others(answer)
      + ["", effort(answer, question)]
    return TextLayout.fit(lines).joined(separator: "\n") + "\n"
  }

  // MARK: answer

  static func head(_ answer: Recommendation, _ question: Question) -> [String] {
    guard let cheapest = answer.cheapest?.figures, let name = answer.cheapest?.candidate.name else {
      return ["None of the \(question.candidates.count) plans meets the objectives."]
    }
    var lines = ["Cheapest: \(fleet(name, cheapest)), \(cost(cheapest))."]
    for (word, plan) in [("Greenest", answer.greenest), ("Fastest", answer.fastest)] {
      guard let plan, let figures = plan.figures else { continue }
      if plan.candidate.name == name {
        lines.append("\(word): the same.")
      } else {
        lines.append("\(word): \(fleet(plan.candidate.name, figures)), \(cost(figures)).")
      }
    }
    lines.append(sureness(answer, question))
    return lines + binding(cheapest)
  }

  /// `8 replicas of h100-sxm x 2, 16 accelerators`.
  static func fleet(_ name: String, _ figures: PlanFigures) -> String {
    "\(figures.replicas) replica\(figures.replicas == 1 ? "" : "s") of \(name)"
      + " (\(figures.accelerators) accelerator\(figures.accelerators == 1 ? "" : "s"))"
  }

  static func cost(_ figures: PlanFigures) -> String {
    guard let cost = figures.cost else { return "no price known" }
    return "\(range(cost)) \(figures.currency) an hour"
  }

  static func range(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (number(range.lowerBound), number(range.upperBound))
    return low == high ? low : "\(low) to \(high)"
  }

  private static func number(_ x: Double) -> String { Figures.significant(x, digits: 4) }

  private static func sureness(_ answer: Recommendation, _ question: Question) -> String {
    guard let plan = answer.cheapest?.figures else { return "" }
    if question.confidence == .sure {
      return "Nine of ten measurements would meet all objectives, by the errors to expect."
    }
    let evidence = "Its steps rest on: \(plan.evidence)."
    return
      "As predicted, which a measurement may miss: --confidence sure asks for more. \(evidence)"
  }

  private static func binding(_ figures: PlanFigures) -> [String] {
    guard let binding = figures.trial.service.binding else { return [] }
    let cells = ObjectiveTable.cells(binding)
    return ["What binds the cheapest: \(binding.name), \(cells[1]) of \(cells[2])."]
  }

  // MARK: tables

  private static func table(_ answer: Recommendation) -> [String] {
    guard let data = plansTable(answer) else { return [] }
    return table(data).dropFirst()
      + ["* no other plan is as good in cost, carbon and latency together."]
  }

  static func plansTable(_ answer: Recommendation) -> DataTable? {
    let holding = answer.holding
    guard let first = holding.first?.figures else { return nil }
    let front = Set(answer.front.map(\.candidate.name))
    let money = first.currency.isEmpty ? "price" : first.currency
    return DataTable(
      header: [
        "Plan", "replicas", "\(money)/h", "gCO2e/req", "TTFT p95", "TPOT p95", "E2E p50", "",
      ],
      rows: holding.compactMap { plan in
        plan.figures.map { figures in
          [
            plan.candidate.name, "\(figures.replicas)", figures.cost.map(range) ?? "-",
            figures.carbon.map { Figures.significant($0, digits: 3) } ?? "-",
            TimeUnit.text(figures.timeToFirstToken95),
            figures.timePerOutputToken95.map(TimeUnit.text) ?? "-",
            TimeUnit.text(figures.endToEnd), front.contains(plan.candidate.name) ? "*" : "",
          ]
        }
      })
  }

  /// By how much the accelerator of the cheapest plan may get dearer.
  private static func prices(_ answer: Recommendation) -> [String] {
    guard let rival = answer.rival, let cheapest = answer.cheapest?.figures,
      let figures = rival.figures
    else { return [] }
    let margin = Figures.percent(figures.price / cheapest.price - 1)
    let isPriced = cheapest.cost != nil && figures.cost != nil
    guard isPriced else { return [] }
    return [
      "",
      "At the middle of each range of prices it stays cheapest until its own rises by \(margin) %; "
        + "then it is \(rival.candidate.name)." + ends(answer),
    ]
  }

  /// Which plan is cheapest at the ends of the ranges, where that is another one.
  private static func ends(_ answer: Recommendation) -> String {
    let ends: [(String, (ClosedRange<Double>) -> Double)] = [
      ("least", { $0.lowerBound }), ("most", { $0.upperBound }),
    ]
    return ends.map { word, end in
      let priced = answer.holding.compactMap { plan in
        plan.figures?.cost.map { (plan: plan, cost: end($0)) }
      }
      guard let best = priced.min(by: { $0.cost < $1.cost })?.plan,
        best.candidate.accelerator != answer.cheapest?.candidate.accelerator
      else { return "" }
      return " At the \(word) of the prices it is \(best.candidate.name)."
    }.joined()
  }

  private static func others(_ answer: Recommendation) -> [String] {
    let out = answer.plans.filter { $0.figures == nil }
    guard !out.isEmpty else { return [] }
    return ["", "Left out:"] + out.map { "  \($0.candidate.name): \(reason($0.fate))" }
  }

  /// What more load and longer prompts take.
  static func changesTable(_ answer: Recommendation, _ question: Question) -> DataTable? {
    let changed = answer.holding.filter { !$0.changed.isEmpty }
    guard !changed.isEmpty else { return nil }
    return DataTable(
      header: ["Replicas with", "now"] + names(of: question.changes),
      rows: changed.map { plan in
        [plan.candidate.name, plan.figures.map { "\($0.replicas)" } ?? "-"]
          + plan.changed.map { $0.map { "\($0)" } ?? "-" }
      })
  }

  /// `load x 1.5`.
  static func names(of changes: [Question.Change]) -> [String] {
    changes.map { change in
      change.load != 1
        ? "load x \(CapacityText.plain(change.load))"
        : "prompts x \(CapacityText.plain(change.prompts))"
    }
  }

  static func gridsTable(_ answer: Recommendation, _ question: Question) -> DataTable? {
    let told = answer.holding.filter { !$0.carbonOfGrids.isEmpty }
    guard !told.isEmpty else { return nil }
    return DataTable(
      header: ["gCO2e a request in"] + question.grids,
      rows: told.map { plan in
        [plan.candidate.name]
          + plan.carbonOfGrids.map { $0.map { Figures.significant($0, digits: 3) } ?? "-" }
      })
  }

  /// After an empty line; nothing for nil.
  private static func table(_ data: DataTable?) -> [String] {
    guard let data else { return [] }
    var table = TextTable(header: data.header)
    for row in data.rows { table.add(row) }
    return [""] + table.lines(width: TextLayout.width)
  }

  /// `too slow with nobody else there: TTFT p95 612 ms of 500 ms`.
  static func reason(_ fate: Recommended.Fate) -> String {
    switch fate {
    case .refused(let message): Refusal.short(message)
    case .tooSlow(let words): "too slow with nobody else there: \(words)"
    case .unsure(let words): "not sure with nobody else there: \(words)"
    case .tooLarge: "needs more accelerators than are allowed"
    case .tooDear(let words): "beyond a ceiling: \(words)"
    case .worse(let other, let figures):
      "beaten by \(other) in all (\(figures.replicas) replicas, by a short run)"
    case .holds: ""
    }
  }

  private static func effort(_ answer: Recommendation, _ question: Question) -> String {
    "\(question.candidates.count) plans looked at with \(Figures.count(answer.requests)) requests."
  }
}

extension Recommendation {
  /// The next cheapest plan on another accelerator.
  package var rival: Recommended? {
    guard let cheapest else { return nil }
    return holding.first { $0.candidate.accelerator != cheapest.candidate.accelerator }
  }
}
