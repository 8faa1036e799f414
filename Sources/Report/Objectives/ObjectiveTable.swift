import Charts
import ServingModel
import ServingSim
import TextAndBytes

/// The objectives of a run with their verdicts, for terminals and pages.
package enum ObjectiveTable {
  /// `Objectives missed: 1 met, 2 missed.`; nil: none is stated.
  static func headline(_ verdicts: [JudgedObjective]) -> String? {
    guard let verdict = ObjectiveVerdict(of: verdicts.lazy.map(\.verdict)) else { return nil }
    let isOne = verdicts.count == 1
    let head =
      switch verdict {
      case .met: isOne ? "Objective met" : "All \(verdicts.count) objectives met"
      case .missed: isOne ? "Objective missed" : "Objectives missed"
      case .tooClose: "Too close to call"
      case .notJudged: isOne ? "Objective not judged" : "Objectives not judged"
      }
    guard Set(verdicts.map(\.verdict)).count > 1 else { return head + "." }
    let counts = ObjectiveVerdict.allCases.compactMap { verdict in
      let count = verdicts.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(verdict.words)" : nil
    }
    return "\(head): \(counts.joined(separator: ", "))."
  }

  static let header = ["Objective", "value", "limit", "margin", "90 % interval", "verdict"]

  /// A row for each; those of one group follow its heading.
  static func lines(_ verdicts: [JudgedObjective]) -> [String] {
    guard !verdicts.isEmpty else { return [] }
    var table = TextTable(header: header)
    for verdict in verdicts { table.add(cells(verdict) + [verdict.verdict.shortWords]) }
    let rows = table.lines(width: TextLayout.width)
    var lines = [rows[0]]
    var group: RunObjective.Group?
    for (row, verdict) in zip(rows.dropFirst(), verdicts) {
      if let next = verdict.objective.group, next != group {
        lines += TextLayout.wrap("\(next.label.name) \(next.name):", width: TextLayout.width)
      }
      group = verdict.objective.group
      lines.append(row)
    }
    return lines + notes(verdicts).flatMap { TextLayout.wrap($0, width: TextLayout.width) }
  }

  /// All but the verdict.
  package static func cells(_ judged: JudgedObjective) -> [String] {
    let text = ObjectiveText(judged)
    return [judged.objective.name, text.value, text.limit, text.margin, text.interval]
  }

  /// What the figures cover, as far as these verdicts have it.
  static func notes(_ verdicts: [JudgedObjective]) -> [String] {
    let unsure = verdicts.filter { $0.value != nil && !$0.isErrorKnown }.map(\.objective.shortName)
    let unanswered = verdicts.filter { $0.objective.group == nil }.compactMap(\.unanswered).max()
    let notJudged = verdicts.filter { $0.value == nil }.map(\.objective.shortName)
    var notes: [String] = []
    if verdicts.contains(where: { $0.isErrorKnown && $0.interval != nil }) {
      notes.append(
        "90 % interval: nine of ten measurements lie in it, by the errors to expect.")
    }
    if !unsure.isEmpty {
      notes.append(
        "No errors are known of predictions of \(listed(unsure)): the value alone decides, or its "
          + "range.")
    }
    if let unanswered, unanswered > 0 {
      notes.append(
        "Refused or given up: \(Figures.count(unanswered)) of the requests. They count as ones that "
          + "take for ever, and miss every limit.")
    }
    if !notJudged.isEmpty {
      notes.append(
        "Nothing to judge \(listed(notJudged)) by: no such request ended, or the bill does not know "
          + "it.")
    }
    return notes
  }

  private static func listed(_ names: [String]) -> String {
    var once: [String] = []
    for name in names where !once.contains(name) { once.append(name) }
    return Spelling.list(once)
  }
}

extension RunObjective {
  /// `TTFT p95`, `cost/M output tokens`: what stands in a table's first column.
  package var name: String {
    switch target {
    case .latency(let latency, let percentile, _):
      "\(latency.rawValue.uppercased()) \(percentile.name)"
    case .goodput: "goodput"
    case .cost(let unit, _): "cost/\(unit.short)"
    case .carbon(let unit, _): "carbon/\(unit.short)"
    }
  }

  /// Without the percentile or what it is per.
  fileprivate var shortName: String {
    switch target {
    case .latency(let latency, _, _): latency.rawValue.uppercased()
    case .goodput: "goodput"
    case .cost: "cost"
    case .carbon: "carbon"
    }
  }
}

extension AmountUnit {
  fileprivate var short: String {
    switch self {
    case .request: "request"
    case .millionTokens: "M tokens"
    case .millionOutputTokens: "M output tokens"
    case .hour: "hour"
    }
  }
}

/// The figures of an objective as people read them.
struct ObjectiveText {
  private let judged: JudgedObjective

  init(_ judged: JudgedObjective) { self.judged = judged }

  var value: String {
    guard let value = judged.value else { return "-" }
    return value.isFinite ? text(value) : "no answer"
  }

  var limit: String { text(judged.limit) }

  /// `+17.6 %` on the right side of the limit; of shares in percentage points.
  var margin: String {
    guard let margin = judged.margin else { return "-" }
    let digits = Figures.signedPercent(margin)
    return judged.isCeiling ? digits + " %" : digits + " pp"
  }

  /// `211 to 480 ms`.
  var interval: String {
    guard let interval = judged.interval else { return judged.isErrorKnown ? "exact" : "unknown" }
    guard interval.lowerBound.isFinite else { return "-" }
    guard interval.upperBound.isFinite else { return "from " + text(interval.lowerBound) }
    let (low, high) = (text(interval.lowerBound), text(interval.upperBound))
    guard low != high else { return low }
    // One unit is enough where both ends have it.
    let unit = high.drop { $0 != " " }
    return (low.hasSuffix(unit) ? String(low.dropLast(unit.count)) : low) + " to " + high
  }

  private func text(_ x: Double) -> String {
    switch judged.objective.target {
    case .latency: TimeUnit.text(x)
    case .goodput: Figures.percent(x) + " %"
    case .cost: "\(BillUnit.digits(x)) \(judged.currency)"
    case .carbon: BillUnit.mass(x)
    }
  }
}
