import ServingTestSupport
import Testing
import TraceArchive
@testable import TextAndBytes

private let header = """
  {"format_version": 1, "name": "x",
   "hashing": {"kind": "prefix_chain", "block_size": 4, "scope": "session",
               "partial_block": "excluded"}}
  """

private let csv = """
  request_id,arrival_us,input_tokens,output_tokens,session_id,turn,parent_id,depends_on,think_us,priority,prefix_ids,model
  10,1000,9,5,s1,0,,,,2,1+2,m
  11,,17,5,s1,1,10,,2000000,,=2|5+2,m
  12,,8,1,s1,2,10,10;11,,,=1|7,m
  13,3000,4,1,s2,0,,,,-1,"[1]",m
  """

private func trace(
  header: String = header, requests: String, name: String = "requests.csv", sort: Bool = false
) throws -> RequestTrace {
  let files = ["trace.json": Array(header.utf8), name: Array(requests.utf8)]
  return try withFiles(files) {
    try RequestTrace.read(path: $0, options: TraceReadOptions(sort: sort))
  }
}

private func llmComplaints(
  header: String = header, requests: String, name: String = "requests.csv"
) throws -> [String] {
  let files = ["trace.json": Array(header.utf8), name: Array(requests.utf8)]
  return try complaints(files: files, path: "/")
}

@Test func `an llm-trace directory keeps what a replay needs`() throws {
  let trace = try trace(requests: csv)
  #expect(trace.format == .llmTrace)
  #expect(trace.arrivals == [0, RequestTrace.noArrival, RequestTrace.noArrival, 2_000_000])
  #expect(trace.inputTokens == [9, 17, 8, 4])
  #expect(trace.sessions == [0, 0, 0, 1])
  #expect(trace.turns == [0, 1, 2, 0])
  #expect(trace.parents == [-1, 0, 0, -1])
  #expect(trace.thinkTimes == [-1, 2_000_000_000, -1, -1])
  #expect(trace.priorities == [2, 0, 0, -1])
  let dependsOn = try #require(trace.dependsOn)
  #expect((0..<4).map { Array(dependsOn[$0]) } == [[], [], [0, 1], []])
  let prefixes = try #require(trace.prefixes)
  #expect((0..<4).map { prefixes[$0].ids } == [[1, 2], [1, 2, 5, 6], [1, 7], [1]])
  #expect(prefixes.blockSize == 4 && prefixes.scope == .session && !prefixes.hasPartialBlocks)
}

@Test func `JSON Lines hold the same, with null for what is unknown`() throws {
  let lines = """
    {"request_id":10,"arrival_us":1000,"input_tokens":9,"output_tokens":5,"session_id":"s1","turn":0,"priority":2,"prefix_ids":[1,2]}
    {"request_id":11,"arrival_us":null,"input_tokens":17,"output_tokens":5,"session_id":"s1","turn":1,"parent_id":10,"think_us":2000000,"prefix_ids":"=2|5+2"}
    {"request_id":12,"input_tokens":8,"output_tokens":1,"session_id":"s1","turn":2,"parent_id":10,"depends_on":[10,11],"prefix_ids":[1,7],"extra":{"a":1}}
    {"request_id":13,"arrival_us":3000,"input_tokens":4,"output_tokens":1,"session_id":"s2","turn":0,"priority":-1,"prefix_ids":"1"}
    """
  let a = try trace(requests: lines, name: "requests.jsonl")
  let b = try trace(requests: csv)
  #expect(a.arrivals == b.arrivals && a.inputTokens == b.inputTokens)
  #expect(a.sessions == b.sessions && a.parents == b.parents && a.turns == b.turns)
  #expect(a.dependsOn == b.dependsOn && a.thinkTimes == b.thinkTimes)
  #expect(a.priorities == b.priorities && a.prefixes == b.prefixes)
}

@Test func `ids go on from the last row of the session and agent where no parent is named`() throws
{
  let trace = try trace(
    requests: """
      request_id,arrival_us,input_tokens,output_tokens,session_id,agent_id,prefix_ids
      0,0,8,1,s,,1+2
      1,1,4,1,s,a,9
      2,2,12,1,s,,=2|3
      3,3,8,1,s,a,=1|4
      """)
  let prefixes = try #require(trace.prefixes)
  #expect((0..<4).map { prefixes[$0].ids } == [[1, 2], [9], [1, 2, 3], [9, 4]])
}

@Test func `rows that go on from a dropped row go on from what it went on from`() throws {
  let trace = try trace(
    requests: """
      request_id,arrival_us,input_tokens,output_tokens,parent_id,depends_on
      0,5,8,0,,
      1,,8,1,0,
      2,7,8,1,1,
      3,,8,0,2,
      4,,9,1,3,3
      """)
  #expect(trace.dropped == [.noOutputTokens: 2])
  #expect(trace.arrivals == [0, 2000, RequestTrace.noArrival])
  #expect(trace.parents == [-1, 0, 1])
  #expect(trace.dependsOn.map { Array($0[2]) } == [1])
}

@Test func `sorting carries parents, dependencies and ids along`() throws {
  let trace = try trace(
    requests: """
      request_id,arrival_us,input_tokens,output_tokens,session_id,parent_id,depends_on,prefix_ids
      0,9,4,1,s,,,1
      1,,5,2,s,0,0,1
      2,3,4,3,t,,,8
      """, sort: true)
  #expect(trace.outputTokens == [3, 1, 2])
  #expect(trace.parents == [-1, -1, 1])
  #expect(trace.dependsOn.map { Array($0[2]) } == [1])
  let prefixes = try #require(trace.prefixes)
  #expect((0..<3).map { prefixes[$0].ids } == [[8], [1], [1]])
}

@Test func `ids that are no prefix chain are left aside and that is said`() throws {
  let trace = try trace(
    header: #"{"hashing": {"kind": "component"}}"#,
    requests: "request_id,arrival_us,input_tokens,output_tokens,prefix_ids\n0,0,8,1,1+2\n")
  #expect(trace.prefixes == nil)
  #expect(
    trace.notes.contains { $0.contains("prefix_ids are left aside: hashing.kind is component") })
}

@Test func `a directory without its two files says what it has to hold`() throws {
  let needed =
    "requests.csv, requests.csv.gz, requests.jsonl, requests.jsonl.gz, requests.parquet"
  #expect(
    try complaints(files: [:], path: "/") == [
      ": holds no trace.json; an llm-trace directory holds trace.json and one of \(needed)"
    ])
  let found = try complaints(files: ["trace.json": Array(header.utf8)], path: "/trace.json")
  #expect(found == ["trace.json: holds none of \(needed)"])
}

@Test(arguments: [
  ("{", "trace.json:1: no JSON object: expected '\"'"),
  ("{\"a\": 1,\n\"b\"}", "trace.json:2: no JSON object: expected ':'"),
  (#"{"format_version": 2}"#, #"trace.json: format_version: found "2"; allowed are 1, 1.0"#),
  (
    #"{"hashing": {"scope": "user"}}"#,
    #"trace.json: hashing.scope: found "user"; allowed are global, session"#
  ),
  (
    #"{"hashing": {"block_size": 0}}"#,
    #"trace.json: hashing.block_size: found "0"; allowed are whole numbers from 1 to 1000000"#
  ),
])
func `a header that cannot be used is reported`(header: String, complaint: String) throws {
  #expect(try llmComplaints(header: header, requests: csv) == [complaint])
}

@Test(arguments: [
  ("0,0,8,1,,7,,,", "parent_id: found 7; no row above has that request_id"),
  ("0,0,8,1,,,0,,", "depends_on: found 0; no row above has that request_id"),
  ("0,0,8,1,,,,-1,", #"think_us: found "-1"; allowed are whole numbers from 0"#),
  ("x,0,8,1,,,,,", "request_id: found \"x\"; allowed are whole numbers"),
  ("0,0,8,1,,,,,1+2", "prefix_ids: its ids hold within a session, and the row has no session_id"),
  ("0,0,8,1,s,,,,=1|2", #"prefix_ids: found "=1|2", which takes 1 ids from a row that has 0"#),
  ("0,0,8,1,s,,,,a+b", "which is no list of ids like [1, 2, 3] or =2|10+3;20+1"),
  ("0,0,8,1,s,,,,1+999999999999", "which has more ids than blocks"),
  ("0,0,8,1,s,,,,1+1", "found 1 ids for a prompt of 8 tokens"),
])
func `a row that cannot be used is reported`(row: String, complaint: String) throws {
  let columns =
    "request_id,arrival_us,input_tokens,output_tokens,session_id,parent_id,depends_on,think_us,prefix_ids\n"
  let found = try llmComplaints(requests: columns + row + "\n")
  #expect(
    found.count == 1 && found[0].hasPrefix("requests.csv:2: ") && found[0].contains(complaint),
    "\(found)")
}

@Test func `an id that stands twice and blocks of two sizes are reported`() throws {
  let columns = "request_id,input_tokens,output_tokens,session_id,block_size,prefix_ids\n"
  let found = try llmComplaints(requests: columns + "0,8,1,s,4,1+2\n0,8,1,s,,1+2\n1,8,1,s,8,1\n")
  #expect(
    found == [
      "requests.csv:3: request_id: found 0 a second time",
      #"requests.csv:4: block_size: found "8"; all rows of a trace have blocks of one size"#,
    ])
  let unsized = try llmComplaints(header: "{}", requests: columns + "0,8,1,s,,1+2\n")
  #expect(
    unsized == [
      "requests.csv:2: prefix_ids: neither the row nor trace.json says how long a block is"
    ])
}
