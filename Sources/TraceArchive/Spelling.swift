/// Guesses what a misspelt name was meant to be.
package enum Spelling {
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

  /// `; did you mean "x"?`, or nothing.
  package static func hint(for word: String, of known: [String]) -> String {
    nearest(to: word, of: known).map { "; did you mean \"\($0)\"?" } ?? ""
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
    text += "; found are \(list(found))"
    return text + "; \(kind) needs \(required.joined(separator: ", "))"
  }

  /// Names in quotes where they need them, the first of many, each cut where it is long.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { name in
      let isPlain =
        name.utf8.count <= 40 && !name.isEmpty
        && name.utf8.allSatisfy { $0 > 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }
      return isPlain ? name : excerpt(name)
    }
    let more = names.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// Case, `-`, `_` and space (`--max-num-seqs`) count for nothing.
  private static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
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
