import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct RecordingsTests {
  private let header = """
    {"format_version":1,"collection":{"system":"vllm","server":"S","model":"m",\
    "settings":{"max_num_seqs":8,"enable_prefix_caching":false},\
    "load":{"mode":"closed","concurrency":2},"round_trip_us":400}}
    """
  private let requests = """
    request_id,arrival_us,input_tokens,output_tokens,status,sent_us,ttft_us,e2e_us,cached_input_tokens
    0,1000,5,3,ok,2,70,110,4
    1,2000,5,1,failed,2,70,,
    2,3000,5,3,ok,2,75,99,
    """
  private let chunks = """
    {"request_id":0,"at_us":[70,90,110],"tokens":[1,1,1]}
    {"request_id":1,"at_us":[70,95],"tokens":[1,1]}
    {"request_id":2,"at_us":[75,99],"tokens":[1,null]}
    """

  private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    try withFiles(
      [
        "trace.json": Array(header.utf8), "requests.csv": Array(requests.utf8),
        "chunks.jsonl": Array(chunks.utf8),
      ], body)
  }

  @Test func `a recording is a run with its times in nanoseconds`() throws {
    let run = try inFolder { try ServedRuns.read(path: $0, withSteps: true) }[0]
    #expect(run.server == "S")
    #expect(run.model == "m")
    #expect(run.concurrency == 2)
    #expect(run.roundTrip == 400_000)
    #expect(run.settings == ["max_num_seqs": "8", "enable_prefix_caching": "false"])
    #expect(run.requests.map(\.request.number) == [0, 2])
    let first = try #require(run.requests.first)
    #expect(first.request.arrival == 1_000_000)
    #expect(first.firstToken == 1_070_000)
    #expect(first.end == 1_110_000)
    #expect(first.cachedTokens == 4)
    #expect(first.chunks.map(\.at) == [1_070_000, 1_090_000, 1_110_000])
    #expect(run.medianGap == 0.02)
  }

  @Test func `a failed request is a disturbance, and parts of unknown tokens say nothing of steps`()
    throws
  {
    let run = try inFolder { try ServedRuns.read(path: $0, withSteps: true) }[0]
    #expect(run.failed == 1)
    #expect(run.disturbances == [2_000_000...2_095_000])
    #expect(run.requests[1].chunks.isEmpty)
  }

  @Test(arguments: [
    (#"[70,60,110],"tokens":[1,1,1]"#, "a part of the answer at 60 us after one at 70 us"),
    (#"[-7,60,110],"tokens":[1,1,1]"#, "at -7 us"),
    (#"[70,90,110],"tokens":[1,-1,1]"#, "found a part of -1 tokens at 90 us"),
    (#"[70,90,9223372036854775807],"tokens":[1,1,1]"#, "at 9223372036854775807 us"),
    (#"[70,90,110],"tokens":[1,9223372036854775807,1]"#, "of 9223372036854775807 tokens"),
    (#"[70,90,92233720368547758070],"tokens":[1,1,1]"#, "at 92233720368547758070 us"),
    (#"[70,90.5,110],"tokens":[1,1,1]"#, "at 90.5 us"),
    (#"[70,90,110],"tokens":[1,1]"#, "found 2 tokens for 3 times"),
  ])
  func `parts that cannot have come so are told`(parts: String, message: String) throws {
    let problem = #expect(throws: FileProblems.self) {
      try withFiles(
        [
          "trace.json": Array(header.utf8), "requests.csv": Array(requests.utf8),
          "chunks.jsonl": Array(#"{"request_id":0,"at_us":\#(parts)}"#.utf8),
        ]) { try ServedRuns.read(path: $0, withSteps: true) }
    }
    #expect(problem?.description.contains("request 0: ") == true)
    #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
  }

  @Test func `any other trace is no recording`() throws {
    let isThere = try withFiles([
      "trace.json": Array(#"{"format_version":1}"#.utf8), "requests.csv": Array(requests.utf8),
    ]) { ServedRuns.isThere($0) }
    #expect(!isThere)
    #expect(try inFolder { ServedRuns.isThere($0) })
  }
}
