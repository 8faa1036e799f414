import Foundation
import Testing

/// The likeliest mistakes at the command line: one clear message each, and its exit code.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct MistakesTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var line: String
    var code: Int32
    /// What the message has to say.
    var told: String
    var testDescription: String { line }

    init(_ line: String, _ code: Int32, _ told: String) {
      self.line = line
      self.code = code
      self.told = told
    }
  }

  @Test(arguments: [
    // Names of commands and options.
    Mistake("simulat", 64, "did you mean \"simulate\""),
    Mistake("help sweep", 64, "no command \"sweep\""),
    Mistake("trace imprt", 64, "did you mean \"import\""),
    Mistake("catalog gpus", 64, "has no command \"gpus\""),
    Mistake("simulate --sett seed=1", 64, "--sett"),
    Mistake("simulate --format html", 64, "html"),
    Mistake("plot . --figure ttft -o a.svg", 64, "did you mean \"ttft-cdf\""),
    Mistake("plot . --figure ttft-cdf -o a.doc", 64, ".svg, .pdf or .png"),
    // --set.
    Mistake("simulate --set seed", 64, "expected PATH=VALUE"),
    Mistake("simulate --set =1", 64, "expected PATH=VALUE"),
    Mistake("plan --set fleet.engin.x=1", 65, "did you mean \"engine\""),
    Mistake("plan --set slo.ttft=1", 65, "with its unit"),
    Mistake("plan --set slo.ttft='-1 s'", 65, "expected a time"),
    Mistake("plan --set fleet.replicas=-1", 65, "a whole number from 1"),
    Mistake("plan --set fleet.accelerator=H100", 65, "\"h100-sxm\""),
    // Files.
    Mistake("simulate no.yaml", 66, "no.yaml: cannot read: No such file"),
    Mistake("plan no.yaml", 66, "no.yaml: cannot read: No such file"),
    Mistake("simulate .", 65, "Is a directory"),
    Mistake("simulate empty.yaml", 65, "empty.yaml"),
    Mistake("report no", 66, "no"), Mistake("bill no", 66, "no"),
    Mistake("timeline no -o a.json", 66, "no"),
    Mistake("plot no --figure ttft-cdf -o a.svg", 66, "no"),
    Mistake("export opendc no --out x", 66, "no"),
    Mistake("report empty.yaml", 65, "not a recorded run"),
    Mistake("trace stats no.jsonl", 66, "no.jsonl"),
    Mistake("trace validate no.jsonl", 66, "no.jsonl"),
    Mistake("trace import no.jsonl", 66, "no.jsonl"),
    Mistake("validate no.csv", 66, "no.csv"),
    Mistake("simulate --out empty.yaml", 73, "cannot create empty.yaml"),
    Mistake("catalog models 70B", 65, "\"llama-3.1-70b\""),
  ])
  func `is told in a message of its own`(mistake: Mistake) throws {
    let scratch = try Scratch()
    _ = try scratch.file("empty.yaml", "")
    let words = mistake.line.split(separator: " ").map { String($0) }
    let joined = words.joined(separator: " ").replacingOccurrences(of: "'-1 s'", with: "-1\u{a0}s")
    let result = try Program.run(joined.split(separator: " ").map { String($0) }, in: scratch.path)
    #expect(result.code == mistake.code, "\(result.problems)")
    #expect(result.problems.contains(mistake.told), "\(result.problems)")
    #expect(result.out == "")
    // One message, with the parser's usage below it at most.
    let lines = result.problems.split(separator: "\n").prefix { !$0.hasPrefix("Usage:") }
    #expect(lines.count <= 3, "\(result.problems)")
    #expect(lines.allSatisfy { $0.count < 500 }, "\(result.problems)")
  }
}
