import Foundation

/// What is done to a text before it is cut.
struct TokenNormalizer: Sendable {
  enum Step: Sendable {
    case composed
    case compatibility
    case decomposed
    case lowercase
    case replace(String, with: String)
    case prepend(String)
  }

  var steps: [Step] = []

  var addsSpace: Bool { steps.contains { if case .prepend = $0 { true } else { false } } }

  func normalized(_ text: String, isFirst: Bool) -> String {
    var text = text
    for step in steps {
      switch step {
      case .composed: text = text.precomposedStringWithCanonicalMapping
      case .compatibility: text = text.precomposedStringWithCompatibilityMapping
      case .decomposed: text = text.decomposedStringWithCanonicalMapping
      case .lowercase: text = text.lowercased()
      case .replace(let part, let other): text = text.replacingOccurrences(of: part, with: other)
      case .prepend(let part): if !text.isEmpty { text = part + text }
      }
    }
    return text
  }
}

/// One way to cut a text into pieces, none of whose tokens reaches into another.
enum TokenCutter: Sendable {
  enum Behavior: String, Sendable {
    case isolated = "Isolated"
    case removed = "Removed"
    case withPrevious = "MergedWithPrevious"
    case withNext = "MergedWithNext"
  }

  /// `isInverted`: the pattern is of the pieces, not of what is between them.
  case pattern(TokenSplitter, Behavior, isInverted: Bool)
  /// A space before a text that has none.
  case leadingSpace
  /// Spaces become another character; whether one comes before a text, and whether pieces begin at
  /// them.
  case spaces(UInt32, adds: Bool, cuts: Bool)

  func cut(_ pieces: [[UInt32]], isFirst: Bool) -> [[UInt32]] {
    switch self {
    case .leadingSpace:
      return pieces.map { $0.first == 0x20 || $0.isEmpty ? $0 : [0x20] + $0 }
    case .spaces(let mark, let adds, let cuts):
      return pieces.flatMap { piece -> [[UInt32]] in
        var marked = piece.map { $0 == 0x20 ? mark : $0 }
        if adds, isFirst, marked.first != mark, !marked.isEmpty { marked.insert(mark, at: 0) }
        guard cuts else { return [marked] }
        var parts: [[UInt32]] = []
        for scalar in marked {
          if scalar == mark || parts.isEmpty { parts.append([]) }
          parts[parts.count - 1].append(scalar)
        }
        return parts
      }
    case .pattern(let splitter, let behavior, let isInverted):
      return pieces.flatMap { Self.cut($0, splitter, behavior, isInverted) }
    }
  }

  private static func cut(
    _ text: [UInt32], _ splitter: TokenSplitter, _ behavior: Behavior, _ isInverted: Bool
  ) -> [[UInt32]] {
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var gap = 0
    var at = 0
    while at < text.count {
      guard let end = splitter.end(in: text, from: at), end > at else {
        at += 1
        continue
      }
      if gap < at { parts.append((gap..<at, isInverted)) }
      parts.append((at..<end, !isInverted))
      (at, gap) = (end, end)
    }
    if gap < text.count { parts.append((gap..<text.count, isInverted)) }
    return joined(parts, behavior).map { Array(text[$0]) }
  }

  private static func joined(
    _ parts: [(range: Range<Int>, isMatch: Bool)], _ behavior: Behavior
  ) -> [Range<Int>] {
    switch behavior {
    case .isolated: return parts.map(\.range)
    case .removed: return parts.filter { !$0.isMatch }.map(\.range)
    case .withPrevious, .withNext:
      var ranges: [Range<Int>] = []
      var previous: Bool?
      for part in parts {
        let joins =
          behavior == .withPrevious
          ? part.isMatch && previous == false : !part.isMatch && previous == true
        if joins, let last = ranges.popLast() {
          ranges.append(last.lowerBound..<part.range.upperBound)
          previous = behavior == .withPrevious ? true : false
        } else {
          ranges.append(part.range)
          previous = part.isMatch
        }
      }
      return ranges
    }
  }
}
