import Testing
import TraceArchive
@testable import TextAndBytes

@Test func `the format is told by the columns and the trace says so`() throws {
  let trace = try readTrace("num_output_tokens,num_input_tokens\n1,2\n", name: "x.txt")
  #expect(trace.format == .kavier)
  #expect(trace.notes == ["read as kavier: it has columns num_input_tokens, num_output_tokens"])
  let given = try readTrace(
    "num_output_tokens,num_input_tokens\n1,2\n", options: TraceReadOptions(format: .kavier))
  #expect(given.notes.isEmpty)
}

@Test func `a wrong header is named with the missing columns and what was found`() throws {
  #expect(
    try complaints("TIMESTAMP,ContextToken,Generated\n2024-05-10 00:00:00,1,1\n") == [
      """
      t.csv:1: no column ContextTokens, GeneratedTokens; did you mean ContextTokens by \
      "ContextToken"?; found are TIMESTAMP, ContextToken, Generated; azure needs TIMESTAMP, \
      ContextTokens, GeneratedTokens
      """
    ])
}

@Test func `an unknown header is answered with how to map it`() throws {
  let found = try complaints("a,b\n1,2\n")
  #expect(found.count == 1)
  #expect(found[0].hasPrefix("t.csv:1: is no known trace format: the columns are a, b; "))
  #expect(found[0].contains("--map input_tokens=COLUMN") && found[0].utf8.count < 400)
}

@Test func `a misspelt header without any right column gets a hint`() throws {
  let found = try complaints("timestmp,contxt_tokens,genrated_tokens\n")
  #expect(found.count == 1 && found[0].contains("did you mean TIMESTAMP by \"timestmp\"?"))
}

@Test func `a first line that begins as JSON and is none is reported as such`() throws {
  let found = try complaints("{\"timestamp\": 0, \n")
  #expect(
    found == [
      #"t.csv:1: the JSON ends early, where '"' is expected; is the file a part of a download?"#
    ])
}

@Test func `every format says what it is`() {
  #expect(Set(TraceFormat.allCases.map(\.summary)).count == TraceFormat.allCases.count)
}
