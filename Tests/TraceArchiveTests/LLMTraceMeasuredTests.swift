import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

/// What a recording has beside the requests: parts of answers and series.
@Suite(.timeLimit(.minutes(30))) struct LLMTraceMeasuredTests {
  private let header = #"{"format_version":1}"#
  private let requests =
    "request_id,arrival_us,input_tokens,output_tokens,sent_us,ttft_us\n4,0,5,3,2,70\n9,10,5,3,,\n"
  private let chunks = """
    {"request_id":4,"at_us":[70,90,110],"tokens":[1,null,2]}
    {"request_id":9,"at_us":[75],"tokens":[3]}
    """
  private let series =
    "at_us,source,name,labels,value\n-5,server,vllm:x,engine=0,1.5\n7,device,\"a,b\",,3\n"

  private final class Sink: TraceSink {
    var records: [TraceRecord] = []
    var samples: [TraceSample] = []
    func begin(_ header: TraceHeader, fields: [TraceField]) throws(FileProblem) {}
    func take(_ record: TraceRecord) throws(FileProblem) { records.append(record) }
    func take(_ sample: TraceSample) throws(FileProblem) { samples.append(sample) }
  }

  private func files(series: String? = nil) -> [String: [UInt8]] {
    [
      "trace.json": Array(header.utf8), "requests.csv": Array(requests.utf8),
      "chunks.jsonl": Array(chunks.utf8), "series.csv": Array((series ?? self.series).utf8),
    ]
  }

  private func check(_ sink: Sink) {
    #expect(
      sink.records.map(\.chunks) == [
        [
          TraceChunk(at: 70, tokens: 1), TraceChunk(at: 90, tokens: nil),
          TraceChunk(at: 110, tokens: 2),
        ], [TraceChunk(at: 75, tokens: 3)],
      ])
    #expect(sink.records.map { $0[.sent] } == [2, nil])
    #expect(
      sink.samples == [
        TraceSample(at: -5, source: "server", name: "vllm:x", labels: "engine=0", value: 1.5),
        TraceSample(at: 7, source: "device", name: "a,b", labels: "", value: 3),
      ])
  }

  @Test func `lines of no request hide none of the others, and are told`() throws {
    for (name, stray, line) in [
      ("chunks.jsonl", #"{"request_id":2,"at_us":[1],"tokens":[1]}"#, 1),
      ("chunks.jsonl", #"{"request_id":99,"at_us":[1],"tokens":[1]}"#, 2),
      ("chunks.jsonl", #"{"at_us":[1],"tokens":[1]}"#, 2),
    ] {
      var lines = chunks.split(separator: "\n").map(String.init)
      lines.insert(stray, at: line - 1)
      var files = files()
      files[name] = Array(lines.joined(separator: "\n").utf8)
      try withFiles(files) { directory in
        var options = TraceReadOptions()
        options.leavesOutUnreadable = true
        let sink = Sink()
        let reading = try TraceReading.read(path: directory, options: options, into: sink)
        check(sink)
        let told = reading.problems.problems.map(\.description)
        #expect(
          told.count == 1 && told[0].hasPrefix("\(directory)/\(name):\(line): request_id: found"))
        #expect(throws: FileProblems.self) { try TraceReading.read(path: directory, into: Sink()) }
      }
    }
  }

  @Test func `parts of requests that are not written yet are no fault`() throws {
    var files = files()
    files["chunks.jsonl"] = Array(
      (chunks + "\n" + #"{"request_id":12,"at_us":[1],"tokens":[1]}"#).utf8)
    try withFiles(files) { directory in
      let sink = Sink()
      _ = try TraceReading.read(path: directory, into: sink)
      check(sink)
    }
  }

  @Test func `parts of answers and series are read, and written as they were`() throws {
    try withFiles(files()) { directory in
      let sink = Sink()
      _ = try TraceReading.read(path: directory, into: sink)
      check(sink)
      let copy = try TemporaryFolder()
      _ = try TraceImport.run(
        path: directory, options: TraceReadOptions(), to: copy.path + "/copy")
      let again = Sink()
      _ = try TraceReading.read(path: copy.path + "/copy", into: again)
      check(again)
    }
  }

  /// The three files of a recording that was killed amid a line of each.
  private func torn(_ header: String) -> [String: [UInt8]] {
    [
      "trace.json": Array(header.utf8), "requests.csv": Array((requests + "11,20,5,3,4,7").utf8),
      "chunks.jsonl": Array((chunks + "\n{\"request_id\":11,\"at_us\":[7").utf8),
      // Without its last digits it would be another number.
      "series.csv": Array((series + "9,server,vllm:x,engine=0,1").utf8),
    ]
  }

  @Test func `what a killed recording has of a last line is left out with a word`() throws {
    let header = #"{"format_version":1,"collection":{"is_complete":false}}"#
    try withFiles(torn(header)) { directory in
      let sink = Sink()
      let reading = try TraceReading.read(path: directory, into: sink)
      check(sink)
      #expect(
        reading.notes.suffix(3)
          == ["requests.csv", "chunks.jsonl", "series.csv"].map {
            "the last line of \($0) is cut off and was left out: the recording was killed"
          })
    }
    var parts = torn(header)
    parts["requests.csv"] = Array(requests.utf8)
    parts["chunks.jsonl"]?.removeLast(30)
    try withFiles(parts) { directory in
      let sink = Sink()
      let reading = try TraceReading.read(path: directory, into: sink)
      #expect(sink.records.map(\.chunks.count) == [3, 0])
      #expect(reading.notes.contains { $0.contains("the last line of chunks.jsonl is cut off") })
    }
  }

  @Test func `a whole trace has no line without its end`() throws {
    let found = try complaints(files: torn(header), path: "")
    #expect(found.isEmpty == false)
  }

  @Test func `a value that is none is told with its line`() throws {
    let found = try complaints(
      files: files(series: "at_us,name,value\n1,x,2\n2,x,two\n"), path: "")
    #expect(found.count == 1)
    #expect(found.first?.contains("series.csv:3") == true)
    #expect(found.first?.contains("two") == true)
  }
}
