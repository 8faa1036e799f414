import Parquet
import ReportTestSupport
import ServingModel
import ServingSim
import SimKernel
import Testing
import TextAndBytes

@testable import Report

/// Files of a run that are not what was written.
@Suite(.timeLimit(.minutes(30))) struct DamagedRunTests {
  private static let whole = Result { try RecordedFiles(RunTablesTests.run()) }

  private func problem(_ files: RecordedFiles) -> RunTablesError? {
    do throws(RunTablesError) {
      _ = try files.read()
      return nil
    } catch {
      return error
    }
  }

  @Test func `what is not a run is refused`() {
    for text in ["", "name: x", "{}", "[1]", #"{"format": "else", "version": 1}"#] {
      let files = RecordedFiles(files: ["run.json": Array(text.utf8)])
      #expect(problem(files) == .notARun, "\(text)")
    }
    let later = RecordedFiles(
      files: ["run.json": Array(#"{"format": "kavier-run", "version": 6}"#.utf8)])
    #expect(problem(later) == .version("6"))
    #expect(
      RunTablesError.version("6").description
        == "run.json: a recorded run of format 6; this program reads 5: simulate again")
  }

  @Test func `a cut file never passes for a whole one`() throws {
    let whole = try Self.whole.get()
    for (name, bytes) in whole.files {
      for length in Array(stride(from: 0, to: bytes.count - 2, by: 41)) + [bytes.count - 8] {
        var files = whole
        files.files[name] = Array(bytes.prefix(length))
        let found = try #require(problem(files), "\(name) cut to \(length)")
        #expect(found.file == name)
      }
    }
  }

  @Test func `a changed byte is noticed, wherever it is`() throws {
    let whole = try Self.whole.get()
    let bits = try RecordedFiles(try whole.read()).files
    for (name, bytes) in whole.files {
      for place in stride(from: 0, to: bytes.count, by: 13) {
        var files = whole
        files.files[name]?[place] ^= 0x10
        if name == RunTables.documentName, let run = try? files.read() {
          // Space between values, which says nothing.
          #expect(try RecordedFiles(run).files == bits)
        } else {
          #expect(problem(files)?.file == name)
        }
      }
    }
  }

  @Test func `a table of another run is noticed`() throws {
    var other = RunTablesTests.run()
    other.promptTokens[0] += 1
    other.recording.replicas[0].steps += 1
    other.recording.replicas[0].windows[0].arrived += 1
    other.recording.held[0].release = Fixtures.time(1011)
    other.recording.lost[0].end = Fixtures.time(10)
    other.recording.handoffs[1].arrived = Fixtures.time(11)
    other.recording.loads[1].arrived = Fixtures.time(7)
    let others = try RecordedFiles(other).files
    let whole = try Self.whole.get()
    for name in whole.files.keys where name != RunTables.documentName {
      var files = whole
      files.files[name] = others[name]
      #expect(problem(files) == .changed(name))
      files.files[name] = nil
      #expect(problem(files)?.description == "\(name): cannot be opened; simulate again")
    }
  }

  /// Values that a run cannot have, in files whose sums are right.
  private static let forgeries: [(String, @Sendable (inout FinishedRun) -> Void)] = [
    (
      "requests.parquet: damaged: column prompt_tokens, row 2 (from 0): found -1; expected a whole",
      {
        $0.promptTokens[2] = -1
      }
    ),
    (
      "requests.parquet: damaged: column cached_tokens, row 0 (from 0): found 9999; expected",
      {
        $0.recording.outcomes[0].cachedTokens = 9999
      }
    ),
    (
      "requests.parquet: damaged: column arrival_s and arrival_ps, row 1 (from 0): found 0 and -1; exp",
      {
        $0.recording.outcomes[1].arrival.picoseconds = -1
      }
    ),
    (
      "requests.parquet: damaged: column status, row 0 (from 0): found finished with times that",
      {
        $0.recording.outcomes[0].firstToken = .never
      }
    ),
    (
      "requests.parquet: damaged: column status, row 3 (from 0): found finished with times that",
      {
        $0.recording.outcomes[3].finish = .start
      }
    ),
    (
      "requests.parquet: damaged: column deadline_ps, row 1 (from 0): found -5; expected",
      {
        $0.deadlines?[1] = SimDuration(picoseconds: -5)
      }
    ),
    (
      "requests.parquet: damaged: column max_tokens, row 2 (from 0): found 9999999999; expected",
      {
        $0.traits[.maxTokens]?[2] = 9_999_999_999
      }
    ),
    (
      "held.parquet: damaged: column request_id, row 0 (from 0): found 9; expected one of the 4",
      {
        $0.recording.held[0].number = 9
      }
    ),
    (
      "held.parquet: damaged: column release_s, row 0 (from 0): found nothing; expected an inst",
      {
        $0.recording.held[0].release = .never
      }
    ),
    (
      "engines.parquet: damaged: column steps, row 0 (from 0): found -3; expected",
      {
        $0.recording.replicas[0].steps = -3
      }
    ),
    (
      "engines.parquet: damaged: column steps, row 0 (from 0): found 4611686018427387904; expec",
      {
        $0.recording.replicas[0].steps = 1 << 62
      }
    ),
    (
      "engines.parquet: damaged: column joined_s, row 0 (from 0): found an engine that joins",
      {
        $0.recording.replicas[0].joined = .never
      }
    ),
    (
      "windows.parquet: damaged: column running_ps, row 1 (from 0): found -1.0; expected",
      {
        $0.recording.replicas[0].windows[1].runningTime = -1
      }
    ),
    (
      "windows.parquet: damaged: column decode_steps_busy_ps, row 0 (from 0): found nan; expect",
      {
        $0.recording.replicas[0].windows[0].decodeSteps.busy = .nan
      }
    ),
    (
      "windows.parquet: damaged: it has not 3 windows of each engine; simulate again",
      {
        $0.recording.replicas[0].windows.removeLast()
      }
    ),
    (
      "run.json: damaged: window_ps: found 0; expected more than 0; simulate again",
      {
        $0.recording.replicas[0].windowLength = .zero
      }
    ),
    (
      "run.json: damaged: kinds[0].meter.peak_flops_per_s: found 0.0; expected a number from 1.",
      {
        $0.replicas[0].meter?.peakCompute.rate = 0
      }
    ),
    (
      "run.json: damaged: kinds[0].meter.flops_per_token: found nothing; expected a number from",
      {
        $0.replicas[0].meter?.flopsPerToken = .infinity
      }
    ),
  ]

  @Test func `a value that no run has is told, with its place`() throws {
    for (expected, forge) in Self.forgeries {
      var run = RunTablesTests.run()
      forge(&run)
      let found = problem(try RecordedFiles(run))?.description ?? "nothing"
      #expect(found.hasPrefix(expected), "\(found)")
    }
  }

  /// A file whose sum is right says nothing of its numbers.
  @Test func `no bytes stop a report, even if all sums are right`() throws {
    let whole = try Self.whole.get()
    var random = RandomStream(seed: 3, .tests)
    let words: [UInt64] = [.max, 1 << 62, Double.nan.bitPattern, (1e300).bitPattern, 0]
    for (name, bytes) in whole.files where name != RunTables.documentName {
      for place in stride(from: 4, to: bytes.count - 12, by: 11) {
        var files = whole
        let word = words[random.integer(below: words.count)]
        for i in 0..<(1 + random.integer(below: 8)) {
          files.files[name]?[place + i] = UInt8(truncatingIfNeeded: word >> UInt64(8 * i))
        }
        files.seal()
        guard let run = try? files.read() else { continue }
        _ = TextReport.render(Metrics(run))
        try TimelineCSV.write(run) { _ in }
      }
    }
  }

  @Test func `no value of the document stops a report`() throws {
    let whole = try Self.whole.get()
    let text = String(decoding: whole.files[RunTables.documentName] ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let values = ["-1", "9223372036854775807", "1e300", "null", "\"x\"", "[]", "{}", "1e-320"]
    for (number, line) in lines.enumerated() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      for value in values {
        var changed = lines
        changed[number] = line[...colon] + value + (line.hasSuffix(",") ? "," : "")
        var files = whole
        files.files[RunTables.documentName] = Array(changed.joined(separator: "\n").utf8)
        files.seal()
        guard let run = try? files.read() else { continue }
        _ = TextReport.render(Metrics(run))
      }
    }
  }

  @Test func `a table of endless rows in a few bytes is refused`() throws {
    var files = try Self.whole.get()
    // Every row the same: 2^26 rows take 1 kB.
    let rows = 1 << 26
    var bytes: [UInt8] = []
    var writer = try RunTableWriter([.init("request_id", .int64)]) { bytes += $0 }
    writer.columns[0].append(1 as Int64, rows: rows)
    try writer.finish()
    files.files[RunTables.requests] = bytes
    var document = try #require(files.document)
    let tables = try #require(document["tables"]?.array).map { table in
      var table = table
      if table["file"]?.text == RunTables.requests { table["rows"] = .count(rows) }
      return table
    }
    document["tables"] = .array(tables)
    files.files[RunTables.documentName] = Array(document.document.utf8)
    files.seal()
    #expect(problem(files)?.message.contains("it has not the rows that run.json says") == true)
  }
}
