import TextAndBytes

/// A column's name taken apart, so that `Prompt Tokens`, `promptTokens` and `prompt_tokens` are one.
struct ColumnName {
  /// Its words without case, joined; the unit that it ends in left out.
  let base: String
  /// The same with the unit.
  let whole: String
  /// The last part of a path, `prompt_tokens` of `usage.prompt_tokens`; nil where it is no path.
  let leaf: String?
  let unit: TimeUnit?

  /// Longer names mean nothing that is known here.
  static let longest = 64

  /// nil for a name that is too long to mean anything.
  init?(_ name: String) {
    guard name.utf8.count <= Self.longest else { return nil }
    var words = Self.words(name)
    whole = words.joined()
    leaf = name.lastIndex(of: ".").map {
      Self.words(String(name[name.index(after: $0)...])).joined()
    }
    unit = words.count > 1 ? words.last.flatMap { TimeUnit.named($0) } : nil
    if unit != nil { words.removeLast() }
    // They say how times are written, which their values say, too.
    while words.count > 1, let last = words.last, Self.spellings.contains(last) {
      words.removeLast()
    }
    base = words.joined()
  }

  private static let spellings: Set<String> = ["utc", "gmt", "unix", "epoch", "iso", "iso8601"]

  /// Letters and digits in lower case, split where something else stands, and before a capital that
  /// follows a small letter.
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasSmall = false
    for character in name {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if character.isUppercase, wasSmall, !word.isEmpty {
        words.append(word)
        word = ""
      }
      wasSmall = character.isLowercase
      word += character.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
