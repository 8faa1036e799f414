/// A regular expression of ECMA 262, as far as JSON schemas and guided decoding use them: no
/// references back.
indirect enum Pattern: Hashable, Sendable {
  case empty
  case set(CharacterRanges)
  case sequence([Pattern])
  case choice([Pattern])
  /// `most` nil: without a bound.
  case repeated(Pattern, least: Int, most: Int?)
  case start
  case end
  case wordBoundary(Bool)
  /// What has to follow (or, `isNegated`, must not), without being taken.
  case ahead(Pattern, isNegated: Bool)
}

/// Unicode scalars, by ranges and by general categories.
struct CharacterRanges: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>]
  /// A bit for each of `Categories`.
  var categories: UInt32 = 0

  init(_ ranges: [ClosedRange<UInt32>], categories: UInt32 = 0) {
    self.ranges = ranges
    self.categories = categories
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  static let digits = CharacterRanges([0x30...0x39])
  static let word = CharacterRanges([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = CharacterRanges([
    0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A,
    0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
  ])
  static let lineEnds = CharacterRanges([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

  func contains(_ value: UInt32) -> Bool {
    if ranges.contains(where: { $0.contains(value) }) { return true }
    guard categories != 0, let scalar = Unicode.Scalar(value) else { return false }
    return categories & Categories.bit(of: scalar) != 0
  }

  /// All other scalars.
  var inverted: CharacterRanges {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    // Of a scalar that is in a range as well as in a category neither complement alone tells: see
    // `excluded`.
    guard categories != 0 else { return CharacterRanges(result) }
    guard !ranges.isEmpty else {
      return CharacterRanges([], categories: ~categories & Categories.all)
    }
    var all = CharacterRanges([], categories: ~categories & Categories.all)
    all.excluded = ranges
    return all
  }

  /// Not among them, whatever their category.
  var excluded: [ClosedRange<UInt32>] = []

  func has(_ value: UInt32) -> Bool {
    contains(value) && !excluded.contains { $0.contains(value) }
  }
}

/// Unicode's general categories by the names of their properties.
enum Categories {
  private static let list: [(name: String, category: Unicode.GeneralCategory)] = [
    ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
    ("Lm", .modifierLetter), ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark),
    ("Me", .enclosingMark), ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber),
    ("Pc", .connectorPunctuation), ("Pd", .dashPunctuation), ("Ps", .openPunctuation),
    ("Pe", .closePunctuation), ("Pi", .initialPunctuation), ("Pf", .finalPunctuation),
    ("Po", .otherPunctuation), ("Sm", .mathSymbol), ("Sc", .currencySymbol),
    ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator),
    ("Zl", .lineSeparator), ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format),
    ("Cs", .surrogate), ("Co", .privateUse), ("Cn", .unassigned),
  ]

  static let all: UInt32 = 1 << UInt32(list.count) - 1

  private static let bits: [Unicode.GeneralCategory: UInt32] = Dictionary(
    uniqueKeysWithValues: list.enumerated().map { ($1.category, 1 << UInt32($0)) })

  static func bit(of scalar: Unicode.Scalar) -> UInt32 {
    bits[scalar.properties.generalCategory] ?? 0
  }

  /// Those of a property such as `L` or `Lu`; nil: there is none of this name.
  static func named(_ name: String) -> UInt32? {
    let short = ["Letter": "L", "Alphabetic": "L", "Number": "N", "Punctuation": "P"][name] ?? name
    let bits = list.filter { $0.name.hasPrefix(short) }.map { Self.bits[$0.category] ?? 0 }
    return bits.isEmpty || short.isEmpty ? nil : bits.reduce(0, |)
  }
}
