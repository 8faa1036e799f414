import FoundationEssentials
import ServingModel
import Testing

@testable import Scenarios
import ServingSim

/// Docs/ScenarioReference.md and what `kavier explain` prints, against the decoder.
@Suite(.timeLimit(.minutes(30))) struct ScenarioReferenceTests {
  static let reference = ScenarioReference()
  static let fields = reference.sections.flatMap(\.fields)

  @Test func `the page in the tree is the one that the program writes`() throws {
    let page = try String(
      contentsOf: URL(filePath: "\(repository)/Docs/ScenarioReference.md"), encoding: .utf8)
    let written = ReferencePage(Self.reference).markdown
    #expect(page == written, "make reference writes it anew")
  }

  @Test func `every field that is accepted is declared, with a meaning`() {
    #expect(Self.reference.undeclared.isEmpty)
    #expect(Self.fields.count > 200)
    for field in Self.fields {
      #expect(field.meaning.hasSuffix("."), "\(field.path)")
      #expect(!field.expected.isEmpty, "\(field.path)")
    }
  }

  @Test func `a field is declared in one way`() {
    let paths = Self.fields.map(\.path)
    #expect(Set(paths).count == paths.count)
  }

  /// A field that the reference did not come to would be decoded and not be on the page.
  @Test func `every field that the sections name is in the reference`() throws {
    let folder = "\(repository)/Sources/Scenarios/Sections"
    let call = /[a-z]\w*(?:\.[a-zA-Z]+)?\(\s*(?:fields, )?"([a-z][a-z0-9_]*)",(?! _\))/
    let names = Set(Self.fields.map(\.name))
    var found = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOf: URL(filePath: "\(folder)/\(file)"), encoding: .utf8)
      let calls = text.matches(of: call).filter { !$0.output.0.hasPrefix("fields.require") }
      for match in calls {
        found += 1
        #expect(names.contains(String(match.output.1)), "\(file): \(match.output.0)")
      }
    }
    #expect(found > 150)
  }

  /// In place of each field, a list that none of them takes, beside each word of its section.
  @Test func `a wrong value's message has the declared words`() {
    var held = 0
    for field in Self.fields {
      for beside in Self.neighbours(of: field) {
        let issues = Self.problems(field.section, ["\(field.name): [[]]"] + beside)
        for issue in issues {
          guard let range = issue.firstRange(of: " \(field.path): found a list of 1; expected ")
          else { continue }
          held += 1
          let words = issue[range.upperBound...]
          // The ends of what exceeds and the choice of a catalogue are told by messages of their own.
          let isDeclared = field.expected.contains(words)
          #expect(isDeclared, "\(field.path): \(words), declared \(field.expected)")
        }
      }
    }
    #expect(held > 200)
  }

  @Test func `what is required is missed, and nothing else is`() {
    for section in Self.reference.sections where section.path != "" {
      var missed: Set<String> = []
      for beside in [[]] + section.fields.flatMap({ Self.statements(of: $0) }) {
        for issue in Self.problems(section.path, beside) {
          if let name = issue.missing(in: section.path) { missed.insert(name) }
        }
      }
      // Missed where other parts are read: of several servers, where no step time is stated, and where
      // there are regions.
      let later: Set = [
        "fleet.step_time.server", "fleet.model", "fleet.accelerator", "fleet.region",
      ]
      let required = section.fields.filter { $0.absence.isRequired && !later.contains($0.path) }
      #expect(missed == Set(required.map(\.name)), "\(section.path)")
    }
  }

  @Test(arguments: [
    "workload: {synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1, "
      + "shared_prefix: {groups: 1, tokens: 1}}}",
    "workload: {synthetic: {requests: 1, arrivals: {rate: 1 /s}, prompt_tokens: 1, "
      + "output_tokens: 1}}",
  ])
  func `declared defaults are the plan's`(workload: String) throws {
    let text = workload + "\nfleet: {model: llama-3.1-8b, accelerator: h100-sxm}\n"
    let source = SourceFile(name: "s.yaml", text: text, folder: "")
    let plan = try ScenarioLoader.load(source, overrides: []).plan
    #expect(plan.lines.count { $0.origin.hasPrefix("default") } > 15)
    try expectDefaults(of: plan)
  }

  @Test(arguments: ExtremesTests.seeds)
  func `and those of plans with every section`(seed: String) throws {
    let file = "\(ExtremesTests.folder)/\(seed)/scenario.yaml"
    try expectDefaults(of: try ScenarioLoader.load(file: file).plan)
  }

  /// Each default of the plan that is no figure of its own is the declared one, or the first of those.
  private func expectDefaults(of plan: Plan) throws {
    for line in plan.lines
    where line.origin.hasPrefix("default") && !line.origin.hasPrefix("default: the ") {
      let path = DeclarationList.withoutIndices(line.path)
      let field = try #require(Self.fields.first { $0.path == path }, "\(line.path)")
      let declared = try #require(field.absence.usual, "\(line.path)")
      let ends = [";", ",", ""].map { "\(line.value)\($0)" }
      #expect(
        declared == ends[2] || ends[..<2].contains { declared.hasPrefix($0) },
        "\(line.path): \(line.value), declared \(declared)")
    }
  }

  /// The problems with a scenario that states only `fields` in the mapping, or the list of one, at
  /// `path`.
  private static func problems(_ path: String, _ fields: [String]) -> [String] {
    let lists = [
      "impact.pue", "fleet.scaling.entries", "failures", "regions", "regions.links",
      "workload.regions",
      "workload.models", "impact.regions", "impact.groups", "slo.classes", "slo.tenants",
      "router.scorers", "fleet.kv_offloading.secondary_tiers",
    ]
    var text = "{\(fields.joined(separator: ", "))}"
    var names = path.split(separator: ".")
    while !names.isEmpty {
      if lists.contains(names.joined(separator: ".")) { text = "[\(text)]" }
      text = "{\(names.removeLast()): \(text)}"
    }
    return decode(text).issues.map { issue in
      lists.reduce(issue) { $0.replacing("\($1).0.", with: "\($1).") }
    }
  }

  /// Ways to state a field: each of its words, or a number.
  private static func statements(of field: FieldDeclaration) -> [[String]] {
    (field.words.isEmpty ? ["1"] : field.words).map { ["\(field.name): \($0)"] }
  }

  /// What a field may have to stand beside so that it is read.
  private static func neighbours(of field: FieldDeclaration) -> [[String]] {
    let others = reference.fields(of: field.section).filter { $0.name != field.name }
    return [[]] + others.flatMap { statements(of: $0) }
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
    return field == "\(path).\(name)" ? name : nil
  }
}
