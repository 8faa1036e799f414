import ServingModel
import Foundation
import Report
import ServingSim
import TextAndBytes
import ServingTestSupport
import SimKernel
import Testing
import TraceArchive

@testable import Scenarios

/// What requests say of themselves, from every trace format to requests.csv.
@Suite(.timeLimit(.minutes(30))) struct FormatTraitsTests {
  struct Fixture: CustomTestStringConvertible, Sendable {
    var format: TraceFormat
    var name: String
    var text: String
    /// The columns of requests.csv, and the first request's values.
    var said: [(column: String, value: String)]

    var testDescription: String { format.rawValue }

    init(
      _ format: TraceFormat, _ name: String, _ text: String, _ said: [(String, String)] = all
    ) {
      self.format = format
      self.name = name
      self.text = text
      self.said = said.map { (column: $0.0, value: $0.1) }
    }
  }

  private static let all = [
    ("model", "m"), ("adapter", "a"), ("tenant", "t"), ("class", "batch"), ("region", "eu"),
    ("max_tokens", "4"), ("ttft_slo_s", "0.250000000"), ("tpot_slo_s", "0.050000000"),
    ("e2e_slo_s", "2.000000000"),
  ]
  private static func only(_ columns: String...) -> [(String, String)] {
    all.filter { columns.contains($0.0) }
  }

  private static let head =
    "model,adapter,tenant_id,slo_class,region,max_tokens,ttft_slo_us,tpot_slo_us,e2e_slo_us"
  private static let row = "m,a,t,batch,eu,4,250000,50000,2000000"
  private static let json = #"""
    "model":"m","adapter":"a","tenant_id":"t","slo_class":"batch","region":"eu","max_tokens":4,"ttft_slo_us":250000,"tpot_slo_us":50000,"e2e_slo_us":2000000
    """#
  private static let body = #"{\"model\":\"m\",\"user\":\"u\",\"max_completion_tokens\":4}"#

  /// One request of 8 and 6 tokens each.
  static let fixtures: [Fixture] = [
    Fixture(
      .azure, "t.csv",
      "TIMESTAMP,ContextTokens,GeneratedTokens,\(head)\n2023-11-16 18:15:46.68,8,6,\(row)\n"),
    Fixture(
      .burstGPT, "t.csv",
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type,\(head)\n"
        + "5,m,8,6,14,API log,other,a,t,batch,eu,4,250000,50000,2000000\n"),
    Fixture(
      .mooncake, "t.jsonl",
      #"{"timestamp":0,"input_length":8,"output_length":6,"hash_ids":[1],\#(json)}"#),
    Fixture(
      .qwenBailian, "t.jsonl",
      #"{"chat_id":7,"parent_chat_id":-1,"timestamp":0.5,"input_length":8,"output_length":6,"#
        + #""type":"text","turn":1,"hash_ids":[1],\#(json)}"#),
    Fixture(
      .weka, "t.json",
      #"{"id":"s","block_size":64,"hash_id_scope":"local","requests":[{"t":0,"type":"n","in":8,"#
        + #""out":6,"hash_ids":[],"api_time":1,\#(json)}]}"#),
    Fixture(
      .ragPulse, "t.jsonl",
      #"{"timestamp":"82","input_length":8,"output_length":6,"session_id":"s","#
        + #""hash_ids":{"sys_prompt":[1]},\#(json)}"#),
    Fixture(
      .kavier, "t.csv",
      "session_id,turn_id,ts,num_input_tokens,num_output_tokens,\(head)\n0,0,0.5,8,6,\(row)\n"),
    Fixture(
      .llmServingSim, "t.jsonl",
      #"{"session_id":"s","arrival_time_ns":2000,\#(json),"#
        + #""sub_requests":[{"input_toks":8,"output_toks":6,"tool_duration_ns":7000}]}"#),
    Fixture(
      .vtc, "t.csv",
      "arrival_s,tenant,input_tokens,output_tokens,adapter,model,slo_class,region,max_tokens,"
        + "ttft_slo_us,tpot_slo_us,e2e_slo_us\n0,t,8,6,a,m,batch,eu,4,250000,50000,2000000\n"),
    Fixture(
      .traceLab, "t.jsonl",
      #"{"session_id":"s","round_index":0,"input_tokens_total":8,"prefix_tokens":0,"#
        + #""output_tokens":6,"timing_events":[{"event_type":"user_message","#
        + #""timestamp":"2026-06-01T00:00:01Z"}],"tools":[],\#(json)}"#),
    Fixture(
      .traceLabReplay, "t.csv",
      "session_id,arrival_time,round_idx,prefix_len,input_len,output_len,\(head)\n"
        + "s,0,0,0,8,6,\(row)\n"),
    Fixture(
      .openTelemetry, "t.json",
      #"{"spans":[{"span_id":"a","start_time":"2026-02-25T10:00:00Z","attributes":{"#
        + #""gen_ai.operation.name":"chat","gen_ai.usage.input_tokens":8,"#
        + #""gen_ai.usage.output_tokens":6,"gen_ai.request.model":"m","#
        + #""gen_ai.request.max_tokens":4,"tenant.id":"t","cloud.region":"eu","adapter":"a"}}]}"#,
      only("model", "adapter", "tenant", "region", "max_tokens")),
    Fixture(
      .lengths, "t.csv",
      "arrived_at,num_prefill_tokens,num_decode_tokens,\(head)\n0,8,6,\(row)\n"),
    Fixture(
      .lmCache, "t.jsonl",
      #"{"session_id":"s","turn":0,"timestamp_us":1700000000000000,"input_length":8,"#
        + #""output_length":6,\#(json)}"#),
    Fixture(
      .blis, "t.csv",
      "request_id,arrival_time_us,input_tokens,output_tokens,\(head)\n4,1000,8,6,\(row)\n"),
    Fixture(
      .aiperf, "t.jsonl",
      #"{"metadata":{"request_start_ns":5000000000,"turn_index":0,\#(json)},"metrics":{"#
        + #""input_sequence_length":{"value":8},"output_sequence_length":{"value":6},"#
        + #""request_latency":{"value":1000}},"error":null}"#),
    Fixture(
      .guideLLM, "t.json",
      #"{"benchmarks":[{"requests":{"successful":[{"prompt_tokens":8,"output_tokens":6,"#
        + #""start_time":100.5,"request_latency":1.5,"request_args":{"body":{"model":"m","#
        + #""max_tokens":4}}}]}}]}"#, only("model", "max_tokens")),
    Fixture(
      .vllmBench, "t.json",
      #"{"backend":"vllm","model_id":"m","total_input_tokens":8,"total_output_tokens":6,"#
        + #""input_lens":[8],"output_lens":[6],"ttfts":[0.5],"itls":[[0.5]],"start_times":[5],"#
        + #""errors":[""]}"#, only("model")),
    Fixture(
      .sglangBench, "t.jsonl",
      #"{"backend":"sglang","dataset_name":"random","model_id":"m","request_rate":Infinity,"#
        + #""total_input_tokens":8,"total_output_tokens":6,"input_lens":[8],"output_lens":[6],"#
        + #""ttfts":[0.125],"itls":[[0.25]],"errors":[""]}"#, only("model")),
    Fixture(
      .genAIPerf, "t.json",
      #"{"experiments":[{"experiment":{"mode":"request_rate","value":3},"requests":[{"#
        + #""timestamp":1700000000000000000,"request_inputs":{"input_ids":[1,2,3,4,5,6,7,8],"#
        + #""payload":"\#(body)"},"response_timestamps":[1700000000010000000],"#
        + #""response_outputs":[{"response":"{\"usage\":{\"completion_tokens\":6}}"}]}]}]}"#,
      only("model", "max_tokens")),
    Fixture(
      .inferencePerf, "t.json",
      #"[{"start_time":1.5,"end_time":2,"request":"\#(body)","info":{"input_tokens":8,"#
        + #""output_tokens":6,"output_token_times":[1.75,2],"lora_adapter":"a"},"error":null}]"#,
      only("model", "adapter", "max_tokens")),
    Fixture(
      .llmPerf, "t.json",
      #"[{"ttft_s":0.5,"end_to_end_latency_s":1,"number_input_tokens":8,"#
        + #""number_output_tokens":6}]"#, []),
    Fixture(
      .csv, "t.csv",
      "time,prompt_tokens,completion_tokens,\(head)\n2026-02-25T10:00:00Z,8,6,\(row)\n"),
    Fixture(
      .llmTrace, "requests.csv",
      "request_id,arrival_us,input_tokens,output_tokens,\(head)\n0,0,8,6,\(row)\n"
        .replacing("max_tokens", with: "max_output_tokens")),
  ]

  private func inScratch<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "kavier-traits-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// Writes the trace and returns its path.
  private func write(_ fixture: Fixture, to folder: String) throws -> String {
    let file = "\(folder)/\(fixture.name)"
    try fixture.text.write(toFile: file, atomically: true, encoding: .utf8)
    guard fixture.format == .llmTrace else { return file }
    try "{}".write(toFile: "\(folder)/trace.json", atomically: true, encoding: .utf8)
    return folder
  }

  /// requests.csv of a run of the trace, as rows of fields.
  private func requests(_ path: String, _ format: TraceFormat) throws -> [[String]] {
    let trace = try RequestTrace.read(path: path, options: TraceReadOptions(format: format))
    var replay = TraceReplay()
    replay.concurrency = 1
    var plan = stepPlan([], stepReplica(seats: 4, budget: 64, blockSize: 4, blocks: 64))
    plan.workload = try replay.workload(of: trace)
    let run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    var bytes: [UInt8] = []
    try RequestsCSV.write(run) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func check(_ rows: [[String]], _ fixture: Fixture) throws {
    let last = try #require(rows[0].firstIndex(of: "retries")) + 1
    #expect(Array(rows[0][last...]) == fixture.said.map(\.column))
    #expect(Array(rows[1][last...]) == fixture.said.map(\.value))
    let output = try #require(rows[0].firstIndex(of: "output_tokens"))
    let isLimited = fixture.said.contains { $0.column == "max_tokens" }
    #expect(rows[1][output] == (isLimited ? "4" : "6"))
  }

  @Test func `every format but the Workflow Trace Archive's Parquet has a fixture`() {
    #expect(Set(Self.fixtures.map(\.format)).union([.wta]) == Set(TraceFormat.allCases))
  }

  @Test(arguments: fixtures) func `it reaches requests.csv`(fixture: Fixture) throws {
    try inScratch { folder in
      let path = try write(fixture, to: folder)
      try check(try requests(path, fixture.format), fixture)
    }
  }

  @Test(arguments: fixtures) func `it survives import, transforms and merging`(
    fixture: Fixture
  ) throws {
    try inScratch { folder in
      let path = try write(fixture, to: folder)
      let options = TraceReadOptions(format: fixture.format)
      for (index, encoding) in [LLMTraceWriter.Encoding.csv, .jsonLines, .parquet].enumerated() {
        let out = "\(folder)/imported\(index)"
        _ = try TraceMerge.run(paths: [path], options: options, to: out, encoding: encoding)
        try check(try requests(out, .llmTrace), fixture)
      }
    }
  }

  @Test func `the Workflow Trace Archive keeps it`() throws {
    let native = try #require(Self.fixtures.first { $0.format == .llmTrace })
    try inScratch { folder in
      let path = try write(native, to: folder)
      _ = try TraceExport.run(
        path: path, options: TraceReadOptions(), as: .wta, to: "\(folder)/wta")
      try check(try requests("\(folder)/wta", .wta), native)
    }
  }

  @Test func `a bad value is told with its row, column and what is allowed`() throws {
    let rows = """
      request_id,arrival_us,input_tokens,output_tokens,slo_class,max_output_tokens,ttft_slo_us
      0,0,8,6,gold,4,-1
      1,0,8,6,,many,
      """
    let error = #expect(throws: FileProblems.self) { try scratchTrace(rows) }
    let found = error?.problems.map { "\($0.line ?? 0): \($0.message)" } ?? []
    #expect(
      found.contains {
        $0.hasPrefix("2: slo_class: found \"gold\"") && $0.contains("critical, standard")
      })
    #expect(found.contains { $0.hasPrefix("2: ttft_slo_us: found \"-1\"") })
    #expect(found.contains { $0.hasPrefix("3: max_output_tokens: found \"many\"") })
  }

  @Test func `an answer is cut to its limit, which is told, and 0 states none`() throws {
    let rows = """
      request_id,arrival_us,input_tokens,output_tokens,session_id,max_output_tokens,e2e_slo_us
      0,0,8,6,s,4,0
      1,1,12,6,s,0,
      """
    let trace = try scratchTrace(rows)
    #expect(trace.outputTokens == [4, 6])
    #expect(trace.notes.contains("1 answers are longer than their max_output_tokens: cut to it"))
    #expect(trace.traits[.maxTokens] == [4, RequestTraits.none] && trace.traits[.endToEnd] == nil)
    // The next turn goes on from the answer as it was cut.
    #expect(try TraceReplay().workload(of: trace).content?.chainOfRequest == [0, 0])
  }
}
