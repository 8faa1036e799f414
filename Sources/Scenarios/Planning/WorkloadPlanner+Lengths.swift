import ServingModel
import TextAndBytes

extension WorkloadPlanner {
  /// Whose lengths a section states.
  enum Side {
    case prompt
    case output
  }

  /// The law that a section states, with the catalogue's quantiles for a table's name.
  func lengths(_ section: LengthsSection, _ side: Side, lines: inout PlanLines) -> TokenLengths? {
    lines.written(section.node, section.path)
    switch section.law {
    case .stated(let law):
      return TokenLengths(law, min: section.least, max: section.most)
    case .table(let name):
      guard let table = LengthTables.named(name.value) else {
        let known = LengthTables.all.map(\.id)
        let hint = Spelling.hint(for: name.value, of: known)
        issues.add(
          name.origin, name.path,
          "no table \"\(name.value)\"; known: \(known.joined(separator: ", "))\(hint)")
        return nil
      }
      var lengths = side == .prompt ? table.promptTokens : table.outputTokens
      lengths.min = section.least ?? lengths.min
      lengths.max = section.most ?? lengths.max
      return lengths
    }
  }
}
