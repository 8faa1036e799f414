import Foundation
import ServingTestSupport
import Testing

/// What stands in an output directory when things go wrong: the whole of one run, or what nobody
/// takes for one.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"), .serialized)
struct OutputSafetyTests {
  private let scratch: Scratch
  private let run = [
    "engines.parquet", "plan.yaml", "report.json", "report.txt", "requests.csv",
    "requests.parquet", "run.json", "timeline.csv", "windows.parquet",
  ]

  init() throws { scratch = try Scratch() }

  private func arguments(seed: Int, bill: Bool, out: String) -> [String] {
    let grid = bill ? ["--set", "impact.grid=300 g/kWh"] : []
    return [
      "simulate", "--set", "workload.synthetic.requests=400", "--set", "seed=\(seed)", "--out", out,
    ] + grid
  }

  /// The files of a directory with their bytes.
  private func contents(_ name: String) throws -> [String: Data] {
    let folder = scratch.path + "/" + name
    return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(into: [:]) {
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\($1)", isDirectory: &isDirectory)
      $0[$1] =
        isDirectory.boolValue ? Data() : try Data(contentsOf: URL(filePath: "\(folder)/\($1)"))
    }
  }

  private func references() throws -> (billed: [String: Data], plain: [String: Data]) {
    for (name, bill) in [("billed", true), ("plain", false)] {
      let result = try Program.run(
        arguments(seed: bill ? 1 : 2, bill: bill, out: name), in: scratch.path)
      #expect(result.code == 0, "\(result.problems)")
    }
    return (try contents("billed"), try contents("plain"))
  }

  @Test func `a bill of an earlier run does not stay beside a new run`() throws {
    let (billed, plain) = try references()
    #expect(Set(billed.keys) == Set(run + ["bill.csv"]) && Set(plain.keys) == Set(run))
    try "mine".write(
      toFile: scratch.path + "/billed/notes.txt", atomically: true, encoding: .utf8)
    _ = try Program.run(arguments(seed: 2, bill: false, out: "billed"), in: scratch.path)
    var found = try contents("billed")
    #expect(found.removeValue(forKey: "notes.txt") == Data("mine".utf8))
    #expect(found == plain)
  }

  @Test func `of two that write to one directory one wins whole and the other is told`() throws {
    let (billed, plain) = try references()
    var told = 0
    for _ in 0..<10 {
      let processes = try [(1, true), (2, false)].map { seed, bill in
        try Program.start(arguments(seed: seed, bill: bill, out: "one"), in: scratch.path)
      }
      let ends = try processes.map { try $0.end() }
      let found = try contents("one")
      #expect(found == billed || found == plain)
      #expect(ends.contains { $0.code == 0 })
      for end in ends where end.code != 0 {
        told += 1
        #expect(end.code == 73)
        #expect(
          end.problems.hasSuffix(
            "another kavier is writing to one; wait for it to end or choose another place\n"))
      }
    }
    #expect(told > 0)
  }

  @Test func `of two that write one trace or one page one is told, and it is whole`() throws {
    let qwen = SharedData.repository + "/Examples/traces/qwen.jsonl"
    _ = try Program.run(arguments(seed: 1, bill: false, out: "run"), in: scratch.path)
    for arguments in [
      ["trace", "import", qwen, "--out", "one", "--replace"],
      ["trace", "export", qwen, "--to", "mooncake", "--out", "one.jsonl"],
      ["report", "run", "--out", "one.html"],
    ] {
      let place = try #require(arguments.first { $0.hasPrefix("one") })
      _ = try Program.run(arguments, in: scratch.path)
      let whole = try bytes(place)
      for _ in 0..<4 {
        let processes = try (0..<2).map { _ in try Program.start(arguments, in: scratch.path) }
        let ends = try processes.map { try $0.end() }
        #expect(ends.contains { $0.code == 0 })
        for end in ends where end.code != 0 {
          #expect(end.code == 73 && end.problems.contains("another kavier is writing"))
        }
        #expect(try bytes(place) == whole, "\(place)")
      }
    }
    #expect(try contents(".").keys.allSatisfy { !$0.contains("partial") })
  }

  /// Of a file, or of all files of a directory.
  private func bytes(_ place: String) throws -> [String: Data] {
    var isDirectory: ObjCBool = false
    let path = scratch.path + "/" + place
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isDirectory.boolValue { return try contents(place) }
    return [place: try Data(contentsOf: URL(filePath: path))]
  }

  @Test func `a run that is killed leaves an old set, a new one, or what nobody reads`() throws {
    let (billed, plain) = try references()
    for attempt in 0..<10 {
      _ = try Program.run(arguments(seed: 1, bill: true, out: "killed"), in: scratch.path)
      let process = try Program.start(
        arguments(seed: 2, bill: false, out: "killed"), in: scratch.path)
      Thread.sleep(forTimeInterval: Double(attempt) * 0.04)
      process.send(SIGKILL)
      _ = try process.end()
      let found = try contents("killed").filter { !$0.key.hasSuffix(".partial") }
      #expect(found == billed || found == plain || found["run.json"] == nil)
    }
    _ = try Program.run(arguments(seed: 2, bill: false, out: "killed"), in: scratch.path)
    #expect(try contents("killed") == plain, "what was left behind is gone, too")
  }

  @Test func `a signal takes unfinished files along`() throws {
    let process = try Program.start(
      [
        "simulate", "--set", "workload.synthetic.requests=3000000", "--report", "page.html",
      ], in: scratch.path)
    let partial = scratch.path + "/.page.html.partial"
    while process.isRunning, !FileManager.default.fileExists(atPath: partial) { usleep(1000) }
    process.send(SIGTERM)
    #expect(try process.end().code == SIGTERM)
    #expect(try contents(".").isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal amid --out leaves the old set or a new one`(signal: Int32) throws {
    _ = try Program.run(arguments(seed: 1, bill: true, out: "old"), in: scratch.path)
    let old = try contents("old")
    for attempt in 0..<8 {
      try? FileManager.default.removeItem(atPath: scratch.path + "/x")
      try FileManager.default.copyItem(
        atPath: scratch.path + "/old", toPath: scratch.path + "/x")
      let process = try Program.start(
        [
          "simulate", "--set", "workload.synthetic.requests=20000", "--set", "seed=2", "--out", "x",
        ], in: scratch.path)
      Thread.sleep(forTimeInterval: Double(attempt) * 0.2)
      process.send(signal)
      let end = try process.end()
      let found = try contents("x")
      if end.code == 0 || end.code == 130 {
        #expect(Set(found.keys) == Set(run))
        let report = try Program.run(["report", "x"], in: scratch.path)
        #expect(report.code == 0, "\(report.problems)")
      } else {
        #expect(end.code == signal)
        #expect(found == old, "\(found.keys.sorted())")
      }
    }
  }

  @Test func `places that cannot be written to are told before the work`() throws {
    try "mine".write(toFile: scratch.path + "/file", atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/taken/run.json", withIntermediateDirectories: true)
    // So long that a test would not end, if the work came first.
    let long = ["--set", "workload.synthetic.requests=3000000"]
    for (out, words) in [
      (["--out", "file"], "Not a directory"), (["--out", "file/below"], "Not a directory"),
      (["--out", "/proc/none"], "cannot create /proc/none"),
      (["--out", "taken"], "cannot create taken/run.json: Is a directory"),
      (["--report", "taken"], "cannot create taken: Is a directory"),
      (["--report", "file/page.html"], "Not a directory"),
      (["--out", "new", "--report", "new/run.json"], "it is one of the files of a run"),
    ] {
      let result = try Program.run(["simulate"] + long + out, in: scratch.path)
      #expect(result.code == 73 && result.problems.contains(words), "\(out): \(result.problems)")
    }
    #expect(try String(contentsOfFile: scratch.path + "/file", encoding: .utf8) == "mine")
  }

  @Test func `a full device is told, and no file takes a device's place`() throws {
    let result = try Program.run(
      ["simulate", "--set", "workload.synthetic.requests=50", "--report", "/dev/full"])
    #expect(result.code == 74 && result.problems.contains("No space left on device"))
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }
}
