import Foundation
import ServingTestSupport
import Testing

/// `kavier sweep --on`, without a cluster: what is written is run by hand, or by a stand-in for sbatch.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct ClusterSweepTests {
  private static let sweep = "\(SharedData.repository)/Examples/26-sweep.yaml"
  private static let few = ["--set", "workload.synthetic.requests=20"]

  /// Runs every task of the array, then the merge, as Slurm would.
  private static let sbatch = """
    #!/bin/bash
    echo "$*" >> sbatch.log
    script=${@: -1}
    if [[ $script == *parts.sbatch ]]; then
      for n in 1 2 3; do SLURM_ARRAY_TASK_ID=$n bash "$script" > "task-$n.log" 2>&1; done
      echo "41;here"
    else
      bash "$script" > merge.log 2>&1
      echo 42
    fi

    """

  private static func kavier(
    _ arguments: [String], in folder: String, path: String
  ) throws -> (code: Int32, out: String, problems: String) {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ["PATH": path]
    let (out, problems) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = problems
    try process.run()
    let text = out.fileHandleForReading.readDataToEndOfFile()
    let told = problems.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: told, as: UTF8.self)
    )
  }

  @Test func `parts and the merge make every run once`() throws {
    let scratch = try Scratch()
    let stub = try scratch.file("sbatch", Self.sbatch)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stub)
    let result = try Self.kavier(
      ["sweep", Self.sweep, "--on", "slurm", "--shards", "3", "--slurm-options", "-p short"]
        + Self.few, in: scratch.path,
      path: "\(scratch.path):/usr/bin:/bin")
    #expect(result.code == 0, "\(result.problems)")
    #expect(result.out.contains("20 runs in 3 parts: \(scratch.path)/26-sweep.slurm\n"))
    #expect(result.out.contains("Job 41 runs them; job 42 then merges them"))
    let script = scratch.path + "/26-sweep.slurm/parts.sbatch"
    #expect(try String(contentsOfFile: script, encoding: .utf8).contains("\n#SBATCH -p short\n"))
    let log = try String(contentsOfFile: scratch.path + "/sbatch.log", encoding: .utf8)
    #expect(log.contains("--parsable --dependency=afterany:41 "))
    let merge = try String(contentsOfFile: scratch.path + "/merge.log", encoding: .utf8)
    #expect(merge.contains("20 points, 1 seed each: 0 run now, 20 known before."), "\(merge)")
    for (part, runs) in [(1, 7), (2, 7), (3, 6)] {
      #expect(merge.contains("part-\(part).sqlite: \(runs) runs that were not in"), "\(merge)")
    }
    // All of it again: no part runs what the store has.
    let again = try Self.kavier(
      ["sweep", Self.sweep, "--on", "slurm", "--shards", "2", "--folder", "other"] + Self.few,
      in: scratch.path, path: "\(scratch.path):/usr/bin:/bin")
    #expect(again.code == 0, "\(again.problems)")
    let task = try String(contentsOfFile: scratch.path + "/task-1.log", encoding: .utf8)
    #expect(task.contains(" 0 run now"), "\(task)")
  }

  @Test func `an empty part is no obstacle`() throws {
    let scratch = try Scratch()
    _ = try scratch.file("part-1.sqlite", "")
    let result = try Self.kavier(
      ["sweep", Self.sweep, "--merge=part-1.sqlite", "--store", "s.sqlite"] + Self.few,
      in: scratch.path, path: "/usr/bin:/bin")
    #expect(result.code == 0, "\(result.problems)")
    #expect(result.problems.contains("part-1.sqlite: 0 runs that were not in s.sqlite"))
  }

  @Test(arguments: [
    ("slurm", "no sbatch on PATH"), ("ray", "no python3 on PATH"),
  ])
  func `what is not there is told`(kind: String, message: String) throws {
    let scratch = try Scratch()
    let arguments = ["sweep", Self.sweep, "--on", kind] + Self.few
    let result = try Self.kavier(arguments, in: scratch.path, path: "/nowhere")
    #expect(result.code == 69)
    #expect(result.problems.hasPrefix(message), "\(result.problems)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    let dry = try Self.kavier(arguments + ["--dry-run"], in: scratch.path, path: "/nowhere")
    #expect(dry.code == 0, "\(dry.problems)")
    #expect(dry.out.contains("20 runs in 1 part: "))
  }

  @Test func `a cluster that refuses is told`() throws {
    let scratch = try Scratch()
    let stub = try scratch.file(
      "sbatch", "#!/bin/sh\necho 'sbatch: error: no partition' >&2\nexit 1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stub)
    let result = try Self.kavier(
      ["sweep", Self.sweep, "--on", "slurm"] + Self.few, in: scratch.path,
      path: "\(scratch.path):/usr/bin:/bin")
    #expect(result.code == 69)
    #expect(result.problems.contains("sbatch: error: no partition"))
    #expect(result.problems.contains("sbatch did not take"))
  }

  @Test(arguments: [
    (["--shards", "2"], "--shards needs --on"), (["--dry-run"], "--dry-run needs --on"),
    (["--on", "slurm", "--stored"], "--stored does not go with --on"),
    (["--on", "ray", "--slurm-options", "--time=1"], "--slurm-options needs --on slurm"),
    (["--on", "slurm", "--shards", "0"], "expected a whole number from 1"),
    (["--on", "slurm", "--slurm-options", "-p x\ntouch y"], "found a line break"),
  ])
  func `options that do not go together are refused`(options: [String], message: String) throws {
    let result = try Program.run(["sweep", Self.sweep] + options)
    #expect(result.code == 64)
    #expect(result.problems.contains(message), "\(result.problems)")
  }
}
