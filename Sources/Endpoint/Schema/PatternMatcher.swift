/// Tells whether a pattern is found in a text, by all places it may lead to at once: in time that
/// is bounded by the pattern's size and the text's, whatever the pattern.
struct PatternMatcher {
  private let text: [UInt32]

  /// Whether `pattern` is found somewhere in `text`, as JSON Schema has it.
  static func finds(
    _ pattern: Pattern, in text: String, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Bool {
    let matcher = PatternMatcher(text: text.unicodeScalars.map(\.value))
    let everywhere = Set(0...matcher.text.count)
    return try !matcher.ends(of: pattern, from: everywhere, &budget).isEmpty
  }

  private func ends(
    of pattern: Pattern, from starts: Set<Int>, _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Set<Int> {
    try budget.spend(1 + starts.count)
    guard !starts.isEmpty else { return starts }
    switch pattern {
    case .empty: return starts
    case .start: return starts.intersection([0])
    case .end: return starts.intersection([text.count])
    case .wordBoundary(let isAt): return starts.filter { isBoundary($0) == isAt }
    case .set(let set):
      return Set(starts.lazy.filter { $0 < text.count && set.has(text[$0]) }.map { $0 + 1 })
    case .sequence(let parts):
      var places = starts
      for part in parts { places = try ends(of: part, from: places, &budget) }
      return places
    case .choice(let branches):
      var places: Set<Int> = []
      for branch in branches { places.formUnion(try ends(of: branch, from: starts, &budget)) }
      return places
    case .repeated(let inner, let least, let most):
      return try repeats(of: inner, least, most, from: starts, &budget)
    case .ahead(let inner, let isNegated):
      var places: Set<Int> = []
      for start in starts
      where try ends(of: inner, from: [start], &budget).isEmpty == isNegated {
        places.insert(start)
      }
      return places
    }
  }

  private func repeats(
    of pattern: Pattern, _ least: Int, _ most: Int?, from starts: Set<Int>,
    _ budget: inout SchemaBudget
  ) throws(SchemaError) -> Set<Int> {
    var places = starts
    var result = least == 0 ? starts : []
    var count = 0
    while most.map({ count < $0 }) ?? true {
      let next = try ends(of: pattern, from: places, &budget)
      count += 1
      if next.isEmpty { return count <= least ? [] : result }
      if count >= least {
        let known = result.count
        result.formUnion(next)
        // Places that were there before lead nowhere new.
        if result.count == known { return result }
      } else if next == places {
        // Whatever is repeated takes nothing: it may be done as often as is wanted.
        return next
      }
      places = next
    }
    return result
  }

  private func isBoundary(_ place: Int) -> Bool {
    let before = place > 0 && CharacterRanges.word.contains(text[place - 1])
    let after = place < text.count && CharacterRanges.word.contains(text[place])
    return before != after
  }
}
