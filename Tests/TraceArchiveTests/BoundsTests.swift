import SimKernel
import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Test func `times of a session beyond thirty years are refused`() throws {
  for (key, line) in [
    ("t", #""t":1e18,"api_time":1"#), ("api_time", #""t":0,"api_time":1e300"#),
    ("t", #""t":-1,"api_time":1"#),
  ] {
    let found = try complaints(
      #"{"id":"a","block_size":64,"hash_id_scope":"local","requests":[{\#(line),"in":5,"out":1}]}"#,
      name: "t.json")
    #expect(
      found.first?.hasPrefix("t.json:1: \(key): found") == true, "\(found)")
  }
}

@Test func `a row of more block ids than memory holds is refused before it is tried`() throws {
  let header = #"{"hashing":{"kind":"prefix_chain","block_size":1}}"#
  let found = try complaints(
    files: [
      "trace.json": Array(header.utf8),
      "requests.csv": Array(
        "request_id,input_tokens,output_tokens,prefix_ids\n0,2000000000,1,0+2000000000\n".utf8),
    ], path: "")
  #expect(
    found == [
      """
      requests.csv:2: prefix_ids: found "0+2000000000", which has more than 16777216 ids, which is \
      all a row can have
      """
    ])
}

@Test func `laws without a value or below all values draw the least count`() {
  var stream = RandomStream(seed: 1, .promptLengths, index: 0)
  #expect(Law.constant(-1e300).tokens(&stream) == 1)
  #expect(Law.lognormal(.infinity, 0).tokens(&stream) == 100_000_000)
  #expect(Law.constant(.nan).tokens(&stream) == 1)
}

@Test func `a profile that asks for what a trace cannot hold is refused with the figure`() throws {
  var client = TraceProfile.Client("c")
  client.input = .constant(9e7)
  client.output = .constant(1)
  var profile = TraceProfile("slow", "", source: "", rate: 1e-9, clients: [client])
  func complaint() -> String {
    do throws(FileProblem) {
      _ = try TraceGenerator(profile, seed: 1, length: .requests(20)).generate(
        into: CollectingSink())
      return ""
    } catch {
      return error.description
    }
  }
  #expect(complaint().contains("the profile's rate is too low for so many"))
  profile.rate = 1
  profile.blockSize = 1
  #expect(
    complaint() == """
      slow: request 0 of the profile: a prompt of 90000000 tokens has 90000000 blocks of 1; allowed \
      are 16777216
      """)
  client.session = TraceProfile.Session(
    turns: .constant(1e6), first: .constant(10), added: .constant(10), think: .constant(1))
  profile.clients = [client]
  #expect(
    complaint()
      == "slow: request 0 of the profile: session.turns drew 1000000 for one session; allowed are 10000"
  )
  client.session?.turns = .constant(9000)
  client.session?.added = .constant(1000)
  profile.clients = [client]
  #expect(complaint().contains("have more than 50000000 blocks together"))
}

@Test func `scaled arrivals stay within what a trace can hold`() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file("t.csv", "arrival_s,input_tokens,output_tokens\n0,1,1\n3e9,1,1\n")
  #expect(throws: FileProblems.self) {
    try TraceImport.run(
      path: path, options: TraceReadOptions(), applying: ScaleTransform(rate: 1e-6),
      to: folder.path + "/out")
  }
}

@Test func `parts of answers beyond all bounds are refused with their line`() throws {
  let part = #"{"request_id":0,"at_us":[1000000000000000000],"tokens":[1]}"#
  let found = try complaints(
    files: [
      "trace.json": Array("{}".utf8), "chunks.jsonl": Array(part.utf8),
      "requests.csv": Array("request_id,input_tokens,output_tokens\n0,1,1\n".utf8),
    ], path: "")
  #expect(found.count == 1)
  #expect(
    found.first?.hasPrefix("chunks.jsonl:1: request 0: found a part of 1 tokens at 10000") == true,
    "\(found)")
}

@Test func `steps of an engine log have counts that fit`() throws {
  try withFiles([
    "runs.csv": Array("run,server\nr,s\n".utf8),
    "requests.csv": Array(
      "run,i,prompt_tokens,completion_tokens,engine_arrival\nr,0,5,1,0\n".utf8),
    "steps_composition.jsonl": Array(
      #"{"run": "r", "t0": 1, "seqs": [[0, 9223372036854775807, 1]]}"#.utf8),
  ]) { directory in
    _ = #expect(throws: FileProblems.self) { try EngineLog.read(directory: directory) }
  }
}
