/// A regular expression as a program, which finds what a tokenizer cuts a text at: of several branches
/// the first that fits, of repeats as many as fit.
struct TokenSplitter: Sendable {
  private enum Step: Sendable {
    case set(CharacterRanges, ascii: (UInt64, UInt64))
    /// As many of a set as there are; fewer if the rest does not fit.
    case loop(CharacterRanges, ascii: (UInt64, UInt64), least: Int, most: Int)
    case split(Int, Int)
    case jump(Int)
    case ahead(TokenSplitterBox, isNegated: Bool)
    case start
    case end
    case boundary(Bool)
    case accept
  }

  private static let mostSteps = 100_000
  /// Steps of one match: what takes more is taken for no match.
  private static let patience = 1_000_000

  private var steps: [Step] = []
  /// The pattern takes more steps than are kept.
  private(set) var isTooLong = false

  init(_ pattern: Pattern) {
    compile(pattern)
    steps.append(.accept)
  }

  private mutating func compile(_ pattern: Pattern) {
    guard steps.count < Self.mostSteps else {
      isTooLong = true
      return
    }
    switch pattern {
    case .empty: break
    case .set(let set): steps.append(.set(set, ascii: Self.ascii(set)))
    case .sequence(let parts): for part in parts { compile(part) }
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .wordBoundary(let isAt): steps.append(.boundary(isAt))
    case .ahead(let inner, let isNegated):
      steps.append(.ahead(TokenSplitterBox(TokenSplitter(inner)), isNegated: isNegated))
    case .choice(let branches): compile(branches[...])
    case .repeated(.set(let set), let least, let most):
      steps.append(.loop(set, ascii: Self.ascii(set), least: least, most: most ?? .max))
    case .repeated(let inner, let least, let most):
      for _ in 0..<least { compile(inner) }
      if let most {
        var splits: [Int] = []
        for _ in least..<most {
          splits.append(steps.count)
          steps.append(.accept)
          compile(inner)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
      } else {
        let split = steps.count
        steps.append(.accept)
        compile(inner)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
      }
    }
  }

  private mutating func compile(_ branches: ArraySlice<Pattern>) {
    guard let first = branches.first else { return }
    guard branches.count > 1 else { return compile(first) }
    let split = steps.count
    steps.append(.accept)
    compile(first)
    let jump = steps.count
    steps.append(.accept)
    steps[split] = .split(split + 1, steps.count)
    compile(branches.dropFirst())
    steps[jump] = .jump(steps.count)
  }

  private static func ascii(_ set: CharacterRanges) -> (UInt64, UInt64) {
    var bits: (UInt64, UInt64) = (0, 0)
    for value in 0..<128 as Range<UInt32> where set.has(value) {
      if value < 64 { bits.0 |= 1 << UInt64(value) } else { bits.1 |= 1 << UInt64(value - 64) }
    }
    return bits
  }

  private static func has(
    _ set: CharacterRanges, _ ascii: (UInt64, UInt64), _ value: UInt32
  ) -> Bool {
    if value < 64 { return ascii.0 >> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.1 >> UInt64(value - 64) & 1 == 1 }
    return set.has(value)
  }

  /// What is tried when the way at hand does not fit: a step, and places from `at` down to `low`.
  private struct Way {
    var step: Int
    var at: Int
    var low: Int
  }

  /// Where a match that begins at `start` ends; nil: none does.
  func end(in text: [UInt32], from start: Int) -> Int? {
    var ways: [Way] = []
    var step = 0
    var at = start
    for _ in 0..<Self.patience {
      var fits = true
      switch steps[step] {
      case .accept: return at
      case .set(let set, let ascii):
        fits = at < text.count && Self.has(set, ascii, text[at])
        if fits { at += 1 }
        step += 1
      case .loop(let set, let ascii, let least, let most):
        let first = at
        while at < text.count, at - first < most, Self.has(set, ascii, text[at]) { at += 1 }
        fits = at - first >= least
        step += 1
        if fits, at > first + least {
          ways.append(Way(step: step, at: at - 1, low: first + least))
        }
      case .split(let first, let second):
        ways.append(Way(step: second, at: at, low: at))
        step = first
      case .jump(let target): step = target
      case .ahead(let inner, let isNegated):
        fits = (inner.splitter.end(in: text, from: at) == nil) == isNegated
        step += 1
      case .start:
        fits = at == 0
        step += 1
      case .end:
        fits = at == text.count
        step += 1
      case .boundary(let isAt):
        let before = at > 0 && CharacterRanges.word.has(text[at - 1])
        let after = at < text.count && CharacterRanges.word.has(text[at])
        fits = (before != after) == isAt
        step += 1
      }
      guard !fits else { continue }
      guard var way = ways.popLast() else { return nil }
      (step, at) = (way.step, way.at)
      way.at -= 1
      if way.at >= way.low { ways.append(way) }
    }
    return nil
  }
}

/// A program within another.
final class TokenSplitterBox: Sendable {
  let splitter: TokenSplitter

  init(_ splitter: TokenSplitter) { self.splitter = splitter }
}
