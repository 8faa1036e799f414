/// Reads a regular expression.
struct PatternParser {
  private static let deepest = 64
  private static let mostRepeats = 10_000

  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  /// Letters stand for both cases.
  private var ignoresCase = false

  /// Spends what a pattern of its length costs.
  static func parse(
    _ text: String, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Pattern {
    try budget.spend(1 + text.utf8.count / 4)
    return try parse(text)
  }

  static func parse(_ text: String) throws(SchemaError) -> Pattern {
    var parser = PatternParser(scalars: Array(text.unicodeScalars))
    let pattern = try parser.choice()
    guard parser.at == parser.scalars.count else {
      throw parser.problem("a ')' that closes nothing")
    }
    return pattern
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard at + wanted.count <= scalars.count, scalars[at..<at + wanted.count].elementsEqual(wanted)
    else { return false }
    at += wanted.count
    return true
  }

  private func problem(_ what: String) -> SchemaError {
    .wrong("has a pattern with \(what) at character \(at + 1)")
  }

  private mutating func choice() throws(SchemaError) -> Pattern {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw problem("more than \(Self.deepest) nested groups") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(SchemaError) -> Pattern {
    var parts: [Pattern] = []
    while let next, next != "|", next != ")" { parts.append(try quantified()) }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func quantified() throws(SchemaError) -> Pattern {
    var pattern = try atom()
    while let (least, most) = try quantifier() {
      pattern = .repeated(pattern, least: least, most: most)
      // Greedy, reluctant and possessive ones take the same texts.
      if !take("?") { _ = take("+") }
    }
    return pattern
  }

  private mutating func quantifier() throws(SchemaError) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = at
    guard take("{") else { return nil }
    guard let least = number() else {
      // A brace that counts nothing stands for itself.
      at = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = next == "}" ? nil : number() }
    guard take("}") else { throw problem("a '{' that is not closed") }
    guard max(least, most ?? 0) <= Self.mostRepeats, most.map({ $0 >= least }) ?? true else {
      throw problem("a count that is not from 0 to \(Self.mostRepeats), rising")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next, ("0"..."9").contains(next), digits.count < 9 {
      digits.unicodeScalars.append(next)
      at += 1
    }
    return Int(digits)
  }

  private mutating func atom() throws(SchemaError) -> Pattern {
    guard let scalar = next else { throw problem("nothing where a character is expected") }
    switch scalar {
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "*", "+", "?": throw problem("a '\(scalar)' that repeats nothing")
    case "\\": return try escape()
    default: break
    }
    at += 1
    switch scalar {
    case "^": return .start
    case "$": return .end
    case ".": return .set(CharacterRanges.lineEnds.inverted)
    default: return .set(literal(scalar))
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> CharacterRanges {
    let cases = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
      .compactMap { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
    guard ignoresCase, !cases.isEmpty else { return CharacterRanges(scalar) }
    return CharacterRanges(cases.map { $0.value...$0.value })
  }

  private mutating func group() throws(SchemaError) -> Pattern {
    at += 1
    // For the rest of what it stands in.
    if take("?i)") {
      ignoresCase = true
      return .empty
    }
    let outside = ignoresCase
    defer { ignoresCase = outside }
    var lookahead: Bool?
    if take("?=") {
      lookahead = false
    } else if take("?!") {
      lookahead = true
    } else if take("?<=") || take("?<!") {
      throw problem("a look behind, which is not simulated,")
    } else if take("?<") || take("?P<") {
      while let next, next != ">", next != ")" { at += 1 }
      guard take(">") else { throw problem("a group's name that does not end") }
    } else if take("?i:") {
      ignoresCase = true
    } else if take("?"), !take(":") {
      throw problem("a kind of group that is not simulated")
    }
    let inner = try choice()
    guard take(")") else { throw problem("a '(' that is not closed") }
    return lookahead.map { .ahead(inner, isNegated: $0) } ?? inner
  }

  private mutating func escape() throws(SchemaError) -> Pattern {
    at += 1
    guard let scalar = next else { throw problem("a '\\' that escapes nothing") }
    switch scalar {
    case "b", "B":
      at += 1
      return .wordBoundary(scalar == "b")
    case "A":
      at += 1
      return .start
    case "Z", "z":
      at += 1
      return .end
    case "1"..."9", "k": throw problem("a reference back, which is not simulated,")
    default: return .set(try escapedSet())
    }
  }

  /// What stands after a backslash, in a class or outside.
  private mutating func escapedSet() throws(SchemaError) -> CharacterRanges {
    guard let scalar = next else { throw problem("a '\\' that escapes nothing") }
    at += 1
    switch scalar {
    case "d": return .digits
    case "D": return CharacterRanges.digits.inverted
    case "w": return .word
    case "W": return CharacterRanges.word.inverted
    case "s": return .space
    case "S": return CharacterRanges.space.inverted
    case "n": return CharacterRanges("\n")
    case "r": return CharacterRanges("\r")
    case "t": return CharacterRanges("\t")
    case "f": return CharacterRanges("\u{C}")
    case "v": return CharacterRanges("\u{B}")
    case "0": return CharacterRanges("\0")
    case "x": return try hexadecimal(digits: 2)
    case "u": return try hexadecimal(digits: 4)
    case "p", "P":
      let set = try property()
      return scalar == "P" ? set.inverted : set
    default:
      guard !scalar.properties.isAlphabetic else {
        throw problem("the unknown escape '\\\(scalar)'")
      }
      return CharacterRanges(scalar)
    }
  }

  private mutating func hexadecimal(digits count: Int) throws(SchemaError) -> CharacterRanges {
    let isBraced = take("{")
    let start = at
    while let next, next.properties.isASCIIHexDigit, isBraced ? at - start < 6 : at - start < count
    {
      at += 1
    }
    let digits = String(String.UnicodeScalarView(scalars[start..<at]))
    guard let value = UInt32(digits, radix: 16), isBraced ? take("}") : at - start == count,
      value <= 0x10FFFF
    else { throw problem("an escape that is no character") }
    return CharacterRanges([value...value])
  }

  private mutating func property() throws(SchemaError) -> CharacterRanges {
    guard take("{") else {
      // One letter may do without braces.
      guard let letter = next, let categories = Categories.named(String(letter)) else {
        throw problem("a '\\p' without a property")
      }
      at += 1
      return CharacterRanges([], categories: categories)
    }
    let start = at
    while let next, next != "}" { at += 1 }
    let name = String(String.UnicodeScalarView(scalars[start..<at]))
    guard take("}") else { throw problem("a '\\p' that does not end") }
    if name == "White_Space" { return .space }
    guard let categories = Categories.named(name) else {
      throw problem("the property '\(name)', which is not simulated,")
    }
    return CharacterRanges([], categories: categories)
  }

  private mutating func characterClass() throws(SchemaError) -> CharacterRanges {
    at += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var categories: UInt32 = 0
    while let scalar = next, scalar != "]" {
      let low = try classMember()
      guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]", let first = low.single
      else {
        guard low.excluded.isEmpty else { throw problem("a class that is not simulated,") }
        ranges += low.ranges
        categories |= low.categories
        continue
      }
      at += 1
      guard let last = try classMember().single, last >= first else {
        throw problem("a range that does not rise")
      }
      ranges.append(first...last)
    }
    guard take("]") else { throw problem("a '[' that is not closed") }
    let set = CharacterRanges(ranges, categories: categories)
    return isNegated ? set.inverted : set
  }

  private mutating func classMember() throws(SchemaError) -> CharacterRanges {
    if take("\\") {
      if take("b") { return CharacterRanges("\u{8}") }
      return try escapedSet()
    }
    guard let scalar = next else { throw problem("a '[' that is not closed") }
    at += 1
    return CharacterRanges(scalar)
  }
}

extension CharacterRanges {
  /// The one scalar there is; nil: more or none.
  fileprivate var single: UInt32? {
    guard categories == 0, ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }
}
