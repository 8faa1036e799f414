import Testing
import TraceArchive

private let lines = """
  {"timestamp": 3000, "input_length": 1025, "output_length": 500, "hash_ids": [0, 1, 2]}
  {"output_length": 4, "hash_ids": [0], "extra": {"a": [1]}, "input_length": 512, "timestamp": 3000.5}
  {"timestamp": 6000, "input_length": 10, "output_length": 0, "hash_ids": [9]}
  {"timestamp": 6000, "input_length": 10, "output_length": 2}
  """

@Test func `Mooncake lines become arrivals, counts and blocks`() throws {
  let trace = try readTrace(lines, name: "t.jsonl")
  #expect(trace.format == .mooncake)
  #expect(trace.arrivals == [0, 500_000, 3_000_000_000])
  #expect(trace.inputTokens == [1025, 512, 10])
  let prefixes = try #require(trace.prefixes)
  #expect((0..<3).map { Array(prefixes[$0]) } == [[0, 1, 2], [0], []])
  #expect(prefixes.blockSize == 512 && prefixes.scope == .global && prefixes.hasPartialBlocks)
  #expect(trace.dropped == [.noOutputTokens: 1])
}

@Test func `block ids have to be as many as the prompt has blocks`() throws {
  let found = try complaints(
    #"{"timestamp": 0, "input_length": 1025, "output_length": 5, "hash_ids": [0, 1]}"#,
    name: "t.jsonl")
  #expect(
    found == [
      """
      t.jsonl:1: hash_ids: found 2 ids for a prompt of 1025 tokens; with 512 tokens a block and a \
      last one that is not full it has 3
      """
    ])
  let options = TraceReadOptions(mooncakeBlockSize: 16)
  let line = #"{"timestamp": 0, "input_length": 17, "output_length": 5, "hash_ids": [7, 8]}"#
  #expect(try readTrace(line, options: options).prefixes?.blockSize == 16)
}

@Test func `a missing key is named, with the one that was meant`() throws {
  let found = try complaints(
    #"{"timestamp": 0, "input_len": 5, "output_length": 5}"#, name: "t.jsonl",
    options: TraceReadOptions(format: .mooncake))
  #expect(
    found == [
      """
      t.jsonl:1: no column input_length; did you mean input_length by "input_len"?; found are \
      timestamp, input_len, output_length; mooncake needs timestamp, input_length, output_length
      """
    ])
}

@Test func `block ids that are no list of whole numbers are reported`() throws {
  for ids in ["[1.5]", "\"x\"", "[[1]]", "{}"] {
    let found = try complaints(
      #"{"timestamp": 0, "input_length": 1, "output_length": 5, "hash_ids": \#(ids)}"#,
      name: "t.jsonl")
    #expect(found.count == 1 && found[0].contains("hash_ids: found"), "\(ids): \(found)")
  }
}
