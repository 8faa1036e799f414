import ServingSim
import TextAndBytes

/// Comparisons for a terminal: at most 80 columns, what it comes to first.
package enum PairedText {
  /// `said` is what a reader has to know of the runs, before any figure.
  package static func render(
    _ sides: [PairedSide], _ comparisons: [PairedComparison], said: [String]
  ) -> String {
    let parts =
      [legend(sides), said.flatMap(paragraph)] + comparisons.flatMap(section) + [notes(comparisons)]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  private static func paragraph(_ text: String) -> [String] {
    TextLayout.wrap(text, width: TextLayout.width)
  }

  private static func legend(_ sides: [PairedSide]) -> [String] {
    sides.flatMap { side in
      TextLayout.row([
        (side.letter, 1), ("\(side.name) (\(side.place))", TextLayout.width - 3),
      ])
    }
  }

  private static func section(_ comparison: PairedComparison) -> [[String]] {
    let answer = PairedAnswer(comparison).sentences.flatMap(paragraph)
    return [answer, objectives(comparison), table(comparison)]
  }

  /// Each figure that is not 0 on both sides, under the heading of its section.
  private static func table(_ comparison: PairedComparison) -> [String] {
    let (a, b) = (comparison.a.letter, comparison.b.letter)
    var table = TextTable(header: ["", a, b, "\(b) - \(a)", "90 % interval", "\(b)/\(a)", ""])
    let rows = comparison.rows.filter { $0.difference.a != 0 || $0.difference.b != 0 }
    for row in rows { table.add(PairedCells(row, currency: comparison.a.currency).cells) }
    return table.lines(under: rows.map(\.figure.section))
  }

  /// The verdicts on what either of them is held to, side by side.
  private static func objectives(_ comparison: PairedComparison) -> [String] {
    let sides = [comparison.a, comparison.b]
    let verdicts = sides.map(\.verdicts)
    var objectives = verdicts.flatMap { $0 }.map(\.objective)
    guard !objectives.isEmpty else { return [] }
    objectives = objectives.enumerated().filter { index, objective in
      objectives.firstIndex(of: objective) == index
    }.map(\.element)
    var table = TextTable(
      header: ["Objective", "limit"] + sides.flatMap { [$0.letter, "verdict"] })
    for objective in objectives {
      let found = verdicts.map { $0.first { $0.objective == objective } }
      guard let any = found.compactMap({ $0 }).first else { continue }
      let group = objective.group.map { "\($0.name): " } ?? ""
      table.add(
        [group + objective.name, ObjectiveText(any).limit]
          + found.flatMap { judged in
            judged.map { [ObjectiveText($0).value, $0.verdict.shortWords] } ?? ["-", "not stated"]
          })
    }
    return table.lines(width: TextLayout.width)
  }

  private static func notes(_ comparisons: [PairedComparison]) -> [String] {
    var notes: [String] = []
    let rows = comparisons.flatMap(\.rows)
    if rows.contains(where: { $0.difference.difference.interval != nil }) {
      notes.append(
        "90 % interval: of the mean difference, over seeds that both had (Student's t). *: it leaves "
          + "0 out. What predictions are off by is not in it.")
    }
    if rows.contains(where: \.figure.isMoney) {
      notes.append("Costs and embodied CO2e are the high ends of their ranges.")
    }
    if comparisons.contains(where: { !($0.a.verdicts + $0.b.verdicts).isEmpty }) {
      notes.append(
        "Verdicts take the errors to expect and every seed: one seed on the other side leaves them "
          + "open.")
    }
    return notes.flatMap(paragraph)
  }
}
