import Testing
import TraceArchive

private let header =
  "session_id,turn_id,ts,num_input_tokens,num_output_tokens,input_tokens,output_tokens\n"

@Test func `Kavier rows are sorted by time and keep their sessions`() throws {
  let trace = try readTrace(
    header + """
      a,0,0.0,3,2,"[1, 2, 3]","[1, 2]"
      a,1,1.5,4,2,"[1, 2, 3, 4]","[1, 2]"
      b,0,0.25,2,1,"[1, 9]","[2]"
      """)
  #expect(trace.format == .kavier)
  #expect(trace.arrivals == [0, 250_000_000, 1_500_000_000])
  #expect(trace.inputTokens == [3, 2, 4])
  #expect(trace.sessions == [0, 1, 0])
  #expect(trace.turns == [0, 0, 1])
  #expect(trace.prefixes == nil, "no prompt fills a block of 16")
}

@Test func `full blocks of equal beginnings have equal ids, and only those`() throws {
  let prompt = Array(1...40)
  var other = prompt
  other[20] = 99
  let trace = try readTrace(
    header + """
      a,0,0,40,1,"\(prompt)",""
      a,1,1,33,1,"\(prompt.prefix(33))",""
      b,0,2,40,1,"\(other)",""
      b,1,3,16,1,"\(prompt.dropFirst(16).prefix(16))",""
      """)
  let prefixes = try #require(trace.prefixes)
  #expect(prefixes.blockSize == 16 && !prefixes.hasPartialBlocks)
  #expect(prefixes[0].count == 2)
  #expect(prefixes[1] == prefixes[0])
  #expect(prefixes[2].ids.first == prefixes[0].ids.first)
  #expect(prefixes[2].ids.last != prefixes[0].ids.last)
  #expect(
    prefixes[3].ids.first != prefixes[0].ids.last,
    "the same tokens behind others are another block")
}

@Test func `a comma at the header's end, a missing last line ending and no times are tolerated`()
  throws
{
  let trace = try readTrace(
    """
    session_id,turn_id,num_input_tokens,num_output_tokens,x,
    1,0,10,20,7
    1,1,30.0,5,7
    """)
  #expect(trace.inputTokens == [10, 30])
  #expect(trace.arrivals == [RequestTrace.noArrival, RequestTrace.noArrival])
  #expect(trace.sessions == [0, 0])
}

@Test func `a token list that disagrees with its count is reported`() throws {
  #expect(
    try complaints(header + "a,0,0,3,1,\"[1, 2]\",\n") == [
      "t.csv:2: input_tokens: found 2 tokens; num_input_tokens says 3"
    ])
}

@Test func `counts that are missing or not a number are reported`() throws {
  #expect(
    try complaints(header + "a,0,0,nan,,,\na,x,soon,1,1,,\n") == [
      """
      t.csv:2: num_input_tokens: found "nan"; token counts are whole numbers from 1; kavier trace \
      import --lenient leaves such rows out
      """,
      """
      t.csv:2: num_output_tokens: has no value; token counts are whole numbers from 1; kavier trace \
      import --lenient leaves such rows out
      """,
      #"t.csv:3: turn_id: found "x"; allowed are whole numbers from 0 to 2147483647"#,
      #"t.csv:3: ts: found "soon"; allowed are numbers of seconds"#,
    ])
}
