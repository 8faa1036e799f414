import Accuracy
import SimKernel
import Testing
import TextAndBytes

private let header =
  "case_id,family,gpu,n_gpu,model,precision,engine,metric,value,concurrency,isl,osl,isl_mean,tp"

@Test(
  arguments: [
    (
      "128,1000,100,1e19,1",
      "isl_mean: found \"1e19\"; allowed are numbers above 0, up to 100000000"
    ),
    (
      "999999999,1000,100,,1",
      "concurrency: found \"999999999\"; allowed are whole numbers from 1 to 1000000"
    ), ("1,1000,100,,1e8", "tp: found \"1e8\"; allowed are whole numbers from 0 to 100000"),
  ])
func `figures that no run can have are refused where they are read`(
  row: String, problem: String
) throws {
  let scratch = try Scratch()
  let file = try scratch.file(
    "cases.csv",
    "\(header)\na,closed_loop,H100,1,llama-3.1-8b,bf16,vllm,ttft_mean,5,\(row)\n")
  let found = CaseFiles.read([file]).problems.problems.map(\.message)
  #expect(found == [problem])
}

@Test func `a recorded run may count its times from 1970, not last longer than the clock`() throws {
  func read(_ arrivals: [String]) throws -> MeasuredCases {
    let scratch = try Scratch()
    _ = try scratch.file("run.json", #"{"gpu": "H100 SXM", "model": "llama-3.1-8b"}"#)
    let rows = arrivals.map { "\($0),20,11,0.5,1.5\n" }.joined()
    return CaseFiles.read([
      try scratch.file("run.csv", "arrival_s,input_tokens,output_tokens,ttft_s,e2e_s\n" + rows)
    ])
  }
  let run = try #require(try read(["1700000001.5", "1700000000"]).cases.first)
  guard case .recorded(let requests) = run.load else { return #expect(Bool(false)) }
  #expect(requests.arrivals.map(\.seconds) == [0, 1.5])
  let problems = try read(["0", "1700000000"]).problems.problems.map(\.message)
  #expect(
    problems == [
      "the last request arrives 1700000000.0 s after the first; the clock holds 4000000 s. "
        + "Are times in another unit?"
    ])
}
