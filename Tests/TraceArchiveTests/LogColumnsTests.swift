import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

/// Arrivals of 0, 1.5 and 61.25 s, written in all the ways that logs write times.
private struct Spelling: CustomTestStringConvertible {
  var name: String
  var times: [String]
  /// As nanoseconds; whole seconds where the spelling has no fractions.
  var isWhole = false

  var testDescription: String { name }
  var expected: [Int64] {
    isWhole ? [0, 1_000_000_000, 61_000_000_000] : [0, 1_500_000_000, 61_250_000_000]
  }
}

private let spellings = [
  Spelling(
    name: "ISO 8601 with Z",
    times: ["2024-05-10T23:59:36.250Z", "2024-05-10T23:59:37.750Z", "2024-05-11T00:00:37.500Z"]),
  Spelling(
    name: "a space and an offset",
    times: [
      "2024-05-10 23:59:36.250000+02:00", "2024-05-10 23:59:37.750000+02:00",
      "2024-05-11 00:00:37.500000+02:00",
    ]),
  Spelling(
    name: "offsets that differ",
    times: [
      "2024-05-10T23:59:36.250+0200", "2024-05-10T21:59:37.750+00:00",
      "2024-05-10T17:00:37.500-05:00",
    ]),
  Spelling(
    name: "no zone, a comma, ten digits",
    times: [
      "2024-05-10 23:59:36,2500000000", "2024-05-10 23:59:37,7500000000",
      "2024-05-11 00:00:37,5000000000",
    ]),
  Spelling(
    name: "slashes and UTC",
    times: [
      "2024/05/10 23:59:36.25 UTC", "2024/05/10 23:59:37.75 UTC", "2024/05/11 00:00:37.5 UTC",
    ]),
  Spelling(
    name: "a web server's",
    times: [
      "[10/May/2024:23:59:36 +0000]", "[10/May/2024:23:59:37 +0000]",
      "[11/May/2024:00:00:37 +0000]",
    ], isWhole: true),
  Spelling(
    name: "seconds since 1970", times: ["1715349336.25", "1715349337.75", "1715349397.5"]),
  Spelling(
    name: "whole seconds since 1970", times: ["1715349336", "1715349337", "1715349397"],
    isWhole: true),
  Spelling(name: "an exponent", times: ["1.71534933625e9", "1.71534933775e9", "1.7153493975E9"]),
  Spelling(
    name: "milliseconds since 1970", times: ["1715349336250", "1715349337750", "1715349397500"]),
  Spelling(
    name: "microseconds since 1970",
    times: ["1715349336250000", "1715349337750000", "1715349397500000"]),
  Spelling(
    name: "nanoseconds since 1970",
    times: ["1715349336250000000", "1715349337750000000", "1715349397500000000"]),
  Spelling(name: "seconds from some start", times: ["10.25", "11.75", "71.5"]),
]

/// Headers of logs, each with the delimiter and how the columns are named.
private let headers = [
  "timestamp,prompt_tokens,output_tokens", "Timestamp,Prompt Tokens,Completion Tokens",
  "created_at,tokens_prompt,tokens_completion", "startTime,promptTokens,completionTokens",
  "TIMESTAMP,Context Tokens,generated_tokens", "ts;n_input;n_output",
  "\"Start Time\"\t\"Input Tokens\"\t\"Output Tokens\"", "request_time|input_length|output_length",
  "arrival_time,num_prefill_tokens,num_decode_tokens", "date,input_len,gen_len",
  "datetime,isl,osl", "arrival,prompt_len,output_len", "time,tokens_in,tokens_out",
  "request_created_at,prompt_tokens,completion_tokens",
  "arrived_at,input_token_count,output_token_count",
]

private func table(_ header: String, _ times: [String], ending: String = "\n") -> String {
  let delimiter = ([";", "\t", "|"] as [String]).first { header.contains($0) } ?? ","
  let rows = zip(times, [(10, 3), (20, 4), (30, 5)]).map { time, tokens in
    let time = delimiter == "," && time.contains(",") ? "\"\(time)\"" : time
    return [time, "\(tokens.0)", "\(tokens.1)"].joined(separator: delimiter)
  }
  return ([header] + rows).map { $0 + ending }.joined()
}

@Test(arguments: headers, spellings)
private func `a log's times are read by any name in any spelling`(
  header: String, spelling: Spelling
) throws {
  let trace = try readTrace(table(header, spelling.times))
  #expect(trace.arrivals == spelling.expected)
  #expect(trace.inputTokens == [10, 20, 30] && trace.outputTokens == [3, 4, 5])
  let said = try #require(trace.said.first)
  #expect(said.contains("arrival = ") && said.contains("3 requests over"), "\(said)")
}

@Test(arguments: spellings)
private func `JSON Lines with the same names are read the same way`(spelling: Spelling) throws {
  let lines = zip(spelling.times, [(10, 3), (20, 4), (30, 5)]).map { time, tokens in
    """
    {"id": "x", "created": "\(time)", "usage": {"prompt_tokens": \(tokens.0), \
    "completion_tokens": \(tokens.1), "total_tokens": 99}}
    """
  }
  let trace = try readTrace(lines.joined(separator: "\n"), name: "log.jsonl")
  #expect(trace.arrivals == spelling.expected && trace.inputTokens == [10, 20, 30])
}

@Test func `a byte order mark, line ends of Windows and quotes change nothing`() throws {
  let spelling = spellings[0]
  let text =
    "\u{FEFF}" + table("\"Time Stamp\",\"Prompt Tokens\",osl", spelling.times, ending: "\r\n")
  #expect(throws: FileProblems.self) {
    try readTrace(text.replacing("Time Stamp", with: "Finished At"))
  }
  let trace = try readTrace(text.replacing("Time Stamp", with: "Timestamp"))
  #expect(trace.arrivals == spelling.expected && trace.outputTokens == [3, 4, 5])
}

@Test func `a unit in the name is the unit`() throws {
  for (name, times) in [
    ("arrival_ms", ["0", "1500", "61250"]), ("Time (s)", ["0", "1.5", "61.25"]),
    ("timestamp_us", ["0", "1500000", "61250000"]),
    ("startNanos", ["0", "1500000000", "61250000000"]),
  ] {
    let trace = try readTrace(table("\(name),prompt_tokens,output_tokens", times))
    #expect(trace.arrivals == [0, 1_500_000_000, 61_250_000_000], "\(name)")
  }
}

@Test(arguments: ["finished_at", "Zeitpunkt", "end_time", "completed_timestamp"])
func `a column of times that nothing reads is refused, with how to read it`(name: String) throws {
  let text = table("\(name),prompt_tokens,output_tokens", spellings[0].times)
  let found = try complaints(text)
  #expect(found.count == 1 && found[0].contains("\"\(name)\" looks like"), "\(found)")
  #expect(found[0].contains("--map arrival=\(name)"))
  var options = TraceReadOptions()
  options.columns = ["arrival=\(name)"]
  #expect(try readTrace(text, options: options).arrivals == spellings[0].expected)
  // A trace without arrivals is still one of lengths.
  options.columns = ["extra=\(name)"]
  let aside = try readTrace(text, options: options)
  #expect(aside.arrivals.allSatisfy { $0 == RequestTrace.noArrival })
}

@Test func `a table of lengths with times of another name is refused`() throws {
  let found = try complaints("when_date,num_prefill_tokens,num_decode_tokens\n5,1,1\n")
  #expect(found.count == 1 && found[0].contains("\"when_date\" looks like"))
}

@Test func `numbers of an unlikely unit are asked about`() throws {
  let text = table("timestamp,prompt_tokens,output_tokens", ["0", "1500", "61250"])
  let found = try complaints(text)
  #expect(
    found.count == 1 && found[0].contains("is in doubt") && found[0].contains("as milliseconds"))
  var options = TraceReadOptions()
  options.timeUnit = .milliseconds
  #expect(try readTrace(text, options: options).arrivals == [0, 1_500_000_000, 61_250_000_000])
}

@Test func `Mooncake's times in seconds are asked about, and read when the unit is said`() throws {
  let lines = (0..<40).map { #"{"timestamp": \#($0 / 2), "input_length": 9, "output_length": 3}"# }
  let text = lines.joined(separator: "\n")
  let found = try complaints(text, name: "m.jsonl")
  #expect(found.count == 1 && found[0].contains("is in doubt"))
  #expect(found[0].contains("--time-unit ms or s"))
  var options = TraceReadOptions()
  options.timeUnit = .seconds
  #expect(try readTrace(text, name: "m.jsonl", options: options).arrivals.last == 19_000_000_000)
  options.timeUnit = .milliseconds
  #expect(try readTrace(text, name: "m.jsonl", options: options).arrivals.last == 19_000_000)
  let findings = try withFiles(["m.jsonl": Array(text.utf8)]) {
    TraceValidation.run(path: "\($0)/m.jsonl", options: TraceReadOptions()).findings
  }
  #expect(findings.contains { $0.check == "time-unit" && $0.severity == .error })
}

@Test func `a unit goes with numbers, and a map with a log`() throws {
  var options = TraceReadOptions()
  options.timeUnit = .seconds
  let dates = table("TIMESTAMP,ContextTokens,GeneratedTokens", spellings[1].times)
  #expect(try complaints(dates, options: options).count == 1)
  options = TraceReadOptions(format: .azure)
  options.columns = ["arrival=TIMESTAMP"]
  #expect(try complaints(dates, options: options)[0].contains("columns are mapped for csv"))
}

@Test func `rows of a log out of order are refused unless sorting is asked for`() throws {
  let text = "timestamp,prompt_tokens,output_tokens\n5,1,1\n2,2,1\n9,3,1\n"
  #expect(try complaints(text)[0].contains("`sort: true` sorts rows"))
  let trace = try readTrace(text, options: TraceReadOptions(sort: true))
  #expect(trace.inputTokens == [2, 1, 3] && trace.said.contains { $0.contains("sorted") })
}

@Test func `one message a kind, with how many there are`() throws {
  let rows = (0..<3000).map { "2024-05-10 00:00:00,x\($0),1" }
  let text = (["timestamp,prompt_tokens,output_tokens"] + rows).joined(separator: "\n")
  let found = try complaints(text)
  #expect(found.count == 1)
  #expect(found[0].hasPrefix("t.csv:2: prompt_tokens: found \"x0\""))
  #expect(found[0].hasSuffix("(and 2999 more like this: lines 3, 4, 5 ...)"), "\(found[0])")
}

@Test func `a status or a link that means something else is left aside`() throws {
  let trace = try collect(
    "timestamp,prompt_tokens,output_tokens,status,link\n5,1,1,success,http://x\n")
  #expect(trace.texts(.extra) == [#"{"status":"success","link":"http://x"}"#])
}

@Test func `a very long header is answered at once`() throws {
  let name = String(repeating: "x", count: 3_000_000)
  #expect(try complaints("\(name),b\n1,2\n")[0].utf8.count < 1000)
  let names = (0..<200_000).map { "column\($0)" }.joined(separator: ",")
  #expect(try complaints("\(names)\n1\n")[0].utf8.count < 1000)
  let array = "[" + String(repeating: #"{"prompt_tokens": 1},"#, count: 100_000) + "{}]"
  #expect(try complaints(array, name: "a.json")[0].contains("prompt_tokens has the input_tokens"))
}

@Test func `times beyond all clocks are refused`() throws {
  for arrival in ["4000000001", "-5e18", "9e99"] {
    let text = "arrival_s,input_tokens,output_tokens\n0,1,1\n\(arrival),1,1\n"
    #expect(try complaints(text).count == 1, "\(arrival)")
  }
  // Dates each fit, and may still lie too far apart for a trace.
  func dates(_ first: String) -> String {
    "timestamp,input_tokens,output_tokens\n\(first) 00:00:00,1,1\n2095-12-31 00:00:00,1,1\n"
  }
  #expect(try readTrace(dates("1970-01-01")).arrivals.count == 2)
  let found = try complaints(dates("1900-01-01"))
  #expect(found.count == 1 && found[0].hasPrefix("t.csv:3: arrival_us: found"), "\(found)")
}
