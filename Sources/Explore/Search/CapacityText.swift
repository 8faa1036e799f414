import Report
package import Scenarios
import ServingSim
import TextAndBytes

/// What `kavier capacity` prints.
package enum CapacityText {
  package static func render(_ capacity: Capacity, name: String) -> String {
    let blocks = [answer(capacity, name: name), binding(capacity), [""], table(capacity)]
    let lines = blocks.flatMap { $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func answer(_ capacity: Capacity, name: String) -> [String] {
    let isLoad = capacity.size.isLoad
    guard let expected = capacity.expected else {
      let what = isLoad ? "at any load" : "with any number of replicas"
      return wrap("\(name): its objectives are not met \(what) that was tried.")
    }
    let value = value(expected, capacity.size)
    let head =
      isLoad
      ? "\(name): objectives are met up to \(value)."
      : "\(name): objectives are met from \(value) on."
    let sure =
      capacity.sure.map { sure in
        sure == expected
          ? "Nine of ten measurements would meet them, too, by the errors to expect."
          : "So that nine of ten measurements would meet them: "
            + "\(isLoad ? "up to" : "from") \(self.value(sure, capacity.size))."
      }
      ?? "No \(isLoad ? "load" : "number of replicas") makes it sure: the errors to expect are too wide."
    return wrap(head) + wrap(sure)
  }

  /// What keeps it from being more.
  private static func binding(_ capacity: Capacity) -> [String] {
    guard let trial = capacity.trial(at: capacity.expected), let binding = trial.service.binding
    else { return [] }
    let cells = ObjectiveTable.cells(binding)
    let amounts = trial.amounts.map { amount in
      let cells = ObjectiveTable.cells(amount)
      return "\(amount.name) is \(cells[1]) of \(cells[2]): \(amount.verdict.words)."
    }
    return wrap("What binds: \(binding.name), \(cells[1]) of \(cells[2]).")
      + (amounts.isEmpty ? [] : wrap("There, " + amounts.joined(separator: " ")))
  }

  private static func table(_ capacity: Capacity) -> [String] {
    let objectives = capacity.tried.lazy.map(\.trial.service).first { !$0.isEmpty } ?? []
    let names = objectives.filter { $0.objective.group == nil }.prefix(4).map(\.name)
    var table = TextTable(
      header: [capacity.size.heading] + names + ["all"])
    for tried in capacity.tried {
      let verdicts = tried.trial.verdicts
      let cells = names.map { name in
        verdicts.first { $0.name == name }.map { ObjectiveTable.cells($0)[1] } ?? "-"
      }
      table.add([plain(tried.value)] + cells + [outcome(tried.trial)])
    }
    return table.lines(width: TextLayout.width)
  }

  /// `30.5 /s`, `12 replicas`, `1 replica`.
  package static func value(_ x: Double, _ size: ScenarioSize) -> String {
    let unit = size.unit
    return
      "\(plain(x)) \(x == 1 && unit.hasSuffix("s") && unit.count > 2 ? String(unit.dropLast()) : unit)"
  }

  static func plain(_ x: Double) -> String { Int(exactly: x).map { "\($0)" } ?? "\(x)" }

  /// `met`, `lost before its end`.
  package static func outcome(_ trial: Trial) -> String {
    switch trial.outcome {
    case .judged:
      guard trial.keepsUp else { return "queue grows" }
      if trial.holds(.sure) { return "met" }
      return trial.holds(.expected) ? "met, not surely" : "missed"
    case .lost: return "missed early"
    case .refused: return "cannot be run"
    case .stopped: return "stopped"
    }
  }

  private static func wrap(_ text: String) -> [String] {
    TextLayout.wrap(text, width: TextLayout.width)
  }
}

extension ScenarioSize {
  fileprivate var heading: String {
    switch self {
    case .rate: "rate (/s)"
    case .rateScale: "times as fast"
    case .clients: "clients"
    case .replicas: "replicas"
    }
  }
}

/// The same for programs.
package enum CapacityJSON {
  package static func render(_ capacity: Capacity, name: String) -> String {
    JSON.object(of: [
      ("name", .string(name)),
      ("field", .string(capacity.size.path)),
      ("unit", .string(capacity.size.unit)),
      ("expected", .optional(capacity.expected)),
      ("sure", .optional(capacity.sure)),
      (
        "binding",
        capacity.trial(at: capacity.expected)?.service.binding
          .map { .string($0.name) } ?? .null
      ),
      ("tried", .array(capacity.tried.map(tried))),
    ]).document
  }

  private static func tried(_ tried: Capacity.Tried) -> JSON {
    var refusal = JSON.null
    if case .refused(let message) = tried.trial.outcome { refusal = .string(message) }
    return .object(of: [
      ("value", .decimal(tried.value)),
      ("outcome", .string(CapacityText.outcome(tried.trial))),
      ("message", refusal),
      ("objectives", .array(tried.trial.verdicts.map(JSONReport.judged))),
    ])
  }
}
