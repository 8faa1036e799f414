import Foundation
import ServingTestSupport
import Testing
import TracerTestSupport

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct RecordTests {
  @Test(arguments: [
    (["http://127.0.0.1:1", "--out", "x"], "--lengths"),
    (["ftp://x y", "--lengths", "1:1", "--out", "x"], "is no address of a server"),
    (
      ["http://a", "--lengths", "1", "--concurrency", "1", "--out", "x"], "expected tokens such as"
    ),
    (["http://a", "--lengths", "1:1", "--out", "x"], "--lengths needs --rate or --concurrency"),
    (
      ["http://a", "--lengths", "1:1", "--concurrency", "0", "--out", "x"],
      "--concurrency is from 1"
    ),
    (
      ["http://a", "--lengths", "1:1", "--concurrency", "1", "--header", "x", "--out", "x"],
      "--header"
    ),
    (
      [
        "http://a", "--lengths", "1:1", "--concurrency", "1", "--set", "max_num_sequences=4",
        "--set", "block_size=big", "--out", "x",
      ],
      "did you mean \"max_num_seqs\"?\n--set block_size=big: found \"big\"; allowed are whole numbers"
    ),
    (
      ["http://a", "--lengths", "1:1", "--concurrency", "1", "--max-failed", "5", "--out", "x"],
      "--max-failed is a share"
    ),
  ])
  func `wrong usage is told`(arguments: [String], message: String) throws {
    let scratch = try Scratch()
    let result = try Program.run(["trace", "record"] + arguments, in: scratch.path)
    #expect(result.code == 64)
    #expect(result.problems.contains(message), "\(result.problems)")
  }

  @Test func `nobody there is told before anything is written`() throws {
    let scratch = try Scratch()
    let result = try Program.run(
      [
        "trace", "record", "http://127.0.0.1:1", "--lengths", "5:2", "--concurrency", "1", "--out",
        "r",
      ],
      in: scratch.path)
    #expect(result.code == 69)
    #expect(
      result.problems.contains(
        "http://127.0.0.1:1 does not answer: no connection: Connection refused"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test func `what stands there is neither replaced nor lost unasked`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/r", withIntermediateDirectories: true)
    let arguments = [
      "trace", "record", "http://127.0.0.1:1", "--lengths", "5:2", "--concurrency", "1", "--out",
      "r",
    ]
    let other = try Program.run(arguments, in: scratch.path)
    #expect(other.code == 73)
    #expect(other.problems.contains("is there and is no trace"))
    try "{}".write(toFile: scratch.path + "/r/trace.json", atomically: true, encoding: .utf8)
    let trace = try Program.run(arguments, in: scratch.path)
    #expect(trace.code == 73)
    #expect(trace.problems.contains("--resume goes on with it"))
  }

  @Test func `bad prompts are told with their lines, all at once`() throws {
    let scratch = try Scratch()
    _ = try scratch.file(
      "p.jsonl", "{\"prompt\": 5}\nhello\n{oops\n{\"prompt\":\"x\",\"max_tokens\":0}\n")
    let result = try Program.run(
      ["trace", "record", "http://127.0.0.1:1", "--prompts", "p.jsonl", "--out", "r"],
      in: scratch.path)
    #expect(result.code == 65)
    for line in ["p.jsonl:1:", "p.jsonl:3:", "p.jsonl:4:"] {
      #expect(result.problems.contains(line), "\(result.problems)")
    }
  }

  /// Records four requests from a server that answers all alike.
  private func record(
    _ answer: [ScriptedServer.Step], _ options: [String] = [], in folder: String
  ) async throws -> Program.Result {
    let server = try await ScriptedServer([answer])
    let result = try Program.run(
      [
        "trace", "record", server.url, "--engine", "vllm", "--model", "m", "--lengths", "5:3",
        "--concurrency", "2", "--max-requests", "4", "--out", "r",
      ] + options, in: folder)
    await server.stop()
    return result
  }

  @Test func `requests that all fail are an error with its reasons, and a recording`() async throws
  {
    let scratch = try Scratch()
    let body = #"{"error":{"message":"out of memory"}}"#
    let answer = "HTTP/1.1 500 Oops\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    let result = try await record([.send(answer)], in: scratch.path)
    #expect(result.code == 69)
    #expect(
      result.problems.contains("4 of 4 requests are not ok (4 HTTP 500)"), "\(result.problems)")
    #expect(result.out.contains("4 not ok: HTTP 500, such as: out of memory"), "\(result.out)")
    let stats = try Program.run(["trace", "stats", "r", "--format", "json"], in: scratch.path)
    #expect(stats.out.contains("\"requests\": 4"), "\(stats.problems)")
    // Nothing measured is never a success.
    let all = try await record(
      [.send(answer)], ["--replace", "--max-failed", "1"], in: scratch.path)
    #expect(all.code == 69)
  }

  @Test func `prompts are new in each run, unless a seed is stated`() async throws {
    let scratch = try Scratch()
    let answer: [ScriptedServer.Step] = [
      .send(ScriptedServer.head), .send(ScriptedServer.part("a", tokens: 1)),
      .send(ScriptedServer.end(tokens: 1)), .close,
    ]
    var seeds: [String] = []
    for options in [[], ["--replace"], ["--replace", "--seed", "7"]] {
      let result = try await record(answer, options, in: scratch.path)
      #expect(result.code == 0, "\(result.problems)")
      #expect(result.problems.contains("state --set max_num_seqs=N"))
      let header = try String(contentsOfFile: scratch.path + "/r/trace.json", encoding: .utf8)
      seeds.append(
        header.components(separatedBy: "\"prompt_seed\":").last?
          .prefix { $0.isNumber || $0 == " " }.trimmingCharacters(in: .whitespaces) ?? "")
    }
    #expect(seeds[0] != seeds[1] && seeds[2] == "7", "\(seeds)")
  }

  @Test func `a count that cannot be is an error, too`() async throws {
    let scratch = try Scratch()
    let result = try await record(
      [
        .send(ScriptedServer.head), .send(ScriptedServer.part("a", tokens: 1)),
        .send(ScriptedServer.end(tokens: .max)), .close,
      ], in: scratch.path)
    #expect(result.code == 69)
    #expect(result.problems.contains("4 impossible counts"), "\(result.problems)")
  }

  @Test func `a killed recording is there but for a moment, and --resume goes on with it`()
    async throws
  {
    let server = try await StubServer(tokens: 5, everyMilliseconds: 40)
    let scratch = try Scratch()
    let arguments = [
      "trace", "record", server.url, "--engine", "vllm", "--model", "m", "--lengths", "5:5",
      "--concurrency", "2", "--max-requests", "60", "--out", "r",
    ]
    let rows = scratch.path + "/r/requests.csv"
    let killed = try Program.run(arguments, in: scratch.path, signal: SIGKILL) {
      ((try? String(contentsOfFile: rows, encoding: .utf8))?.split(separator: "\n").count ?? 0) > 5
    }
    #expect(killed.code == SIGKILL)
    // As if it had been killed amid a line.
    let file = try #require(FileHandle(forWritingAtPath: rows))
    try file.seekToEnd()
    try file.write(contentsOf: Data("59,7".utf8))
    try file.close()
    let stats = try Program.run(["trace", "stats", "r", "--format", "json"], in: scratch.path)
    #expect(stats.problems.contains("the last line of requests.csv is cut off"))
    #expect(stats.code == 0, "\(stats.problems)")
    let rest = try Program.run(arguments + ["--resume"], in: scratch.path)
    #expect(rest.code == 0, "\(rest.problems)")
    await server.stop()
    let all = try Program.run(["trace", "stats", "r", "--format", "json"], in: scratch.path)
    #expect(all.out.contains("\"requests\": 60"), "\(all.out)")
  }

  @Test func `Ctrl-C keeps what was measured, and --resume sends the rest`() async throws {
    let server = try await StubServer(tokens: 5, everyMilliseconds: 40)
    let scratch = try Scratch()
    let arguments = [
      "trace", "record", server.url, "--engine", "vllm", "--model", "m", "--lengths", "5:5",
      "--concurrency", "2", "--max-requests", "60", "--out", "r",
    ]
    let stopped = try Program.run(arguments, in: scratch.path) { server.finished >= 10 }
    #expect(stopped.code == 130)
    #expect(stopped.problems.contains("stopped: r has what was measured"))
    let rest = try Program.run(arguments + ["--resume"], in: scratch.path)
    #expect(rest.code == 0, "\(rest.problems)")
    await server.stop()
    let stats = try Program.run(["trace", "stats", "r", "--format", "json"], in: scratch.path)
    #expect(stats.out.contains("\"requests\": 60"), "\(stats.out)")
  }
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct FetchTraceTests {
  @Test func `a download that is ended leaves nobody who goes on with it`() async throws {
    let server = try StalledServer()
    let scratch = try Scratch()
    let url = "http://127.0.0.1:\(server.port)/kavier-stalled.csv"
    _ = try scratch.file(
      "m.json",
      #"{"name": "slow", "publisher": "p", "format": "azure", "files": [{"url": "\#(url)"}]}"#)
    let result = try Program.run(
      ["trace", "archive", "fetch", "slow", "--manifest", "m.json", "--cache", "c"],
      in: scratch.path, signal: SIGTERM
    ) { Self.curls(url) == 1 }
    #expect(result.code == SIGTERM)
    #expect(Self.curls(url) == 0)
    server.stop()
  }

  /// Programs that were given the address.
  private static func curls(_ url: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { Int($0) != nil }.count { name in
      let line = (try? Data(contentsOf: URL(filePath: "/proc/\(name)/cmdline"))) ?? Data()
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return words.first == "curl" && words.contains(url)
    }
  }
}

/// The tutorial's blocks that need a server, against two.
@Suite(
  .timeLimit(.minutes(30)), .serialized,
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct TutorialTests {
  @Test func `the tutorial's commands measure a served fleet, and find its step times`() throws {
    let server = try ServedProgram(["Examples/measured-server/load.yaml"])
    let calibration = try run(server.url)
    #expect(server.stop() == 0)
    // 3 ms and half a one; a busy machine adds to them.
    for (term, range) in [("base", 2.0...20), ("per_decode_sequence", 0.05...10)] {
      let milliseconds = try #require(Self.milliseconds(term, calibration), "\(calibration)")
      #expect(range.contains(milliseconds), "\(term): \(milliseconds) ms")
    }
    for setting in ["max_num_seqs: 8", "num_gpu_blocks: 1025", "enable_prefix_caching: false"] {
      #expect(calibration.contains(setting), "\(calibration)")
    }
  }

  @Test(.enabled(if: LlamaServer.isInstalled, Comment(rawValue: LlamaServer.absence)))
  func `they measure a real server, too`() async throws {
    let server = try await LlamaServer()
    let calibration = try run(server.url)
    #expect(calibration.contains("max_num_seqs: 8"), "\(calibration)")
  }

  /// Runs the page's commands in order, to a prediction of the load. Returns the calibration.
  private func run(_ url: String) throws -> String {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/Examples", withDestinationPath: SharedData.repository + "/Examples")
    let page = try Page("Docs/Calibrating.md")
    let lines = page.blocks.filter { $0.language == "sh server" }
      .flatMap { $0.text.split(separator: "\n") }
    let commands = lines.compactMap { Command(page: page.name, line: $0) }
    #expect(commands.count == 9)
    var last = Program.Result(code: 0, out: "", problems: "")
    for command in commands {
      let arguments = command.arguments.map { $0 == "http://127.0.0.1:8080" ? url : $0 }
      // A small model answers fast enough for ten times the load.
      let faster = arguments.contains("recorded/load") ? ["--time-scale", "10"] : []
      last = try Program.run(arguments + faster, in: scratch.path)
      #expect(last.code == 0, "\(command): \(last.problems)")
      #expect(!last.problems.contains("does not tell"), "\(last.problems)")
      if arguments.contains("recorded/mb_one") {
        #expect(last.out.contains("Cached      "), "\(last.out)")
      }
    }
    #expect(last.out.contains("ttft_p50") && last.out.contains("load "), "\(last.out)")
    #expect(!last.problems.contains("not predicted"), "\(last.problems)")
    return try String(contentsOfFile: scratch.path + "/engine.yaml", encoding: .utf8)
  }

  private static func milliseconds(_ term: String, _ text: String) -> Double? {
    guard let start = text.firstRange(of: " \(term): ")?.upperBound else { return nil }
    let words = text[start...].prefix { $0 != "\n" }.split(separator: " ")
    guard words.count == 2, let value = Double(words[0]) else { return nil }
    return ["ms": 1.0, "us": 1e-3, "s": 1e3][words[1]].map { value * $0 }
  }
}
