import Testing

@testable import TextAndBytes
@testable import TraceArchive

@Test func `a trace that loses more requests than it keeps is no workload`() throws {
  let rows = "arrival_s,input_tokens,output_tokens\n1,5,0\n2,0,3\n3,7,1\n"
  #expect(
    try complaints(rows) == [
      """
      t.csv: more requests are left out than kept, 1 of 3: 1 with no input tokens, 1 with no output \
      tokens; take them out of the file where the others are meant
      """
    ])
  #expect(try readTrace(rows + "4,8,2\n").count == 2)
}

@Test func `a number that no column can hold is told, whichever reader found it`() throws {
  let slow = """
    {"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","startTimeUnixNano":"1","attributes":[\
    {"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"1"}},\
    {"key":"gen_ai.usage.completion_tokens","value":{"intValue":"1"}},\
    {"key":"gen_ai.latency.e2e","value":{"doubleValue":1e12}}]}]}]}]}
    """
  #expect(
    try complaints(slow, name: "t.json") == [
      "t.json:1: e2e_us: found 1000000000000000000; allowed are whole numbers from 0 to "
        + "1000000000000000"
    ])
}

@Test func `numbers that are none, as Python writes them, are unknown`() throws {
  let json = try JSON(Array(#"{"a": NaN, "b": [Infinity, -Infinity, 1], "c": 2}"#.utf8).span)
  #expect(json["a"] == nil && json["c"]?.integer == 2)
  #expect(json["b"]?.array?.map(\.double) == [nil, nil, 1])
  #expect(json.compact == #"{"a":null,"b":["Infinity","-Infinity",1],"c":2}"#)
}
