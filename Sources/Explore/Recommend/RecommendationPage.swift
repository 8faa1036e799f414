import Charts
import Report

/// The answer as a page of its own: in words, as pictures, and as their numbers.
package enum RecommendationPage {
  package static func render(_ answer: Recommendation, _ question: Question) -> String {
    let note = RecommendationText.head(answer, question).joined(separator: " ")
    let pictures: [(name: String, chart: Chart?)] = [
      ("front", scatter(answer)), ("latency", latency(answer)), ("cost", costs(answer)),
    ]
    let out = answer.plans.filter { $0.figures == nil }.map {
      [$0.candidate.name, RecommendationText.reason($0.fate)]
    }
    let tables: [PicturePage.Part?] = [
      RecommendationText.changesTable(answer, question).map {
        .table("If load or prompts grow", $0, caption: "Replicas that short runs found")
      },
      RecommendationText.gridsTable(answer, question).map {
        .table("In other grids", $0, caption: "Grams of CO2e for a request")
      },
      out.isEmpty
        ? nil
        : .table(
          "Left out", DataTable(header: ["Plan", "Why"], rows: out), caption: "Plans and reasons"),
    ]
    return PicturePage.render(
      title: "Which plan?", note: note,
      parts: plans(answer, question)
        + tables.compactMap { $0 } + [
          .pictures(
            "Pictures",
            pictures.compactMap { picture in picture.chart.map { (picture.name, $0) } })
        ], style: PageControls.style, script: RecommendationControls.script)
  }

  private static func plans(
    _ answer: Recommendation, _ question: Question
  ) -> [PicturePage.Part] {
    guard var table = RecommendationText.plansTable(answer) else { return [] }
    // A page has room for words.
    let last = table.header.count - 1
    table.header[last] = "on the front"
    for row in table.rows.indices {
      table.rows[row][last] = table.rows[row][last].isEmpty ? "no" : "yes"
    }
    return [
      PicturePage.Part(
        "Plans that meet the objectives",
        content: RecommendationControls(answer, question).html(table))
    ]
  }

  private static func known(_ answer: Recommendation) -> [(name: String, figures: PlanFigures)] {
    answer.holding.compactMap { plan in plan.figures.map { (plan.candidate.name, $0) } }
  }

  private static func priceAxis(_ answer: Recommendation) -> Axis {
    let currency = known(answer).first?.figures.currency ?? ""
    return known(answer).contains { $0.figures.cost != nil }
      ? Axis("Cost an hour", unit: currency, includes: [0])
      : Axis("Accelerators", unit: "", includes: [0])
  }

  /// Cost against carbon.
  private static func scatter(_ answer: Recommendation) -> Chart? {
    chart(
      answer, title: "Cost and carbon",
      summary: "Each plan that meets the objectives, with as few replicas as it can. Plans to the "
        + "lower left are better; on the front are those that no other beats in cost, carbon and "
        + "latency together.",
      Axis("CO2e a request", unit: "g", includes: [0])
    ) { $0.carbon }
  }

  private static func latency(_ answer: Recommendation) -> Chart? {
    chart(
      answer, title: "Cost and latency",
      summary:
        "Median time from a request's arrival to its last token, against what the fleet costs.",
      Axis("E2E p50", unit: "s", includes: [0])
    ) { $0.endToEnd }
  }

  private static func chart(
    _ answer: Recommendation, title: String, summary: String, _ y: Axis,
    _ value: (PlanFigures) -> Double?
  ) -> Chart? {
    let front = Set(answer.front.map(\.candidate.name))
    let all = known(answer).compactMap { plan in
      value(plan.figures).map { (name: plan.name, point: Point(plan.figures.price, $0)) }
    }
    guard !all.isEmpty else { return nil }
    let best = all.filter { front.contains($0.name) }
    let others = all.filter { !front.contains($0.name) }
    var layers: [Chart.Layer] = [.dots(Dots("on the front", points: best.map(\.point), series: 0))]
    if !others.isEmpty {
      layers.append(.dots(Dots("beaten by another", points: others.map(\.point), series: 1)))
    }
    layers.append(
      .callouts(
        all.map { plan in
          Callout(plan.point, text: plan.name, series: front.contains(plan.name) ? 0 : 1)
        }))
    let x = priceAxis(answer)
    return Chart(
      title: title, summary: summary, x: x, y: y, layers: layers,
      table: DataTable(
        header: ["Plan", x.title, y.title, "Front"],
        rows: all.map { plan in
          [
            plan.name, Figures.significant(plan.point.x, digits: 4),
            Figures.significant(plan.point.y, digits: 4), front.contains(plan.name) ? "yes" : "no",
          ]
        }))
  }

  private static func costs(_ answer: Recommendation) -> Chart? {
    let all = known(answer).filter { $0.figures.cost != nil }
    guard !all.isEmpty else { return nil }
    let currency = all[0].figures.currency
    let ranges = all.compactMap(\.figures.cost)
    return Chart(
      title: "What the fleets cost",
      summary: "From the least of the prices found to the most. A thin line goes on to the most.",
      x: Axis("Cost an hour", unit: currency, includes: [0]),
      y: Axis("", unit: "", scale: .categories(all.map(\.name))),
      layers: [
        .bars(
          Bars(
            "cost", values: ranges.map(\.lowerBound), most: ranges.map(\.upperBound),
            labels: all.map { "\($0.figures.replicas) replicas" }, series: 0))
      ],
      table: DataTable(
        header: [
          "Plan", "Replicas", "Accelerators", "Least (\(currency)/h)", "Most (\(currency)/h)",
        ],
        rows: zip(all, ranges).map { plan, range in
          [
            plan.name, "\(plan.figures.replicas)", "\(plan.figures.accelerators)",
            Figures.significant(range.lowerBound, digits: 4),
            Figures.significant(range.upperBound, digits: 4),
          ]
        }))
  }
}
