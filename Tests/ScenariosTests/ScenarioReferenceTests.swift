import FoundationEssentials
import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

/// Docs/ScenarioReference.md against what the decoder says of itself.
@Suite(.timeLimit(.minutes(30))) struct ScenarioReferenceTests {
  typealias Section = DeclaredFields.Section
  static let sections = DeclaredFields.sections

  @Test(arguments: sections)
  func `the page has the fields of each section, in the decoder's words`(
    section: Section
  ) throws {
    let entries = try Page().entries(of: section.path)
    #expect(
      Set(entries.keys) == Set(section.variants.flatMap { DeclaredFields.known(section.path, $0) }))
    for variant in section.variants {
      let missing = DeclaredFields.problems(section.path, variant).compactMap {
        $0.missing(in: section.path)
      }
      for name in DeclaredFields.known(section.path, variant) {
        let entry = try #require(entries[name])
        if missing.contains(name) { #expect(entry.contains("equired"), "\(name)") }
        guard let expected = DeclaredFields.expected(section.path, name, variant) else { continue }
        #expect(entry.hasPrefix(expected + "."), "\(name): \(expected)")
      }
    }
  }

  @Test func `each mapping within a section has a section of its own`() {
    let paths = Self.sections.map(\.path) + ["workload.synthetic.output_tokens"]
    for section in Self.sections {
      for name in section.variants.flatMap({ DeclaredFields.known(section.path, $0) })
      where name != "derived" {
        let path = section.path.isEmpty ? name : "\(section.path).\(name)"
        #expect(paths.contains(path) || DeclaredFields.known(path, "").isEmpty, "\(path)")
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
    let bounds = [
      ("a time", Units<SimDuration>.duration.bounds),
      ("a time of the run", Units<SimTime>.time.bounds), ("a rate", Units<Double>.rate.bounds),
      ("a size", Units<Bytes>.size.bounds), ("a bandwidth", Units<BytesPerSecond>.bandwidth.bounds),
      ("dense arithmetic per second", Units<FLOPsPerSecond>.compute.bounds),
      ("a power", Units<Watts>.power.bounds),
      ("a carbon intensity", Units<Double>.intensity.bounds),
      ("a use of water", Units<Double>.waterUse.bounds), ("a mass", Units<Double>.mass.bounds),
      ("a life of machines", Units<Double>.years.bounds),
    ]
    let numbers = Bounds<Double>.all.map { ($0.name, $0.words) }
    for (name, words) in bounds + numbers + Bounds<Int>.sizes.map({ ($0.name, $0.words) }) {
      #expect(text.contains("- \(name): \(words)\n"), "\(name): \(words)")
    }
    for table in LengthTables.all { #expect(text.contains("- `\(table.id)`: ")) }
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
