import Testing

@testable import Scenarios

/// The fields of scenarios as the decoder knows them: what it says of itself when it is asked for
/// nonsense.
enum DeclaredFields {
  /// A mapping that scenarios have, with what else its fields depend on.
  struct Section: CustomTestStringConvertible {
    var path: String
    /// Fields that make others known, one variant after the other.
    var variants = [""]

    var testDescription: String { path.isEmpty ? "the top level" : path }
  }

  static let sections = [
    Section(path: ""), Section(path: "workload"), Section(path: "workload.synthetic"),
    Section(path: "workload.synthetic.arrivals"),
    Section(
      path: "workload.synthetic.prompt_tokens",
      variants: LengthsSection.Name.allCases.map { "distribution: \($0.rawValue)" }),
    Section(path: "workload.synthetic.shared_prefix"),
    Section(path: "workload.synthetic.sessions"),
    Section(path: "workload.synthetic.sessions.turns"),
    Section(
      path: "workload.synthetic.sessions.think_time",
      variants: ["distribution: exponential", "distribution: lognormal"]),
    Section(path: "workload.trace"), Section(path: "fleet"), Section(path: "fleet.engine"),
    Section(path: "fleet.accelerator"), Section(path: "fleet.model"),
    Section(path: "fleet.model.attention", variants: ["", "kv_rank: 3"]),
    Section(path: "fleet.model.feed_forward", variants: ["", "experts: 3"]),
    Section(path: "fleet.step_time", variants: ["model: linear", "model: table"]),
    Section(path: "slo"), Section(path: "impact"), Section(path: "impact.grid"),
    Section(path: "impact.tariff"),
    Section(path: "impact.power", variants: ["curve: mse", "curve: asymptotic"]),
    Section(path: "impact.host"), Section(path: "impact.water"), Section(path: "impact.embodied"),
    Section(path: "impact.ownership"), Section(path: "output"),
    Section(path: "fleet.power_down"), Section(path: "workload.deadline"),
    Section(path: "fleet.scaling", variants: ["policy: schedule", "policy: outstanding"]),
    Section(path: "admission"),
    Section(path: "shift", variants: ["policy: carbon_aware"]),
  ]

  /// The problems with a scenario that states only `fields` in the mapping at `path`.
  static func problems(_ path: String, _ fields: String...) -> [String] {
    var text = "{\(fields.filter { !$0.isEmpty }.joined(separator: ", "))}"
    for name in path.split(separator: ".").reversed() { text = "{\(name): \(text)}" }
    return decode(text).issues
  }

  private static let nonsense = "zzzzzzzzzzzzzzzz"

  /// The fields that the mapping at `path` knows; none when it is no mapping.
  static func known(_ path: String, _ variant: String) -> [String] {
    let start = "\(nonsense): unknown field; known here: "
    for problem in problems(path, "\(nonsense): 1", variant) {
      guard let range = problem.firstRange(of: start) else { continue }
      let isHere = problem[..<range.lowerBound].hasSuffix(path.isEmpty ? " " : " \(path).")
      if isHere { return problem[range.upperBound...].split(separator: ", ").map(String.init) }
    }
    return []
  }

  /// What may stand in a field, without its units; nil when anything may.
  static func expected(_ path: String, _ name: String, _ variant: String) -> String? {
    let field = path.isEmpty ? name : "\(path).\(name)"
    let other = variant.hasPrefix("\(name):") ? "" : variant
    for problem in problems(path, "\(name): [[]]", other)
    where problem.contains(" \(field): found ") || problem.contains(" \(field).0: found ") {
      guard let range = problem.firstRange(of: "; expected ") else { continue }
      let words = problem[range.upperBound...]
      guard let units = words.firstRange(of: " (units: "),
        let end = words[units.upperBound...].firstIndex(of: ")")
      else { return String(words) }
      return String(words[..<units.lowerBound] + words[words.index(after: end)...])
    }
    return nil
  }
}
