/// Helps a user who has misspelt a name.
enum Spelling {
  /// What to say where columns are missing.
  static func missing(
    _ missing: [String], found: [String], kind: String, required: [String]
  ) -> String {
    var text = "no column \(missing.joined(separator: ", "))"
    let guesses = missing.compactMap { name in
      nearest(to: name, among: found).map { "\(name) by \(excerpt($0))" }
    }
    if !guesses.isEmpty { text += "; did you mean \(guesses.joined(separator: ", "))?" }
    text += "; found are \(found.prefix(30).joined(separator: ", "))"
    return text + "; \(kind) needs \(required.joined(separator: ", "))"
  }

  /// The candidate with the fewest edits, when there are few for the name's length; case and
  /// underscores do not count.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    let folded = fold(name)
    var best: (edits: Int, candidate: String)?
    for candidate in candidates {
      let edits = distance(folded, fold(candidate))
      if edits < best?.edits ?? (folded.count / 3 + 1) { best = (edits, candidate) }
    }
    return best?.candidate
  }

  private static func fold(_ name: String) -> [Character] {
    name.lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }
  }

  /// Levenshtein's distance, row by row.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let substituted = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
