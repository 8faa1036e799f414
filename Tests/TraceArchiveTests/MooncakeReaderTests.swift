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
  #expect((0..<3).map { prefixes[$0].ids } == [[0, 1, 2], [0], []])
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

@Test func `turns of aiperf and Dynamo wait for the turn before`() throws {
  let trace = try collect(
    """
    {"session_id": "a", "timestamp": 1000.5, "input_length": 300, "output_length": 40}
    {"session_id": "b", "input_length": 90, "output_length": 10}
    {"session_id": "a", "delay": 2000, "input_length": 350, "output_length": 20}
    {"session_id": "b", "delay_ms": 1.5, "input_tokens": 50, "output_tokens": 5}
    {"session_id": "a", "created_time": 9000, "input_length": 400, "output_length": 20}
    """, name: "t.jsonl")
  #expect(trace.reading.format == .mooncake)
  #expect(trace.column(.arrival) == [1_000_500, nil, nil, nil, 9_000_000])
  #expect(trace.column(.inputTokens) == [300, 90, 350, 50, 400])
  #expect(trace.column(.parentID) == [nil, nil, 0, 1, nil])
  #expect(trace.column(.turn) == [0, 0, 1, 1, 2])
  #expect(trace.column(.think) == [nil, nil, 2_000_000, 1500, nil])
  #expect(
    trace.reading.notes.dropFirst() == [
      "1 rows have no time and follow no other: they are sent when a client is free",
      """
      1 turns have shorter prompts than the turn before had with its answer: input_length is taken \
      for the whole prompt, as Dynamo does; aiperf sends the turns before with it
      """,
    ])
}

@Test func `what only a tokenizer or a model can tell is asked for, once for all lines`() throws {
  let rows = """
    {"timestamp": 0, "text_input": "Hello world", "output_length": 4}
    {"timestamp": 5, "messages": [{"role": "user", "content": "Hi"}], "output_length": 4}
    {"timestamp": 9, "input_length": 10, "hash_ids": [1]}
    {"timestamp": 9, "text_input": "Hello", "output_length": 4}
    {"timestamp": 10, "input_length": 10}
    {"timestamp": 11, "input_length": 10}
    """
  #expect(
    try complaints(rows, name: "t.jsonl") == [
      """
      t.jsonl:1: text_input: has a text and no input_length; count its tokens with the model's \
      tokenizer and state them as input_length (and 1 more like this: lines 4)
      """,
      """
      t.jsonl:2: messages: has a text and no input_length; count its tokens with the model's \
      tokenizer and state them as input_length
      """,
      """
      t.jsonl:3: output_length: has no value; how long an answer gets is not in the file, so state its \
      tokens as output_length, or leave such rows out with --lenient (and 2 more \
      like this: lines 5, 6)
      """,
    ])
}

@Test func `a misspelt time is no row without one`() throws {
  let found = try complaints(
    #"{"timestmap": 0, "input_length": 5, "output_length": 5}"#, name: "t.jsonl")
  #expect(found.count == 1 && found[0].contains(#"did you mean timestamp by "timestmap"?"#))
}
