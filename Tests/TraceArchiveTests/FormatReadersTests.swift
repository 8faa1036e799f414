import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Test func `BurstGPT's columns are found by name, and what failed says so`() throws {
  let trace = try collect(
    """
    Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
    5,a,1.5,ChatGPT,472,18,490,Conversation log
    45,,,GPT-4,1087,0,1087,API log
    46,,,GPT-4,10,5,16,API log
    """)
  #expect(trace.reading.format == .burstGPT)
  #expect(trace.column(.arrival) == [5_000_000, 45_000_000, 46_000_000])
  #expect(trace.column(.endToEnd) == [1_500_000, nil, nil])
  #expect(trace.texts(.sessionID) == ["a", nil, nil])
  #expect(trace.texts(.status) == ["ok", "failed", "ok"])
  #expect(trace.texts(.app)[1] == "API log")
  #expect(trace.texts(.extra) == [nil, nil, #"{"Total tokens":16}"#])
}

@Test func `Azure 2025 has images, and times from the first row on`() throws {
  let trace = try collect(
    """
    TIMESTAMP,NumImages,ContextTokens,GeneratedTokens
    2024-10-15T12:00:00.500Z,1,7,5
    2024-10-15T12:00:01Z,,8,6
    """)
  #expect(trace.column(.arrival) == [0, 500_000])
  #expect(trace.column(.imageCount) == [1, nil])
  #expect(trace.reading.header["time", "origin"]?.text == "2024-10-15T12:00:00.5Z")
  #expect(trace.reading.observations.map(\.check) == ["mixed-times"])
}

@Test func `a Qwen chat's turns are one session`() throws {
  let trace = try collect(
    """
    {"chat_id": 7, "parent_chat_id": -1, "timestamp": 0.5, "input_length": 20, "output_length": 3, "type": "text", "turn": 1, "hash_ids": [1, 2]}
    {"chat_id": 9, "parent_chat_id": 7, "timestamp": 3.25, "input_length": 30, "output_length": 4, "type": "search", "turn": 2, "hash_ids": [1, 3]}
    {"chat_id": 11, "parent_chat_id": 4, "timestamp": 4, "input_length": 16, "output_length": 4, "type": "text", "turn": 3, "hash_ids": [5]}
    """, name: "t.jsonl")
  #expect(trace.reading.format == .qwenBailian)
  #expect(trace.texts(.sessionID) == ["7", "7", "4"])
  #expect(trace.column(.turn) == [0, 1, 2])
  #expect(trace.column(.parentID) == [nil, 0, nil])
  #expect(trace.records[1].prefixIDs == [1, 3])
  #expect(trace.texts(.extra)[2] == #"{"chat_id":11,"parent_chat_id":4}"#)
}

private let weka = """
  {"id":"a","models":["m"],"block_size":64,"hash_id_scope":"local","tool_tokens":5,"system_tokens":6,"requests":[
  {"t":0.0,"type":"n","model":"m","in":130,"out":9,"hash_ids":[1,2],"input_types":["text"],"stop":"tool_use","api_time":2.0,"think_time":0.0},
  {"t":4.0,"type":"subagent","agent_id":"x","subagent_type":"Explore","duration_ms":3000,"requests":[
    {"t":0.0,"type":"s","model":"k","in":64,"out":3,"hash_ids":[9],"input_types":["text"],"stop":"","api_time":1.0,"think_time":0.0,"ttft":0.5},
    {"t":2.0,"type":"n","model":"k","in":70,"out":4,"hash_ids":[9],"input_types":["tool_result"],"stop":"end_turn","api_time":1.0,"think_time":1.0}]},
  {"t":8.0,"type":"n","model":"m","in":192,"out":2,"hash_ids":[1,2,3],"input_types":["tool_result"],"stop":"end_turn","api_time":1.0,"think_time":6.0}]}
  """

@Test func `a sub-agent is spawned by the request before it and joined by the one after`() throws {
  let trace = try collect(weka, name: "t.json")
  #expect(trace.reading.format == .weka)
  #expect(trace.texts(.link) == ["root", "spawn", "turn", "join"])
  #expect(trace.texts(.agentID) == [nil, "x", "x", nil])
  #expect(trace.column(.parentID) == [nil, nil, 1, 0])
  #expect(trace.records.map(\.dependsOn) == [[], [0], [], [0, 2]])
  // After the request's end at 2 s; after the sub-agent's at 7 s.
  #expect(trace.column(.think) == [nil, 2_000_000, 1_000_000, 1_000_000])
  #expect(trace.column(.ttft) == [nil, 500_000, nil, nil])
  #expect(
    trace.texts(.extra)[1]?.contains(#""subagent":{"t":4.0,"subagent_type":"Explore""#) == true)
  #expect(trace.sessions.map(\.toolTokens) == [5])
  #expect(trace.reading.header.hashing?.scope == .session)
}

@Test func `short block lists of Weka go on from the request before`() throws {
  let trace = try collect(
    #"{"id":"a","block_size":64,"hash_id_scope":"local","requests":[{"t":0,"in":128,"out":1,"hk":0,"hn":[[1,2]]},{"t":1,"in":256,"out":1,"hk":1,"hn":[[7,2],[3,1]]}]}"#,
    name: "t.jsonl")
  #expect(trace.records.map(\.prefixIDs) == [[1, 2], [1, 7, 8, 3]])
}

@Test func `RAGPulse's parts get their lengths from the tables beside it`() throws {
  let row =
    #"{"timestamp": "82", "input_length": 30, "output_length": 5, "session_id": "s", "hash_ids": {"sys_prompt": [1], "passages_ids": [2, 3]}}"#
  let files = [
    "0_trace.jsonl": row + "\n\n",
    "1_sys_prompt.jsonl": #"{"sys_prompt_id": 1, "token_length": 12}"#,
    "2_passages.jsonl": """
    {"passage_id": 2, "token_length": 6}
    {"passage_id": 3, "token_length": 7}
    """,
  ]
  let trace = try withFiles(files.mapValues { Array($0.utf8) }) {
    try Collected(path: "\($0)/0_trace.jsonl")
  }
  let segments = PromptSegment.list(trace.texts(.segments)[0] ?? "")
  #expect(segments.map(\.tokens) == [12, 6, 7])
  #expect(segments.map(\.kind) == ["sys_prompt", "passages_ids", "passages_ids"])
  #expect(trace.column(.arrival) == [82_000_000])
  #expect(trace.reading.observations.map(\.check) == ["blank-lines"])
  // Without the tables nothing is lost.
  let alone = try collect(row, name: "t.jsonl")
  #expect(alone.texts(.extra)[0]?.contains(#""sys_prompt": [1]"#) == true)
}

@Test func `LLMServingSim's sessions follow each other after a tool's time`() throws {
  let trace = try collect(
    """
    {"input_toks": 3, "output_toks": 2, "arrival_time_ns": 1500000250, "input_tok_ids": [1, 2, 3]}
    {"session_id": "s", "arrival_time_ns": 2000, "sub_requests": [{"input_toks": 4, "output_toks": 1, "tool_duration_ns": 7000}, {"input_toks": 9, "output_toks": 1}]}
    """, name: "t.jsonl")
  #expect(trace.records.map(\.arrival) == [1_500_000_250, 2000, nil])
  #expect(trace.records[0].inputIDs == [1, 2, 3])
  #expect(trace.column(.think) == [nil, nil, 7])
  #expect(trace.column(.parentID) == [nil, nil, 1])
}

@Test func `TraceLab's rounds begin with their last input and keep their events`() throws {
  let trace = try collect(
    #"""
    {"session_id": "s", "round_index": 0, "model": "m", "input_tokens_total": 90, "prefix_tokens": 60, "output_tokens": 5, "timing_events": [{"event_type": "user_message", "timestamp": "2026-06-01T00:00:01Z"}, {"event_type": "tool_call", "timestamp": "2026-06-01T00:00:03Z", "tool_name": "Bash"}], "tools": []}
    {"session_id": "s", "round_index": 1, "model": "m", "input_tokens_total": 99, "prefix_tokens": 90, "output_tokens": 5, "timing_events": [{"event_type": "tool_result", "timestamp": "2026-06-01T00:00:04.5Z"}], "tools": [{"tool_name": "Bash", "emitted_at": "2026-06-01T00:00:05Z", "tool_wall_latency_ms": 20, "is_error": false}]}
    """#, name: "t.jsonl")
  #expect(trace.column(.arrival) == [0, 3_500_000])
  #expect(trace.column(.endToEnd) == [2_000_000, nil])
  #expect(trace.column(.think) == [nil, 1_500_000])
  #expect(trace.column(.cachedInputTokens) == [60, 90])
  #expect(trace.texts(.trigger) == ["user", "tool"])
  #expect(trace.records[0].events.map(\.at) == [0, 2_000_000])
  #expect(trace.records[1].events[1].duration == 20_000)
}

@Test func `TraceLab's replay tables add what a turn adds`() throws {
  let trace = try collect(
    """
    session_id,arrival_time,round_idx,prefix_len,input_len,output_len,tool_wait_after_ms
    0,117,0,0,2318,200,300
    0,117,1,2518,348,131,154
    """)
  #expect(trace.column(.inputTokens) == [2318, 2866])
  #expect(trace.column(.arrival) == [117_000, nil])
  #expect(trace.column(.think) == [nil, 300_000])
}

private let span = #"""
  {"traceId":"t","spanId":"a","startTimeUnixNano":"1000000000","endTimeUnixNano":"3000000000","attributes":[
  {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
  {"key":"gen_ai.usage.input_tokens","value":{"intValue":"120"}},
  {"key":"gen_ai.usage.output_tokens","value":{"intValue":"8"}},
  {"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"64"}},
  {"key":"gen_ai.conversation.id","value":{"stringValue":"c"}},
  {"key":"gen_ai.response.time_to_first_chunk","value":{"doubleValue":0.25}},
  {"key":"gen_ai.response.finish_reasons","value":{"arrayValue":{"values":[{"stringValue":"stop"}]}}},
  {"key":"x","value":{"intValue":"1"}}]}
  """#

@Test func `spans of the protocol's JSON become requests, and others are counted`() throws {
  let document =
    #"{"resourceSpans":[{"scopeSpans":[{"spans":["# + span
    + #",{"spanId":"b","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}}]}]}]}]}"#
  let trace = try collect(document, name: "t.json")
  #expect(trace.reading.format == .openTelemetry)
  #expect(trace.column(.inputTokens) == [120] && trace.column(.outputTokens) == [8])
  #expect(trace.column(.cachedInputTokens) == [64])
  #expect(trace.column(.ttft) == [250_000] && trace.column(.endToEnd) == [2_000_000])
  #expect(trace.texts(.sessionID) == ["c"])
  #expect(trace.reading.dropped == ["spans that are no model calls": 1])
  #expect(trace.reading.rowsRead == 2 && trace.reading.rowsWritten == 1)
}

@Test func `spans without usage are estimated, and that is said`() throws {
  let trace = try collect(
    #"{"spans":[{"span_id":"a","start_time":"2026-02-25T10:00:00.000000","attributes":{"gen_ai.operation.name":"chat","gen_ai.input.messages":"12345678","gen_ai.output.text":"123"}}]}"#,
    name: "t.json")
  #expect(trace.column(.inputTokens) == [2] && trace.column(.outputTokens) == [1])
  #expect(trace.texts(.extra)[0]?.contains("tokens_estimated") == true)
  #expect(trace.reading.notes.contains { $0.contains("estimated") })
}

@Test func `BLIS's measured times count from the arrival, and 0 is no time to think`() throws {
  let trace = try collect(
    """
    request_id,client_id,tenant_id,slo_class,session_id,prefix_group,prefix_length,streaming,input_tokens,output_tokens,reason_ratio,arrival_time_us,first_chunk_time_us,last_chunk_time_us,status,think_time_us,vllm_priority
    4,c,t,critical,s,g,16,1,100,50,0.5,1000,3000,9000,ok,0,3
    """)
  #expect(trace.reading.format == .blis)
  #expect(trace.column(.ttft) == [2000] && trace.column(.endToEnd) == [8000])
  #expect(trace.column(.think) == [nil] && trace.column(.priority) == [-3])
  #expect(trace.column(.reasoningTokens) == [25])
  #expect(trace.texts(.sloClass) == ["critical"])
  #expect(PromptSegment.list(trace.texts(.segments)[0] ?? "").map(\.tokens) == [16])
}

@Test func `results of aiperf and GuideLLM keep what was measured`() throws {
  let aiperf = try collect(
    #"{"metadata":{"request_start_ns":5000000000,"conversation_id":"c","turn_index":1,"was_cancelled":false},"metrics":{"input_sequence_length":{"value":550,"unit":"tokens"},"output_sequence_length":{"value":9,"unit":"tokens"},"time_to_first_token":{"value":255.5,"unit":"ms"},"request_latency":{"value":1000,"unit":"ms"}},"error":null}"#,
    name: "t.jsonl")
  #expect(aiperf.reading.format == .aiperf)
  #expect(aiperf.column(.inputTokens) == [550] && aiperf.column(.ttft) == [255_500])
  #expect(aiperf.column(.turn) == [1] && aiperf.texts(.status) == ["ok"])
  let guide = try collect(
    #"{"benchmarks":[{"requests":{"successful":[{"prompt_tokens":10,"output_tokens":4,"start_time":100.5,"time_to_first_token_ms":20,"request_latency":1.5}],"errored":[{"prompt_tokens":7,"start_time":101}]}}]}"#,
    name: "t.json")
  #expect(guide.reading.format == .guideLLM)
  #expect(guide.column(.arrival) == [0, 500_000])
  #expect(guide.column(.endToEnd) == [1_500_000, nil])
  #expect(guide.texts(.status) == ["ok", "failed"])
}

@Test func `any CSV can be mapped, and well-known names need no map`() throws {
  var options = TraceReadOptions(format: .csv)
  options.columns = ["arrival_ms=When", "input_tokens=In", "output_tokens=Out", "tenant_id=Who"]
  let trace = try collect("When,In,Out,Who,Else\n1.5,10,2,x,y\n", options: options)
  #expect(trace.column(.arrival) == [1500] && trace.texts(.tenantID) == ["x"])
  #expect(trace.texts(.extra) == [#"{"Else":"y"}"#])
  let known = try collect("arrival_s,session,request_tokens,response_tokens\n3,a,5,6\n")
  #expect(known.reading.format == .csv && known.column(.arrival) == [3_000_000])
  options.columns = ["arival_s=When"]
  #expect(throws: FileProblems.self) { try collect("When,In\n", options: options) }
}

@Test func `lengths alone, VTC's tenants and LMCache's blocks are read`() throws {
  let lengths = try collect(
    "num_prefill_tokens,num_decode_tokens,num_total_tokens,pd_ratio\n9,3,12,3\n")
  #expect(lengths.column(.arrival) == [nil] && lengths.column(.inputTokens) == [9])
  #expect(lengths.texts(.extra) == [nil])
  let vtc = try collect("arrival_s,tenant,input_tokens,output_tokens\n0.25,13,5,6\n")
  #expect(vtc.texts(.adapter) == ["13"] && vtc.column(.arrival) == [250_000])
  let cache = try collect(
    #"{"suite":"m","session_id":"s","turn":0,"timestamp_us":1760995773940169,"input_length":70,"output_length":3,"hash_ids":[4]}"#,
    name: "t.jsonl")
  #expect(cache.records[0].prefixIDs == [4] && cache.column(.arrival) == [0])
}

@Test func `a row that cannot be read is left out and counted when that is asked for`() throws {
  var options = TraceReadOptions()
  options.leavesOutUnreadable = true
  let text = "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00,1,1\nx,1,1\n1,2\n"
  let trace = try collect(text, options: options)
  #expect(trace.records.count == 1)
  #expect(trace.reading.rowsRead == 3 && trace.reading.dropped == ["unreadable": 2])
  #expect(trace.reading.problems.count == 2)
}
