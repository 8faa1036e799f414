import FoundationEssentials
import Impact
import Report
import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Scenarios
import TextAndBytes

/// Every value of every field at the ends of what its type holds: a plan that runs, or a message.
@Suite(.timeLimit(.minutes(30))) struct ExtremesTests {
  static let folder = "\(repository)/Benchmarks/Fuzz/Seeds/scenario"
  /// Scenarios that together state every field.
  static let seeds = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  private static let extremes = [
    "0", "1", "-1", "1e-300", "1e300", "2147483648", "4294967296", "9007199254740992",
    "9223372036854775807", "9223372036854775808", "nan", "inf",
    String(repeating: "9", count: 3000),
  ]

  @Test func `the scenarios together state every field`() throws {
    let stated = Set(try Self.seeds.flatMap { try Self.leaves(of: $0).map { Self.field($0.path) } })
    for section in ScenarioReference().sections where section.path != "output" {
      for field in section.fields.map({ Self.field($0.path) }) {
        guard field != "derived", field != "output" else { continue }
        #expect(
          stated.contains { $0 == field || $0.hasPrefix(field + ".") },
          "no scenario in \(Self.folder) states \(field)")
      }
    }
  }

  @Test(arguments: seeds)
  func `each of them plans as it stands`(seed: String) throws {
    let loaded = try ScenarioLoader.load(file: "\(Self.folder)/\(seed)/scenario.yaml")
    report(loaded)
  }

  @Test(arguments: seeds)
  func `every extreme of every field plans or gives a message`(seed: String) throws {
    for leaf in try Self.leaves(of: seed) {
      for extreme in Self.extremes {
        check(seed, "\(leaf.path)=\(extreme)\(leaf.unit)")
      }
      // Whether a value is of its field's kind is the same in every scenario.
      guard Self.firstSeed[Self.field(leaf.path)] == seed else { continue }
      for kind in ["[]", "{}", "[[1]]", "null", "zzz"] { check(seed, "\(leaf.path)=\(kind)") }
    }
  }

  @Test(arguments: seeds.filter { $0.hasPrefix("config") })
  func `every extreme of a config.json gives a model or a message`(seed: String) throws {
    let text = try String(
      contentsOf: URL(filePath: "\(Self.folder)/\(seed)/config.json"), encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    for (number, line) in lines.enumerated() {
      guard let colon = line.firstRange(of: "\": ") else { continue }
      for extreme in Self.extremes + ["null", "[]", "{}", "\"x\"", "true"] {
        var changed = lines
        changed[number] = line[..<colon.upperBound] + extreme + (line.hasSuffix(",") ? "," : "")
        let bytes = Array(changed.joined(separator: "\n").utf8)
        do throws(HuggingFaceConfigError) {
          let model = try HuggingFaceConfig.model(from: bytes, id: "m", source: "s")
          #expect(ParameterCount(model).total.isFinite)
        } catch {
          #expect(!error.problems.isEmpty, "\(changed[number])")
        }
      }
    }
  }

  // MARK: Scenarios

  private struct Leaf {
    var path: String
    /// What stands behind its number, ` ms`.
    var unit: String
  }

  /// The values that a scenario states.
  private static func leaves(of seed: String) throws -> [Leaf] {
    let text = try String(
      contentsOf: URL(filePath: "\(folder)/\(seed)/scenario.yaml"), encoding: .utf8)
    var lines = PlanLines()
    lines.written(try YAMLReader.read(text) { .line(file: seed, $0) }, "")
    return lines.lines.map { line in
      let words = line.value.split(separator: " ")
      let isQuantity = words.count == 2 && Double(words[0]) != nil
      return Leaf(path: line.path, unit: isQuantity ? " \(words[1])" : "")
    }
  }

  /// By field, a scenario that states it.
  private static let firstSeed: [String: String] = {
    var first: [String: String] = [:]
    for seed in seeds.reversed() {
      for leaf in (try? leaves(of: seed)) ?? [] { first[field(leaf.path)] = seed }
    }
    return first
  }()

  /// `fleet.engine` for `fleet.0.engine`.
  private static func field(_ path: String) -> String {
    path.split(separator: ".").filter { Int($0) == nil }.joined(separator: ".")
      .replacing("output_tokens", with: "prompt_tokens")
  }

  private func check(_ seed: String, _ override: String) {
    do throws(ScenarioIssues) {
      let loaded = try ScenarioLoader.load(
        file: "\(Self.folder)/\(seed)/scenario.yaml", overrides: [override],
        memoryLimit: MemoryLimit(bytes: 5e7, origin: "the test's"))
      report(loaded)
    } catch {
      #expect(!error.issues.isEmpty && error.issues.allSatisfy { !$0.message.isEmpty })
    }
  }

  /// Runs what is soon over, and writes all about it.
  private func report(_ loaded: LoadedScenario) {
    guard loaded.plan.workload.count <= 100, loaded.plan.replicas.count <= 20 else { return }
    let recording = Simulation.run(loaded.plan) { _ in false }
    let run = FinishedRun(plan: loaded.plan, recording: recording)
    let metrics = Metrics(run)
    var bill: Bill?
    if let impact = loaded.impact, impact.gaps(in: run).isEmpty { bill = Bill(run, plan: impact) }
    _ = TextReport.render(metrics) + (bill.map { BillText.render($0) } ?? "")
    // Which no figure that is not a number would be.
    #expect(JSON(text: JSONReport.render(metrics, bill: bill)) != nil)
    try? RequestsCSV.write(run) { _ in }
    try? TimelineCSV.write(run) { _ in }
  }
}
