import FoundationEssentials
import ServingSim
import SimKernel
import Testing

@testable import Scenarios

/// Docs/ScenarioReference.md against what the decoder says of itself.
@Suite(.timeLimit(.minutes(30))) struct ScenarioReferenceTests {
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
    Section(path: "shift", variants: ["policy: carbon_aware"]),
  ]

  @Test(arguments: sections)
  func `the page has the fields of each section, in the decoder's words`(
    section: Section
  ) throws {
    let entries = try Page().entries(of: section.path)
    #expect(Set(entries.keys) == Set(section.variants.flatMap { known(section.path, $0) }))
    for variant in section.variants {
      let missing = problems(section.path, variant).compactMap { $0.missing(in: section.path) }
      for name in known(section.path, variant) {
        let entry = try #require(entries[name])
        if missing.contains(name) { #expect(entry.contains("equired"), "\(name)") }
        guard let expected = expected(section.path, name, variant) else { continue }
        #expect(entry.hasPrefix(expected + "."), "\(name): \(expected)")
      }
    }
  }

  @Test func `each mapping within a section has a section of its own`() {
    let paths = Self.sections.map(\.path) + ["workload.synthetic.output_tokens"]
    for section in Self.sections {
      for name in section.variants.flatMap({ known(section.path, $0) }) where name != "derived" {
        let path = section.path.isEmpty ? name : "\(section.path).\(name)"
        #expect(paths.contains(path) || known(path, "").isEmpty, "\(path)")
      }
    }
  }

  @Test(arguments: [
    "workload: {synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1, "
      + "shared_prefix: {groups: 1, tokens: 1}}}",
    "workload: {synthetic: {requests: 1, arrivals: {rate: 1 /s}, prompt_tokens: 1, "
      + "output_tokens: 1}}",
  ])
  func `the page has the plan's defaults`(workload: String) throws {
    let text = workload + "\nfleet: {model: llama-3.1-8b, accelerator: h100-sxm}\n"
    let source = SourceFile(name: "s.yaml", text: text, folder: "")
    let plan = try ScenarioLoader.load(source, overrides: []).plan
    let defaults = plan.lines.filter { $0.origin.hasPrefix("default") }
    #expect(defaults.count > 15)
    for line in defaults where !line.origin.hasPrefix("default: the ") {
      let parts = line.path.split(separator: ".")
      let entries = try Page().entries(of: parts.dropLast().joined(separator: "."))
      let entry = try #require(parts.last.flatMap { entries[String($0)] }, "\(line.path)")
      #expect(
        entry.contains("Default: \(line.value).") || entry.contains("Default: \(line.value),"),
        "\(line.path): \(line.value)")
    }
  }

  @Test func `the page has all units and length tables`() throws {
    let text = try Page().text
    let kinds: [(String, [String])] = [
      ("a time", Units<SimDuration>.duration.factors.map(\.name)),
      ("a rate", Units<Double>.rate.factors.map(\.name)),
      ("a size", Units<Bytes>.size.factors.map(\.name)),
      ("a bandwidth", Units<BytesPerSecond>.bandwidth.factors.map(\.name)),
      ("dense arithmetic per second", Units<FLOPsPerSecond>.compute.factors.map(\.name)),
      ("a power", Units<Watts>.power.factors.map(\.name)),
      ("a carbon intensity", Units<Double>.intensity.factors.map(\.name)),
      ("a use of water", Units<Double>.waterUse.factors.map(\.name)),
      ("a mass", Units<Double>.mass.factors.map(\.name)),
      ("a life of machines", Units<Double>.years.factors.map(\.name)),
    ]
    for (kind, units) in kinds {
      #expect(text.contains("- \(kind): \(units.joined(separator: ", "))\n"))
    }
    for table in LengthTables.all { #expect(text.contains("- `\(table.id)`: ")) }
  }

  // MARK: What the decoder says

  /// The problems with a scenario that states only `fields` in the mapping at `path`.
  private func problems(_ path: String, _ fields: String...) -> [String] {
    var text = "{\(fields.filter { !$0.isEmpty }.joined(separator: ", "))}"
    for name in path.split(separator: ".").reversed() { text = "{\(name): \(text)}" }
    return decode(text).issues
  }

  private static let nonsense = "zzzzzzzzzzzzzzzz"

  /// The fields that the mapping at `path` knows; none when it is no mapping.
  private func known(_ path: String, _ variant: String) -> [String] {
    let start = "\(Self.nonsense): unknown field; known here: "
    for problem in problems(path, "\(Self.nonsense): 1", variant) {
      guard let range = problem.firstRange(of: start) else { continue }
      let isHere = problem[..<range.lowerBound].hasSuffix(path.isEmpty ? " " : " \(path).")
      if isHere { return problem[range.upperBound...].split(separator: ", ").map(String.init) }
    }
    return []
  }

  /// What may stand in a field, without its units; nil when anything may.
  private func expected(_ path: String, _ name: String, _ variant: String) -> String? {
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

extension String {
  /// `rate` for a problem that says that `path.rate` is missing.
  fileprivate func missing(in path: String) -> String? {
    guard let end = firstRange(of: ": missing; ")?.lowerBound,
      let start = self[..<end].lastIndex(of: " ")
    else { return nil }
    let field = self[index(after: start)..<end]
    let name = field.split(separator: ".").last.map(String.init) ?? ""
    return field == (path.isEmpty ? name : "\(path).\(name)") ? name : nil
  }
}

/// Docs/ScenarioReference.md.
private struct Page {
  let text: String

  init() throws {
    text = try String(
      contentsOf: URL(filePath: "\(repository)/Docs/ScenarioReference.md"), encoding: .utf8)
  }

  /// The entries below a section's heading, by field, each as one line without its name.
  func entries(of path: String) -> [String: String] {
    let heading = path.isEmpty ? "## The top level" : "## `\(path)`"
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
    var entries: [String: String] = [:]
    var field = ""
    for line in section {
      if line.hasPrefix("- `"), let end = line.firstRange(of: "`: ") {
        field = String(line[..<end.lowerBound].dropFirst(3))
        entries[field] = String(line[end.upperBound...])
      } else if line.hasPrefix("  ") {
        entries[field, default: ""] += " " + line.dropFirst(2)
      }
    }
    return entries
  }
}
