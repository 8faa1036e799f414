/// Guesses what a misspelt name was meant to be.
package enum Spelling {
  /// More names than these are a list, not a guess.
  package static let mostGuesses = 5

  /// What `word` may have been meant to be, the likeliest first, at most `mostGuesses`: names that
  /// begin with it (`H100`: `h100-sxm`), else the one that is a few letters off, else names that
  /// have it in them (`70B`), else those with which it shares a whole word (`prefix_aware`:
  /// `prefix_affinity`).
  package static func guesses(for word: String, of known: [String]) -> [String] {
    let wanted = pieces(of: word)
    guard !wanted.isEmpty else { return [] }
    let candidates = known.map { ($0, pieces(of: $0)) }
    func those(_ isMeant: ([String]) -> Bool) -> [String] {
      Array(candidates.filter { isMeant($0.1) }.map(\.0).prefix(mostGuesses))
    }
    let beginning = those { $0.starts(with: wanted) }
    if !beginning.isEmpty { return beginning }
    if let nearest = nearest(to: word, of: known) { return [nearest] }
    let within = those { $0.contains(inARow: wanted) }
    if !within.isEmpty { return within }
    let long = Set(wanted.filter { $0.count >= 4 })
    return those { !long.isDisjoint(with: $0) }
  }

  /// The nearest of `known` (the first of equals); nil when none is near.
  package static func nearest(to word: String, of known: [String]) -> String? {
    guard let (index, distance) = ranked(word, known).first,
      distance <= max(1, fold(word).count / 3)
    else { return nil }
    return known[index]
  }

  /// The index of the nearest of `known` (the first of equals), however far; nil when it is empty.
  package static func closest(to word: String, of known: [String]) -> Int? {
    ranked(word, known).first?.index
  }

  /// Nobody means a longer word, or looks for it among more: a file of one line may have a million.
  private static let longest = 64
  private static let mostKnown = 500

  private static func ranked(_ word: String, _ known: [String]) -> [(index: Int, distance: Int)] {
    guard word.utf8.count <= longest else { return [] }
    let plain = fold(word)
    return known.prefix(mostKnown).enumerated()
      .filter { $0.element.utf8.count <= longest }
      .map { ($0.offset, distance(plain, fold($0.element))) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  }

  /// `; did you mean "x" or "y"?`, or nothing.
  package static func hint(for word: String, of known: [String]) -> String {
    hint(guesses(for: word, of: known))
  }

  /// `; did you mean "x", "y" or "z"?`, or nothing for none.
  package static func hint(_ guesses: [String]) -> String {
    let quoted = guesses.map { "\"\($0)\"" }
    guard let last = quoted.last else { return "" }
    let words =
      quoted.count == 1 ? last : quoted.dropLast().joined(separator: ", ") + " or " + last
    return "; did you mean \(words)?"
  }

  /// `a, b, c`, or of more than `most` names the first ones and how many more there are.
  package static func list(_ names: [String], most: Int = 30) -> String {
    let first = names.prefix(most).joined(separator: ", ")
    return names.count > most + 1
      ? "\(first) and \(names.count - most) more"
      : names.joined(separator: ", ")
  }

  /// What to say where columns are missing.
  static func missing(
    _ missing: [String], found: [String], kind: String, required: [String]
  ) -> String {
    var text = "no column \(missing.joined(separator: ", "))"
    let guesses = missing.compactMap { name in
      nearest(to: name, of: found).map { "\(name) by \(excerpt($0))" }
    }
    if !guesses.isEmpty { text += "; did you mean \(guesses.joined(separator: ", "))?" }
    text += "; found are \(quoted(found))"
    return text + "; \(kind) needs \(required.joined(separator: ", "))"
  }

  /// Names in quotes where they need them, the first of many, each cut where it is long.
  package static func quoted(_ names: [String], of count: Int? = nil) -> String {
    let shown = names.prefix(12).map { name in
      let isPlain =
        name.utf8.count <= 40 && !name.isEmpty
        && name.utf8.allSatisfy { $0 > 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }
      return isPlain ? name : excerpt(name)
    }
    let more = (count ?? names.count) - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// Case, `-`, `_` and space (`--max-num-seqs`) count for nothing.
  package static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// Runs of letters and runs of digits, in small letters: `llama`, `3`, `1`, `8`, `b`.
  private static func pieces(of word: String) -> [String] {
    var pieces: [String] = []
    var last: Character = " "
    for character in word.lowercased() {
      defer { last = character }
      guard character.isLetter || character.isNumber else { continue }
      let goesOn = (last.isLetter && character.isLetter) || (last.isNumber && character.isNumber)
      if goesOn, !pieces.isEmpty {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j], last[j + 1]) + 1
        best = min(best, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, before[j - 1] + 1)
        }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}

extension [String] {
  /// Whether all of `others` stand in it one after the other.
  fileprivate func contains(inARow others: [String]) -> Bool {
    guard count >= others.count else { return false }
    return (0...(count - others.count)).contains { dropFirst($0).starts(with: others) }
  }
}

/// The text in quotes, cut where it is long.
package func excerpt(_ text: String) -> String {
  let limit = 40
  guard text.count > limit else { return text.debugDescription }
  return String(text.prefix(limit)).debugDescription + "..."
}
