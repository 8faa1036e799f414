import Foundation
import Testing

/// The program as a user runs it: exit codes, and what goes where.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct CommandLineTests {
  @Test func `without a subcommand it helps`() throws {
    let result = try Program.run([])
    #expect(result.code == 0)
    #expect(result.out.contains("SUBCOMMANDS"))
  }

  @Test func `it knows its version`() throws {
    let result = try Program.run(["--version"])
    #expect(result.code == 0)
    #expect(result.out.split(separator: ".").count == 3)
  }

  @Test(arguments: ["simulate", "plan"])
  func `each subcommand has its help`(name: String) throws {
    let result = try Program.run([name, "--help"])
    #expect(result.code == 0)
    #expect(result.out.contains("kavier \(name) fleet.yaml"))
    #expect(result.out.contains("--set <path=value>"))
  }

  @Test func `a catalogue entry is explained`() throws {
    let result = try Program.run(["catalog", "accelerators", "h100-sxm"])
    #expect(result.code == 0)
    #expect(result.out.contains("NVIDIA H100"))
    #expect(try Program.run(["catalog", "models", "nonsense"]).code == 65)
  }

  @Test(arguments: [
    ["simulate", "--sett", "seed=1"], ["plan", "--format", "html"], ["simulate", "--set", "seed"],
    ["simulate", "--set", "=1"], ["plan", "a", "b"], ["nonsense"],
  ])
  func `wrong usage is 64`(arguments: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.code == 64)
    #expect(result.out == "")
    #expect(result.problems.hasPrefix("Error: "))
  }

  @Test(arguments: ["simulate", "plan"])
  func `a scenario that is wrong is 65`(command: String) throws {
    let scratch = try Scratch()
    let file = try scratch.file("s.yaml", "seed: 1\nfleet: {replica: 2}\n")
    let result = try Program.run([command, file])
    #expect(result.code == 65)
    #expect(result.out == "")
    #expect(
      result.problems == "\(file):2: fleet.replica: unknown field; did you mean \"replicas\"?\n")
  }

  @Test func `a value of --set that is wrong is 65`() throws {
    let result = try Program.run(["plan", "--set", "seed=x"])
    #expect(result.code == 65)
    #expect(
      result.problems == "--set seed=x: seed: found \"x\"; expected a whole number from 0\n")
  }

  @Test func `a scenario that is missing is 66`() throws {
    let result = try Program.run(["simulate", "no-such.yaml"])
    #expect(result.code == 66)
    #expect(result.problems == "no-such.yaml: cannot read: No such file or directory\n")
  }

  @Test func `a folder is no scenario`() throws {
    let scratch = try Scratch()
    let result = try Program.run(["simulate", scratch.path])
    #expect(result.code == 65)
    #expect(result.problems == "\(scratch.path): cannot read: Is a directory\n")
  }

  @Test func `a trace that is missing is 66`() throws {
    let result = try Program.run(["plan", "--set", "workload={trace: {path: no-such.csv}}"])
    #expect(result.code == 66)
    #expect(result.problems.hasSuffix("cannot read \"no-such.csv\": No such file or directory\n"))
  }

  @Test func `an output that cannot be created is 73, before the run`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("taken", "")
    let result = try Program.run(["simulate", "--out", file])
    #expect(result.code == 73)
    #expect(result.out == "")
    #expect(result.problems.hasPrefix("cannot create \(file): "))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full here"))
  func `a full disk is 74`() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let result = try Program.run(["plan"], out: full)
    #expect(result.code == 74)
    #expect(result.problems.contains("No space left on device"))
  }

  @Test func `what plan prints as YAML is a scenario with the same plan`() throws {
    let scratch = try Scratch()
    let first = try Program.run(["plan", "--format", "yaml"])
    let file = try scratch.file("plan.yaml", first.out)
    let second = try Program.run(["plan", file, "--format", "yaml"])
    #expect(first.code == 0 && second.code == 0)
    #expect(values(first.out) == values(second.out))
    #expect(values(first.out).count > 40)
  }

  /// Without the comments, which tell where values come from.
  private func values(_ yaml: String) -> [String] {
    yaml.split(separator: "\n").map { line in
      line.firstRange(of: "  # ").map { String(line[..<$0.lowerBound]) } ?? String(line)
    }
  }
}
