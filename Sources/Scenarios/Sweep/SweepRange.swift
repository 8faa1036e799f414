#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `{from: 1 /s, to: 64 /s, count: 7, scale: log}`: values of an axis by their ends.
struct SweepRange {
  let values: [DocumentNode]

  private enum Scale: String, CaseIterable, Sendable {
    case linear
    case log
  }

  private static let mostValues = 10_000

  /// nil, with problems, when it is none.
  init?(_ node: DocumentNode, path: String, issues: IssueList) {
    let fields = Fields(node, path: path, issues: issues)
    let expected = "a number, with its unit where the field has one"
    let from = fields.scalar("from", expected: expected, "", .required(expected)) { Measure($0) }
    let to = fields.scalar("to", expected: expected, "", .required(expected)) { Measure($0) }
    let step = fields.scalar("step", expected: expected) { Measure($0) }
    let count = fields.wholeNumber("count", in: 2...Self.mostValues)
    let scale = fields.choice("scale", of: Scale.self)?.value ?? .linear
    fields.finish()
    guard let from, let to else { return nil }
    func problem(_ message: String) { issues.add(node.origin, path, message) }
    guard from.value.unit == to.value.unit, step?.value.unit ?? to.value.unit == to.value.unit
    else {
      problem("from, to and step need one unit; found \(from.text) and \(step?.text ?? to.text)")
      return nil
    }
    guard (step == nil) != (count == nil) else {
      problem("state either step or count")
      return nil
    }
    guard from.value.number < to.value.number else {
      problem("found from \(from.text) to \(to.text); expected from below to")
      return nil
    }
    guard scale == .linear || from.value.number > 0 && step == nil else {
      problem("a log scale takes from above 0, and count")
      return nil
    }
    let ends = (from.value.number, to.value.number)
    let numbers: [Double]
    if let step {
      let steps = step.value.number > 0 ? (ends.1 - ends.0) / step.value.number : .infinity
      guard steps < Double(Self.mostValues) else {
        problem(
          "found step \(step.text); expected one above 0 that gives at most "
            + "\(Self.mostValues) values")
        return nil
      }
      // The last one is there though its sum of steps may be off in the last digit.
      numbers = (0...Int((steps + 1e-9).rounded(.down))).map {
        ends.0 + Double($0) * step.value.number
      }
    } else {
      numbers = Self.numbers(ends, count: count?.value ?? 2, scale)
    }
    let isWhole = Int(exactly: from.value.number) != nil && Int(exactly: to.value.number) != nil
    let unit = from.value.unit.isEmpty ? "" : " " + from.value.unit
    var texts: [String] = []
    for number in numbers {
      // Whole ends of a log range mean whole values.
      let value = scale == .log && isWhole ? number.rounded() : number
      let text = Self.text(value) + unit
      if texts.last != text { texts.append(text) }
    }
    values = texts.map {
      DocumentNode(content: .scalar($0, plain: true), origin: node.origin)
    }
  }

  private static func numbers(
    _ ends: (Double, Double), count: Int, _ scale: Scale
  ) -> [Double] {
    (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      return switch scale {
      case .linear: ends.0 + (ends.1 - ends.0) * share
      case .log: index == count - 1 ? ends.1 : ends.0 * pow(ends.1 / ends.0, share)
      }
    }
  }

  /// Six digits, which nobody has to read as 0.30000000000000004.
  private static func text(_ x: Double) -> String {
    if let whole = Int(exactly: x) { return "\(whole)" }
    let scale = pow(10, 6 - log10(abs(x)).rounded(.up))
    let short = (x * scale).rounded() / scale
    return Int(exactly: short).map { "\($0)" } ?? "\(short)"
  }
}
