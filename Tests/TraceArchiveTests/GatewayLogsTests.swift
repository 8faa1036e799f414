import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private func log(_ column: String, _ times: [String]) -> String {
  (["\(column),prompt_tokens,completion_tokens"]
    + times.map { ($0.contains(",") ? "\"\($0)\"" : $0) + ",9,3" }).joined(separator: "\n")
}

@Test(arguments: [
  ["Mon, 02 Mar 2026 09:00:00 GMT", "Mon, 02 Mar 2026 22:00:01 GMT"],
  ["02 Mar 2026 09:00:00", "02 Mar 2026 22:00:01"],
  ["Mar 2, 2026 9:00:00 AM", "Mar 2, 2026 10:00:01 PM"],
  ["March 2, 2026 at 09:00:00 UTC", "March 2, 2026 at 22:00:01 UTC"],
  ["Mar 2, 2026 @ 09:00:00.000", "Mar 2, 2026 @ 22:00:01.000"],
  ["Mon Mar  2 09:00:00 2026", "Mon Mar  2 22:00:01 2026"],
  ["Mon Mar 02 09:00:00 UTC 2026", "Mon Mar 02 22:00:01 UTC 2026"],
  [
    "Mon Mar 02 2026 10:00:00 GMT+0100 (Central European Standard Time)",
    "Mon Mar 02 2026 23:00:01 GMT+0100 (Central European Standard Time)",
  ],
  ["02-Mar-2026 09:00:00", "02-Mar-2026 22:00:01"],
  ["2026-03-02 09:00:00 AM", "2026-03-02 10:00:01 PM"],
  ["20260302T090000Z", "20260302T220001Z"],
])
private func `dates with a month's name, half a day or without separators are read`(
  times: [String]
) throws {
  let trace = try collect(log("timestamp", times))
  #expect(trace.column(.arrival) == [0, 46_801_000_000])
  #expect(trace.reading.header["time", "origin"]?.text == "2026-03-02T09:00:00Z")
}

@Test(arguments: [
  ("03/02/2026 09:00:00", "whether a day or a month stands first"),
  ("03/02/2026 09:00:00 PM", "whether a day or a month stands first"),
  ("02.03.2026 09:00:00", "whether a day or a month stands first"),
  ("09:00:00", "a time of day needs its date in the same column"),
  ("12,5", "decimals are written with a point"),
  ("2026-03-02 09:00:00 PST", "zones are written like +01:00"),
  ("20260302", "a date in digits"), ("20260302090000", "a date in digits"),
  ("2026-03-02", "times are dates like 2024-05-10T13:55:36.250Z"),
  ("Mar 2 09:00:00", "times are dates like"), ("13 Mar 2026 13:00:00 PM", "times are dates like"),
  ("31 Foo 2026 09:00:00", "times are dates like"),
])
private func `a date that can be read in two ways, or in none, is refused with what to write`(
  time: String, expected: String
) throws {
  let found = try complaints(log("timestamp", [time, time]))
  #expect(found.count == 1 && found[0].contains(expected), "\(found)")
}

@Test func `days of a spreadsheet are no seconds`() throws {
  let times = (0..<20).map { "46083.\(37_500_000 + $0 * 17)" }
  let found = try complaints(log("timestamp", times))
  #expect(
    found.count == 1 && found[0].contains("requests/s over") && found[0].contains("counts days"))
  var options = TraceReadOptions()
  options.timeUnit = .seconds
  #expect(try readTrace(log("timestamp", times), options: options).count == 20)
}

@Test func `how long a request took is not when it came`() throws {
  // nginx: `request_time` is in seconds, `msec` and the others are when.
  for when in [
    #""time_local": "02/Mar/2026:09:00:0%+0000""#, #""msec": "177244200%.125""#,
    #""time_iso8601": "2026-03-02T09:00:0%+00:00""#,
  ] {
    let lines = (1...3).map { number in
      "{"
        + when.replacing("%+", with: "\(number) +").replacing("%", with: "\(number)")
        .replacing(" +00:00", with: "+00:00")
        + #", "request_time": "0.\#(number)", "prompt_tokens": "9", "completion_tokens": "3"}"#
    }
    let trace = try collect(lines.joined(separator: "\n"), name: "log.json")
    #expect(
      trace.column(.arrival).map { $0.map { $0 % 3_000_000 } } == [0, 1_000_000, 2_000_000],
      "\(when)")
  }
  let alone = (1...3).map {
    #"{"request_time": "1.\#(4 - $0)", "prompt_tokens": 9, "completion_tokens": 3}"#
  }
  let found = try complaints(alone.joined(separator: "\n"), name: "log.json")
  #expect(found.count == 1 && found[0].contains("\"request_time\" looks like"))
}

@Test func `columns are found in objects that are columns themselves`() throws {
  let lines = (0..<3).map {
    #"{"attributes": {"timestamp": "2026-03-02T09:00:0\#($0)Z", "attributes": {"usage": {"prompt_tokens": 9, "completion_tokens": 3}}}, "response": {"status": 200}}"#
  }
  let trace = try collect(lines.joined(separator: "\n"), name: "log.jsonl")
  #expect(trace.column(.arrival) == [0, 1_000_000, 2_000_000])
  // A status of HTTP is none of a trace's words.
  #expect(trace.texts(.status) == [nil, nil, nil])
}

@Test func `tokens from a cache come on top where the log counts them apart`() throws {
  let line =
    #"{"timestamp": 5, "usage": {"input_tokens": 10, "cache_read_input_tokens": 900, "cache_creation_input_tokens": 90, "output_tokens": 3}}"#
  let trace = try collect(line, name: "log.jsonl")
  #expect(trace.column(.inputTokens) == [1000] && trace.column(.outputTokens) == [3])
  #expect(
    trace.reading.said(of: "log").contains("usage.input_tokens + usage.cache_read_input_tokens + "))
  #expect(trace.texts(.extra)[0]?.contains(#""usage.cache_read_input_tokens":900"#) == true)
  // In OpenAI's usage they are a part of the prompt.
  let other = line.replacing("\"input_tokens\"", with: "\"prompt_tokens\"")
  #expect(try collect(other, name: "log.jsonl").column(.inputTokens) == [10])
}

@Test func `thoughts come on top of an answer where the log counts them apart`() throws {
  let line =
    #"{"createTime": "2026-03-02T09:00:00Z", "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 3, "thoughtsTokenCount": 400}}"#
  #expect(try collect(line, name: "log.jsonl").column(.outputTokens) == [403])
}

@Test func `of two names for one count the one that is filled in counts`() throws {
  let text =
    "timestamp,input_tokens,output_tokens,prompt_tokens,completion_tokens\n1,0,0,9,3\n2,0,0,8,4\n"
  let trace = try collect(text)
  #expect(trace.column(.inputTokens) == [9, 8] && trace.column(.outputTokens) == [3, 4])
}

@Test func `times and counts that a spreadsheet has cut are refused`() throws {
  for (time, isCut) in [
    ("1.77244E+12", true), ("1.772442e+09", true), ("1.77244200025e+09", false),
  ] {
    let found = try complaints(log("timestamp", [time, time]))
    #expect(found.contains { $0.contains("a spreadsheet has cut digits") } == isCut, "\(found)")
  }
  let text = "timestamp;prompt_tokens;completion_tokens\n1;1.000;5\n"
  let found = try complaints(text)
  #expect(found.count == 1 && found[0].contains(#"prompt_tokens: found "1.000""#))
  #expect(try readTrace(text.replacing(";", with: ",")).inputTokens == [1])
}

@Test func `what a line is not made of is told as it stands`() throws {
  let prefixed = #"2026-03-02T09:00:00Z INFO {"prompt_tokens": 5, "completion_tokens": 3}"#
  let found = try complaints(prefixed + "\n" + prefixed)
  #expect(found.count == 1 && found[0].contains(#"\"prompt_to"#), "\(found)")
  let docker =
    #"{"log": "{\"prompt_tokens\": 5}", "stream": "stdout", "time": "2026-03-02T09:00:00Z"}"#
  let told = try complaints(docker + "\n" + docker, name: "log.jsonl")
  #expect(told.count == 1 && told[0].contains("`jq -c '. + (.log | fromjson)'`"), "\(told)")
}

@Test func `rows that sum requests up are no requests`() throws {
  let text = """
    start_time,num_model_requests,input_tokens,output_tokens
    1730419200,25,1000,100
    1730505600,40,1000,100
    """
  let found = try complaints(text)
  #expect(
    found.count == 1 && found[0].contains("num_model_requests: found \"25\": rows sum requests up"))
  var options = TraceReadOptions()
  options.columns = ["extra=num_model_requests"]
  #expect(try readTrace(text, options: options).count == 2)
}

@Test func `numbers that nobody knows are no faults where none is needed`() throws {
  let lines = """
    {"timestamp": 1, "prompt_tokens": 9, "completion_tokens": 3, "ttft_s": NaN, "x": {"y": [Infinity]}}
    {"timestamp": 2, "prompt_tokens": 9, "completion_tokens": 3, "ttft_s": 0.5, "z": -Infinity}
    """
  let trace = try collect(lines, name: "log.jsonl")
  #expect(trace.column(.ttft) == [nil, 500_000])
  #expect(trace.texts(.extra).allSatisfy { $0.flatMap { JSON(text: $0) } != nil })
  let table = "timestamp,prompt_tokens,completion_tokens,ttft_s\n1,9,3,nan\n2,9,3,NULL\n3,9,3,0.5\n"
  #expect(try collect(table).column(.ttft) == [nil, nil, 500_000])
  let found = try complaints(table.replacing("2,9,3", with: "2,NULL,3"))
  #expect(found.count == 1 && found[0].contains("--lenient leaves such rows out"))
}

@Test func `files that are no text in UTF-8 are told with how to get it`() throws {
  for (bytes, expected) in [
    ([0xFF, 0xFE, 0x74, 0], "is in UTF-16"), (Array("PK\u{3}\u{4}xx".utf8), "a spreadsheet"),
    ([0x28, 0xB5, 0x2F, 0xFD, 0], "`zstd -d`"), (Array("BZh91".utf8), "`bunzip2`"),
    (
      Array(log("timestamp", (0..<40).map { "\($0)" }).replacing("\n", with: "\r").utf8),
      "`tr '\\r' '\\n'`"
    ),
  ] as [([UInt8], String)] {
    let found = try complaints(files: ["t.csv": bytes], path: "/t.csv")
    #expect(found.count == 1 && found[0].contains(expected), "\(found)")
  }
}

@Test func `rows that are left out on demand are a warning, counted by requests`() throws {
  let text = "timestamp,prompt_tokens,completion_tokens\n1,9,3\n2,x,3\n3,9,3\n"
  for isLenient in [false, true] {
    var options = TraceReadOptions()
    options.leavesOutUnreadable = isLenient
    let validation = try withFiles(["t.csv": Array(text.utf8)]) {
      TraceValidation.run(path: "\($0)/t.csv", options: options)
    }
    let readable = try #require(validation.findings.first { $0.check == "readable" })
    #expect(readable.severity == (isLenient ? .warning : .error))
    #expect(readable.advice.contains("--lenient asks") == isLenient)
    let left = try #require(validation.findings.first { $0.check == "left-out" })
    #expect(left.message == "1 of 3 requests are left out; of all rows: 1 unreadable")
  }
}

@Test func `one common name is no format`() throws {
  for text in [
    #"{"timestamp": 5, "message": "x"}"#, #"[{"id": "x", "conversations": [{"from": "human"}]}]"#,
    #"{"data": [{"start_time": 5, "end_time": 6, "results": []}]}"#,
  ] {
    let found = try complaints(text, name: "a.json")
    #expect(found.count == 1 && found[0].contains("is no known trace format"), "\(found)")
  }
}
