import Accuracy
import Foundation
import ServingTestSupport
import SimKernel
import Testing
import TextAndBytes

struct RecordedRunTests {
  private let setUp = """
    {"gpu": "H100 SXM", "engine": "vLLM 0.15.1", "model": "meta-llama/Llama-2-7b-hf",
     "config": {"tensor_parallelism": 2, "max_num_seqs": 128, "kv_blocks_total_gpu": 501},
     "note": "prefix caching on"}
    """
  private let requests = """
    arrival_time_us,input_tokens,output_tokens,has_error,ttft_s,e2e_s
    2000000,20,11,False,0.5,1.5
    1000000,10,3,False,0.3,0.5
    3000000,30,5,True,0,0

    """

  private func read(_ setUp: String, _ requests: String, name: String = "run") throws
    -> MeasuredCases
  {
    let scratch = try Scratch()
    _ = try scratch.file("\(name)_meta.json", setUp)
    return CaseFiles.read([try scratch.file("\(name).csv", requests)])
  }

  @Test func `a run is a case with its set-up and its latencies`() throws {
    let cases = try read(setUp, requests)
    #expect(cases.problems.isEmpty)
    let run = try #require(cases.cases.first)
    #expect(run.id == "run" && run.family == "request_trace" && run.gpu == "H100 SXM")
    #expect(run.engine == "vLLM" && run.engineVersion == "0.15.1" && run.accelerators == 2)
    #expect(run.numGPUBlocks == 501 && run.maxNumSeqs == 128 && run.isPrefixCached)
    #expect(run.precision == "bf16" && !run.isPrecisionKnown)
    guard case .recorded(let recorded) = run.load else { return #expect(Bool(false)) }
    // By arrival.
    #expect(
      recorded.promptTokens == [10, 20, 30] && recorded.arrivals.map(\.seconds) == [0, 1, 2])
    let values = Dictionary(uniqueKeysWithValues: cases.rows.map { ($0.metric, $0.value) })
    #expect(values.count == 12)
    // Of the two requests without an error, in milliseconds.
    #expect(values["ttft_mean"] == 400 && values["ttft_p50"] == 400)
    #expect(values["tpot_mean"] == 100 && values["e2e_mean"] == 1000)
    #expect(values["e2e_p90"] == 1400)
    #expect(cases.rows[0].keys["gpu"] == "H100 SXM" && cases.rows[0].keys["tp"] == "2")
  }

  @Test func `numbers that went through another tool are read`() throws {
    let cases = try read(
      setUp.replacing("\"tensor_parallelism\": 2", with: "\"tensor_parallelism\": 2.0")
        .replacing("128", with: "\"NaN\"").replacing("501", with: "5.01e2")
        .replacing("\"config\": {", with: "\"config\": {\"pipeline_parallel_size\": 0, "),
      """
      arrival_time_us,input_tokens,output_tokens,has_error,ttft_s,e2e_s
      2000000.0,20.0,11.0,0.0,0.5,1.5
      1e6,1e1,3,False,0.3,0.5
      3000000,30,0,1.0,nan,

      """)
    #expect(cases.problems.isEmpty, "\(cases.problems)")
    let run = try #require(cases.cases.first)
    #expect(run.parallelism.tensor == 2 && run.parallelism.pipeline == 1 && run.accelerators == 2)
    #expect(run.numGPUBlocks == 501 && run.maxNumSeqs == nil)
    guard case .recorded(let recorded) = run.load else { return #expect(Bool(false)) }
    #expect(recorded.promptTokens == [10, 20, 30] && recorded.outputTokens == [3, 11, 1])
    #expect(cases.rows.first { $0.metric == "ttft_mean" }?.value == 400)
  }

  @Test func `times from the start of the run are taken from the arrival`() throws {
    let cases = try read(
      #"{"model": "llama-3.1-8b", "vllm_version": "0.19", "engine_kwargs": {"dtype": "float16"}}"#,
      """
      arrival_s,input_tokens,output_tokens,first_token_s,last_token_s
      1.5,10,11,2,3

      """, name: "x_RTXPRO6000_y")
    #expect(cases.problems.isEmpty)
    let run = try #require(cases.cases.first)
    #expect(run.gpu == "RTXPRO6000" && run.notes == ["accelerator from the file's name"])
    #expect(run.precision == "fp16" && run.isPrecisionKnown && !run.isPrefixCached)
    #expect(cases.rows.first { $0.metric == "ttft_mean" }?.value == 500)
    #expect(cases.rows.first { $0.metric == "e2e_p99" }?.value == 1500)
  }

  @Test func `all that is wrong with a set-up is told`() throws {
    let problems = try read(#"{"engine": "vLLM", "config": {"max_num_seqs": "x"}}"#, requests)
      .problems.problems.map(\.message)
    #expect(
      problems == [
        "gpu: has no value; one is needed", "model: has no value; one is needed",
        "max_num_seqs: found \"x\"; allowed are whole numbers from 1 to 1000000000",
      ])
  }

  @Test func `a set-up that is no JSON is told with its line`() throws {
    let problem = try #require(try read("{\n\"gpu\" 1}", requests).problems.problems.first)
    #expect(problem.line == 2 && problem.message == "no JSON object: expected ':'")
  }

  @Test func `all that is wrong with requests is told`() throws {
    let problems = try read(
      setUp,
      """
      arrival_s,input_tokens,output_tokens,ttft_s,e2e_s
      0,0,3,1,1
      0,1,3,,1
      -1,1,3,1,1

      """
    ).problems.problems
    #expect(problems.map(\.line) == [2, 3, 4])
    #expect(
      problems.map(\.message) == [
        "input_tokens: found \"0\"; allowed are whole numbers from 1 to 100000000",
        "ttft_s: has no value; a request needs one",
        "arrival_s: found \"-1\"; allowed are numbers from 0",
      ])
  }

  @Test(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
  func `the shared runs are read`() throws {
    let cases = CaseFiles.read([SharedData.path("groundtruth/dev_request_traces")])
    #expect(cases.problems.isEmpty)
    #expect(cases.cases.count == 8 && cases.rows.count == 96)
  }
}
