import Testing

@testable import TraceArchive
@testable import TextAndBytes

/// An attribute of the protocol's JSON.
private func attribute(_ key: String, _ type: String, _ value: String) -> String {
  #"{"key":"\#(key)","value":{"\#(type)":\#(value)}}"#
}

private func text(_ key: String, _ value: String) -> String {
  attribute(key, "stringValue", "\"\(value)\"")
}

private func count(_ key: String, _ value: Int) -> String {
  attribute(key, "intValue", "\"\(value)\"")
}

private func span(
  _ id: String, parent: String = "", name: String = "chat", start: Int = 1_000_000_000,
  end: Int = 3_000_000_000, more: String = "", _ attributes: [String]
) -> String {
  """
  {"traceId":"t\(id)","spanId":"\(id)","parentSpanId":"\(parent)","name":"\(name)","kind":2,\
  "startTimeUnixNano":"\(start)","endTimeUnixNano":"\(end)",\(more)\
  "attributes":[\(attributes.joined(separator: ","))],"status":{}}
  """
}

private func batch(_ spans: [String]) -> String {
  """
  {"resourceSpans":[{"resource":{"attributes":[\(text("service.name", "vllm-server"))]},\
  "scopeSpans":[{"scope":{"name":"vllm.llm_engine"},"spans":[\(spans.joined(separator: ","))]}]}]}
  """
}

private func vllm(
  _ id: String, parent: String = "", start: Int = 1_000_000_000, _ prompt: Int = 472,
  _ output: Int = 64
) -> String {
  span(
    id, parent: parent, name: "llm_request", start: start, end: start + 2_100_000_000,
    [
      attribute("gen_ai.latency.time_to_first_token", "doubleValue", "0.045"),
      attribute("gen_ai.latency.e2e", "doubleValue", "2.0905"),
      attribute("gen_ai.latency.time_in_queue", "doubleValue", "0.0125"),
      count("gen_ai.usage.prompt_tokens", prompt), count("gen_ai.usage.completion_tokens", output),
      text("gen_ai.request.id", "cmpl-\(id)"), count("gen_ai.request.max_tokens", 128),
      attribute("gen_ai.request.temperature", "doubleValue", "0.5"),
      count("gen_ai.request.n", 1), text("gen_ai.response.model", "llama"),
    ])
}

@Test func `vLLM's own spans have counts, latencies and the time in the queue`() throws {
  // The collector's file exporter writes a line a batch.
  let trace = try collect(
    batch([vllm("a")]) + "\n" + batch([vllm("b", start: 1_500_000_000, 90, 7)]) + "\n",
    name: "t.jsonl")
  #expect(trace.reading.format == .openTelemetry)
  #expect(trace.column(.arrival) == [0, 500_000])
  #expect(trace.column(.inputTokens) == [472, 90] && trace.column(.outputTokens) == [64, 7])
  #expect(trace.column(.ttft) == [45_000, 45_000])
  #expect(trace.column(.endToEnd) == [2_090_500, 2_090_500])
  #expect(trace.column(.queueing) == [12_500, 12_500])
  #expect(trace.column(.maxOutputTokens) == [128, 128])
  #expect(trace.texts(.extra)[0]?.contains(#""gen_ai.request.id":"cmpl-a""#) == true)
  #expect(trace.reading.dropped.isEmpty)
}

@Test func `older OpenLLMetry counts prompt and completion, and has an event a part`() throws {
  let chunks = """
    "events":[{"timeUnixNano":"1200000000","name":"llm.content.completion.chunk"},\
    {"timeUnixNano":"1400000000","name":"llm.content.completion.chunk"}],
    """
  let trace = try collect(
    batch([
      span(
        "a", name: "openai.chat", more: chunks,
        [
          text("llm.request.type", "chat"), text("llm.request.model", "gpt-4o"),
          text("llm.response.model", "gpt-4o-2024"), count("llm.usage.prompt_tokens", 20),
          count("llm.usage.completion_tokens", 5), text("llm.prompts.0.content", "secret"),
          text("traceloop.association.properties.session_id", "s"),
          attribute("llm.is_streaming", "boolValue", "true"),
        ]),
      span(
        "b", name: "openai.completion",
        [
          text("llm.request.type", "completion"), text("gen_ai.request.model", "m"),
          count("gen_ai.usage.prompt_tokens", 30), count("gen_ai.usage.completion_tokens", 6),
          count("gen_ai.usage.cache_read_input_tokens", 16),
        ]),
      span("c", name: "plan.workflow", [text("traceloop.span.kind", "workflow")]),
    ]), name: "t.json")
  #expect(trace.column(.inputTokens) == [20, 30] && trace.column(.outputTokens) == [5, 6])
  #expect(trace.column(.ttft) == [200_000, nil] && trace.column(.streaming) == [1, nil])
  #expect(trace.texts(.model) == ["gpt-4o", "m"] && trace.texts(.operation)[1] == "completion")
  #expect(trace.texts(.sessionID) == ["s", "tb"])
  #expect(trace.column(.cachedInputTokens) == [nil, 16])
  #expect(trace.texts(.extra)[0]?.contains("secret") == false)
  #expect(trace.reading.dropped == ["spans that are no model calls": 1])
}

@Test func `OpenInference's kinds tell calls from agents, whose counts are sums`() throws {
  let lines = """
    {"name":"ChatOpenAI","context":{"trace_id":"0x6c","span_id":"0xd9"},"parent_id":"0x01","start_time":"2024-05-08T21:46:11.480777Z","end_time":"2024-05-08T21:46:12.480777Z","status":{"status_code":"OK"},"attributes":{"openinference.span.kind":"LLM","llm.model_name":"gpt-4o","llm.token_count.prompt":26,"llm.token_count.completion":17,"llm.token_count.prompt_details.cache_read":8,"session.id":"chat-1","user.id":"u","input.value":"x"}}
    {"name":"agent","context":{"trace_id":"0x6c","span_id":"0x01"},"parent_id":null,"start_time":"2024-05-08T21:46:11Z","end_time":"2024-05-08T21:46:13Z","attributes":{"openinference.span.kind":"AGENT","llm.token_count.prompt":26,"llm.token_count.completion":17}}
    {"name":"llm","context":{"trace_id":"0x6d","span_id":"0x02"},"start_time":"2024-05-08T21:46:13.480777Z","end_time":"2024-05-08T21:46:13.580777Z","status":{"status_code":"ERROR"},"attributes":{"openinference":{"span":{"kind":"LLM"}},"llm":{"token_count":{"prompt":9}}}}
    """
  let trace = try collect(lines, name: "t.jsonl")
  #expect(trace.column(.arrival) == [0, 2_000_000])
  #expect(trace.column(.inputTokens) == [26, 9] && trace.column(.outputTokens) == [17, 0])
  #expect(trace.column(.endToEnd) == [1_000_000, 100_000])
  #expect(trace.texts(.sessionID) == ["chat-1", "0x6d"] && trace.texts(.userID) == ["u", nil])
  #expect(trace.texts(.status) == ["ok", "failed"])
  #expect(trace.column(.cachedInputTokens) == [8, nil])
  #expect(trace.reading.lost == 0 && trace.reading.rowsRead == 3)
}

@Test func `objects over several lines follow each other, as consoles print them`() throws {
  let one = """
    {
      "name": "chat",
      "context": {"trace_id": "0x1", "span_id": "0x2"},
      "start_time": "2024-05-08T21:46:11Z",
      "attributes": {"gen_ai.usage.input_tokens": 3, "gen_ai.usage.output_tokens": 1}
    }

    """
  let trace = try collect(one + one.replacing(":11Z", with: ":12Z"), name: "t.json")
  #expect(trace.column(.arrival) == [0, 1_000_000])
  #expect(trace.records.map(\.line) == [1, 7])
}

@Test func `Jaeger's export is read, with its tags and microseconds`() throws {
  let document = """
    {"data":[{"traceID":"t","spans":[
    {"traceID":"t","spanID":"a","operationName":"llm_request","references":[{"refType":"CHILD_OF","traceID":"t","spanID":"z"}],"startTime":1700000000000000,"duration":2100000,"processID":"p1","logs":[],"tags":[
    {"key":"gen_ai.usage.prompt_tokens","type":"int64","value":128},{"key":"gen_ai.usage.completion_tokens","type":"int64","value":512},
    {"key":"gen_ai.latency.time_to_first_token","type":"float64","value":0.045},
    {"key":"gen_ai.response.finish_reasons","type":"string","value":"[\\"length\\"]"}]},
    {"traceID":"t","spanID":"z","operationName":"POST /v1/completions","references":[],"startTime":1699999999900000,"duration":2300000,"tags":[{"key":"http.status_code","type":"int64","value":200}]}],
    "processes":{"p1":{"serviceName":"vllm-server","tags":[]}}}],"total":0,"errors":null}
    """
  let trace = try collect(document, name: "t.json")
  #expect(trace.reading.format == .openTelemetry)
  #expect(trace.column(.inputTokens) == [128] && trace.column(.outputTokens) == [512])
  #expect(trace.column(.ttft) == [45_000] && trace.column(.endToEnd) == [2_100_000])
  #expect(trace.texts(.finishReason) == ["length"])
  #expect(trace.reading.header["time", "origin"]?.text == "2023-11-14T22:13:20Z")
  #expect(trace.reading.dropped == ["spans that are no model calls": 1])
}

@Test func `Zipkin's lists of lists have their numbers as text`() throws {
  let trace = try collect(
    #"[[{"traceId":"t","id":"a","name":"chat","timestamp":1700000000000000,"duration":1500000,"tags":{"gen_ai.usage.input_tokens":"12","gen_ai.usage.output_tokens":"3","error":"true"}}]]"#,
    name: "t.json")
  #expect(trace.column(.inputTokens) == [12] && trace.column(.outputTokens) == [3])
  #expect(trace.column(.endToEnd) == [1_500_000] && trace.texts(.status) == ["failed"])
}

@Test func `a request that client and server tell is one request`() throws {
  let client = span(
    "c", name: "chat llama", start: 900_000_000,
    [
      text("gen_ai.operation.name", "chat"), count("gen_ai.usage.input_tokens", 472),
      count("gen_ai.usage.output_tokens", 64),
    ])
  let streaming = span("d", name: "chat llama", [text("gen_ai.operation.name", "chat")])
  let http = span("h", parent: "c", name: "POST", [count("http.status_code", 200)])
  let trace = try collect(
    batch([vllm("a", parent: "h"), http, client, vllm("b", parent: "d", 90, 7), streaming]),
    name: "t.json")
  #expect(trace.column(.inputTokens) == [472, 90])
  #expect(
    trace.reading.dropped == [
      "calls that a span within them tells, too": 2, "spans that are no model calls": 1,
    ])
  #expect(trace.reading.lost == 0)
}

@Test func `spans without a model call are an error that counts them`() throws {
  let found = try complaints(
    batch([span("a", name: "GET", []), span("b", name: "PUT", [])]), name: "t.json")
  #expect(
    found == [
      "t.json: none of 2 rows is a request that can be read: 2 spans that are no model calls"
    ])
}

@Test func `calls that lack something are counted by what they lack`() throws {
  let bare = span("c", [text("gen_ai.operation.name", "chat")])
  let half = span("d", [count("gen_ai.usage.input_tokens", 5)])
  let found = try complaints(batch([vllm("a"), bare, half]), name: "t.json")
  #expect(
    found == [
      """
      t.json: more rows are left out than kept, 1 of 3: 1 a model call without output tokens, \
      1 a model call without prompt tokens; kavier trace import --lenient keeps the others all the \
      same
      """
    ])
  var options = TraceReadOptions()
  options.leavesOutUnreadable = true
  let kept = try collect(batch([vllm("a"), bare, half]), name: "t.json", options: options)
  #expect(kept.reading.rowsWritten == 1 && kept.reading.lost == 2)
}

@Test func `counts that cannot be are told with the span's id`() throws {
  let found = try complaints(batch([vllm("a"), vllm("b", -4)]), name: "t.json")
  #expect(
    found == [
      """
      t.json:1: span b: found "\\"-4\\"" for input_tokens; allowed are whole numbers from 0 to \
      2147483647
      """
    ])
}
