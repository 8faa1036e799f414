import SimKernel

/// Makes texts in which a pattern is found.
struct PatternSampler {
  private static let attempts = 60

  private var random: RandomStream
  private var budget: SchemaBudget
  private var text: [Unicode.Scalar] = []
  /// How often something is repeated beyond its least, at most.
  private var extra = 0

  /// A text of a length among `lengths` in which `pattern` is found.
  static func sample(
    _ pattern: Pattern, lengths: ClosedRange<Int>, _ random: inout RandomStream,
    _ budget: inout SchemaBudget
  ) throws(SchemaError) -> String {
    var sampler = PatternSampler(random: random, budget: budget)
    defer {
      random = sampler.random
      budget = sampler.budget
    }
    for attempt in 0..<attempts {
      sampler.text.removeAll()
      // From few repeats to more than the length that is wanted.
      sampler.extra = attempt % 3 == 2 ? lengths.lowerBound + attempt : attempt % 5
      try sampler.append(pattern)
      let text = String(String.UnicodeScalarView(sampler.text))
      guard lengths.contains(sampler.text.count) else { continue }
      if try PatternMatcher.finds(pattern, in: text, &sampler.budget) { return text }
    }
    throw .deadEnd("has a pattern for which no text was found")
  }

  private init(random: RandomStream, budget: SchemaBudget) {
    self.random = random
    self.budget = budget
  }

  private mutating func append(_ pattern: Pattern) throws(SchemaError) {
    try budget.spend()
    switch pattern {
    case .empty, .start, .end, .wordBoundary, .ahead: break
    case .set(let set): try append(set)
    case .sequence(let parts): for part in parts { try append(part) }
    case .choice(let branches): try append(branches[random.integer(below: branches.count)])
    case .repeated(let inner, let least, let most):
      let room = most.map { min($0 - least, extra) } ?? extra
      let count = least + (room > 0 ? random.integer(below: room + 1) : 0)
      for _ in 0..<count { try append(inner) }
    }
  }

  private mutating func append(_ set: CharacterRanges) throws(SchemaError) {
    guard text.count < SchemaBudget.size else { throw .deadEnd("asks for a very long text") }
    try budget.spend(1 + set.ranges.count)
    // Letters and digits before whatever else there is.
    let first = random.integer(below: Self.familiar.count)
    for place in Self.familiar.indices {
      let familiar = Self.familiar[(first + place) % Self.familiar.count]
      if set.has(familiar.value) { return text.append(familiar) }
    }
    try budget.spend(16 * (1 + set.ranges.count))
    for other in Self.others where set.has(other.value) { return text.append(other) }
    for range in set.ranges {
      for value in range.lowerBound...min(range.upperBound, range.lowerBound + 4096) {
        if value != 0x7F, value >= 0x20 || range.upperBound < 0x20,
          let scalar = Unicode.Scalar(value)
        {
          return text.append(scalar)
        }
      }
    }
    throw .deadEnd("has a pattern with a class of no characters")
  }

  private static let familiar: [Unicode.Scalar] = Array(
    "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789".unicodeScalars)

  /// One of most categories.
  private static let others: [Unicode.Scalar] = Array(
    " _-.,!:()\u{AB}\u{BB}+$^\u{A9}\u{4E2D}\u{2B0}\u{1C5}\u{301}\u{2160}\u{BD}\n\t".unicodeScalars)
}
