import Foundation
import Testing

@testable import Explore

/// What is written for clusters.
struct ClusterTests {
  private static func parts(folder: String = "/shared/it's 5% \"x\"") -> SweepParts {
    SweepParts(
      program: "/opt/kavier", sweep: "/shared/a b.yaml", store: "/shared/s.sqlite", folder: folder,
      workingDirectory: "/shared", overrides: ["slo.ttft={p95: 1 s}", "router=random"],
      name: "chat, größer", count: 8, jobs: 2)
  }

  @Test(arguments: [
    (0, 1), (1, 1), (399, 1), (400, 2), (12_800, 64), (12_799, 63), (1_000_000, 64),
  ])
  func `a part has enough runs`(runs: Int, parts: Int) {
    #expect(SweepParts.count(runs: runs) == parts)
  }

  @Test(arguments: ["plain", "", "a b", "it's", "$HOME `x` \"y\" \\", "-n", "é", "a\nb"])
  func `a shell and Python read a word as it was`(word: String) throws {
    #expect(try Self.output("/bin/sh", "-c", "printf %s " + Quoted.shell(word)) == word)
    let code = "import sys; sys.stdout.write(\(Quoted.python(word)))"
    #expect(try Self.output("/usr/bin/env", "python3", "-X", "utf8", "-c", code) == word)
  }

  @Test func `Slurm's scripts state all that they do`() {
    let scripts = SlurmScripts(Self.parts(), options: "--partition=x --time=1:00:00", atOnce: 3)
    let lines = scripts.array.split(separator: "\n").map(String.init)
    #expect(lines.first == "#!/bin/bash")
    for line in [
      "#SBATCH --array=1-8%3", "#SBATCH --requeue", "#SBATCH --job-name=kavier-chat--gr--er",
      "#SBATCH --cpus-per-task=2", "#SBATCH --chdir=/shared",
      #"#SBATCH --output="/shared/it's 5%% \"x\"/part-%a.log""#,
      "#SBATCH --partition=x --time=1:00:00", "#SBATCH --open-mode=append",
      #"  --shard "$SLURM_ARRAY_TASK_ID/8" \"#,
      "exec /opt/kavier sweep '/shared/a b.yaml' --set 'slo.ttft={p95: 1 s}' --set router=random \\",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(scripts.merge.contains("#SBATCH --job-name=kavier-chat--gr--er-merge\n"))
    #expect(!scripts.merge.contains("--array"))
    #expect(scripts.merge.contains("--store /shared/s.sqlite"))
  }

  @Test func `what is written is sound`() throws {
    let scripts = SlurmScripts(Self.parts(), options: "", atOnce: 8)
    for script in [scripts.array, scripts.merge] {
      #expect(try Self.output("/bin/bash", "-n", "-c", script) == "")
      #expect(!script.contains("#SBATCH \n"))
    }
    let code = "import ast, sys; ast.parse(sys.argv[1]); print('sound')"
    let driver = RayDriver(Self.parts()).text
    #expect(try Self.output("/usr/bin/env", "python3", "-c", code, driver) == "sound\n")
  }

  private static func output(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
