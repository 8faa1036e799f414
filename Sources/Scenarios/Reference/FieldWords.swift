/// A declaration in sentences.
extension FieldDeclaration {
  /// What may be written, whether it has to be, what holds without it, and what it means.
  func sentences(withUnits: Bool) -> String {
    let condition = absence.condition.isEmpty ? "" : " \(absence.condition)"
    let parts = [
      "\(withUnits ? written : writtenWithoutUnits).",
      absence.isRequired ? "Required\(condition)." : "",
      absence.usual.map { "Default: \($0)." } ?? "", meaning,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// As the message has it, unless a list of the words with their meanings follows.
  private var written: String {
    !words.isEmpty && choices.count == words.count ? "one of the words below" : expected
  }

  /// `a time with its unit, like 30 s, above 0`: without the list of units.
  private var writtenWithoutUnits: String {
    let expected = written
    guard let start = expected.firstRange(of: " (units: "),
      let end = expected[start.upperBound...].firstIndex(of: ")")
    else { return expected }
    return String(expected[..<start.lowerBound] + expected[expected.index(after: end)...])
  }
}
