import Parquet
import ServingTestSupport
import Testing
import TraceArchive
@testable import TextAndBytes

/// SplitMix64 (Steele, Lea and Flood, 2014), so that a failure can be had again.
private struct Mutations: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Some bytes replaced, removed, doubled, or taken from what readers look for.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    let tokens = ["\"", ",", "\n", "-", "=9|", "+9999999999", "{", "[", "\\u", "null", "e9", "\0"]
    var bytes = bytes
    for _ in 0...Int.random(in: 0..<3, using: &self) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &self)
      let length = min(Int.random(in: 1..<9, using: &self), bytes.count - at)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes.removeSubrange(at..<at + length)
      case 2: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
      case 3: bytes.removeLast(bytes.count - at)
      default:
        guard let token = tokens.randomElement(using: &self) else { continue }
        bytes.insert(contentsOf: token.utf8, at: at)
      }
    }
    return bytes
  }
}

private let seeds: [(name: String, bytes: [UInt8])] =
  texts.map { ($0.name, Array($0.text.utf8)) } + [
    (
      "t.parquet",
      ParquetWriter.file(
        [
          .init("TIMESTAMP", .timestamp(.milliseconds)), .init("ContextTokens", .int64),
          .init("GeneratedTokens", .int32, isOptional: true),
        ],
        [
          .init(.integers([1_700_158_546_680, 1_700_158_547_000])), .init(.integers([374, 2])),
          .init(.integers([44, 1])),
        ])
    ),
    (
      "m.parquet",
      ParquetWriter.file(
        [
          .init("timestamp", .double), .init("input_length", .int64),
          .init("output_length", .int64), .init("hash_ids", .int64List),
        ],
        [
          .init(.doubles([0, 1.5])), .init(.integers([600, 3])), .init(.integers([2, 1])),
          .init(.lists(ParquetLists([[0, 1], [0]]))),
        ], compression: .uncompressed)
    ),
    (
      "requests.parquet",
      ParquetWriter.file(
        [
          .init("request_id", .int64), .init("input_tokens", .int32),
          .init("output_tokens", .int32), .init("prefix_ids", .int64List, isOptional: true),
          .init("model", .text, isOptional: true),
        ],
        [
          .init(.integers([0, 1])), .init(.integers([8, 12])), .init(.integers([1, 1])),
          .init(.lists(ParquetLists([[1, 2], []])), isNull: [false, true]),
          .init(.texts(ParquetTexts(["m", "m"]))),
        ])
    ),
  ]

private let texts: [(name: String, text: String)] = [
  (
    "bench.json",
    #"{"backend":"vllm","model_id":"m","total_input_tokens":3,"total_output_tokens":4,"input_lens":[1,2],"output_lens":[2,2],"ttfts":[0.5,0.25],"itls":[[0.5],[]],"start_times":[5,6.5],"errors":["",""],"request_rate":Infinity}"#
  ),
  (
    "profile_export.json",
    #"{"experiments":[{"experiment":{"mode":"concurrency","value":3},"requests":[{"timestamp":1700000000000000000,"request_inputs":{"input_ids":[1,2]},"response_timestamps":[1700000000010000000],"response_outputs":[{"response":"{\"usage\":{\"completion_tokens\":2}}"}]}]}]}"#
  ),
  (
    "requests.json",
    #"[{"start_time":1.5,"end_time":2,"request":"","info":{"input_tokens":5,"output_tokens":2,"output_token_times":[1.75,2]},"error":null}]"#
  ),
  (
    "jaeger.json",
    #"{"data":[{"spans":[{"spanID":"a","operationName":"x","startTime":1700000000000000,"duration":21,"tags":[{"key":"gen_ai.usage.prompt_tokens","value":12},{"key":"gen_ai.usage.completion_tokens","value":5}]}]}]}"#
  ),
  (
    "turns.jsonl",
    #"{"session_id":"a","input_length":5,"output_length":4}"# + "\n"
      + #"{"session_id":"a","delay":2.5,"input_length":9,"output_length":4}"#
  ),
  (
    "t.csv",
    "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,44\n2023-11-16 18:15:47,1,0\n"
  ),
  (
    "t.jsonl",
    #"{"timestamp": 0, "input_length": 600, "output_length": 2, "hash_ids": [0, 1]}"# + "\n"
  ),
  (
    "k.csv",
    "session_id,turn_id,ts,num_input_tokens,num_output_tokens,input_tokens,output_tokens\n"
      + "0,0,0.5,3,6,\"[1, 2, 3]\",\"[1]\"\n0,1,1e1,2,6,\"[1, 2]\",\"[1]\"\n"
  ),
  (
    "requests.csv",
    "request_id,arrival_us,input_tokens,output_tokens,session_id,parent_id,depends_on,prefix_ids\n"
      + "0,5,8,1,s,,,1+2\n1,,12,0,s,0,0,=2|5+1\n2,9,8,2,t,1,0;1,\"[4,5]\"\n"
  ),
  (
    "requests.jsonl",
    #"{"request_id":1,"input_tokens":9,"output_tokens":1,"prefix_ids":[1,2],"block_size":4}"# + "\n"
  ),
  (
    "b.csv",
    "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
      + "5,a,1.5,m,472,18,490,x\n45,,,m,1087,0,1087,y\n"
  ),
  (
    "q.jsonl",
    #"{"chat_id":7,"parent_chat_id":-1,"timestamp":0.5,"input_length":20,"output_length":3,"type":"text","turn":1,"hash_ids":[1,2]}"#
      + "\n"
  ),
  (
    "w.json",
    #"{"id":"a","block_size":64,"hash_id_scope":"local","requests":[{"t":0,"type":"n","in":128,"out":1,"hash_ids":[1,2],"api_time":2.0},{"t":1,"type":"subagent","agent_id":"x","requests":[{"t":0,"in":64,"out":1,"hk":0,"hn":[[1,1]]}]},{"t":9,"in":64,"out":2,"hash_ids":[1]}]}"#
  ),
  (
    "r.jsonl",
    #"{"timestamp":"82","input_length":30,"output_length":5,"session_id":"s","hash_ids":{"sys_prompt":[1],"passages_ids":[2,3]}}"#
      + "\n"
  ),
  (
    "s.jsonl",
    #"{"session_id":"s","arrival_time_ns":2000,"sub_requests":[{"input_toks":4,"output_toks":1,"tool_duration_ns":7000},{"input_toks":2,"output_toks":1,"input_tok_ids":[1,2]}]}"#
      + "\n"
  ),
  (
    "o.json",
    #"{"spans":[{"span_id":"a","start_time":"2026-02-25T10:00:00Z","attributes":{"gen_ai.operation.name":"chat","gen_ai.usage.input_tokens":12,"gen_ai.usage.output_tokens":3}}]}"#
  ),
  (
    "l.jsonl",
    #"{"session_id":"s","round_index":0,"input_tokens_total":90,"prefix_tokens":60,"output_tokens":5,"timing_events":[{"event_type":"user_message","timestamp":"2026-06-01T00:00:01Z"}],"tools":[{"tool_name":"B","tool_wall_latency_ms":20}]}"#
      + "\n"
  ),
  (
    "i.csv",
    "request_id,arrival_time_us,input_tokens,output_tokens,prefix_group,prefix_length,streaming,reason_ratio,first_chunk_time_us\n4,1000,100,50,g,16,1,0.5,3000\n"
  ),
  (
    "a.jsonl",
    #"{"metadata":{"request_start_ns":5000000000,"turn_index":1},"metrics":{"input_sequence_length":{"value":550},"output_sequence_length":{"value":9},"request_latency":{"value":1000}},"error":null}"#
      + "\n"
  ),
  (
    "g.json",
    #"{"benchmarks":[{"requests":{"successful":[{"prompt_tokens":10,"output_tokens":4,"start_time":100.5,"request_latency":1.5}]}}]}"#
  ),
]

private let traceHeader = Array(
  #"{"format_version":1,"hashing":{"block_size":4,"scope":"global","partial_block":"excluded"}}"#
    .utf8)

@Test func `no change of a few bytes makes a reader crash`() throws {
  var mutations = Mutations(state: 1)
  var accepted = 0
  for round in 0..<2000 {
    let seed = seeds[round % seeds.count]
    let text = mutations.mutate(seed.bytes)
    let header = round % 3 == 0 ? mutations.mutate(traceHeader) : traceHeader
    let format = round % 4 > 0 ? nil : TraceFormat.allCases.randomElement(using: &mutations)
    let options = TraceReadOptions(format: format, sort: round % 8 < 4)
    try withFiles([seed.name: text, "trace.json": header]) { directory in
      do throws(FileProblems) {
        let trace = try RequestTrace.read(path: "\(directory)/\(seed.name)", options: options)
        accepted += 1
        #expect(trace.count > 0 && trace.count == trace.inputTokens.count)
        #expect(trace.rowsRead >= trace.count)
      } catch {
        #expect(!error.problems.isEmpty && error.count >= error.problems.count)
      }
    }
  }
  #expect(accepted > 60, "the mutations are too wild to reach what lies behind the first check")
}
