import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct ServedRunsTests {
  private let runs = """
    run,server,model,mode,conc,itl_p50,prefix
    a.mb_x,a,m,closed,2,9.5,
    a.load,a,m,poisson,,,16

    """
  private let requests = """
    run,i,prefix_group,ok,t_send,t_first,t_last,t_end,prompt_tokens,completion_tokens,engine_arrival,engine_first_sched,engine_ttft_ms
    a.mb_x,0,,1,0.5,0.75,1,1.25,40,3,0.51,0.52,200.5
    a.load,0,7,1,0.5,0.75,1,1.25,40,3,,,
    a.load,1,7,0,0.5,,,,40,0,,,

    """
  private let steps = """
    run,sched_ms,exec_ms,update_ms,gap_ms,n_decode,decode_ctx,n_prefill,prefill_tokens,prefill_attn
    a.mb_x,0.5,8,0.25,,0,0,1,40,820
    a.mb_x,0.5,9,0.25,0.125,1,40,0,0,0

    """

  private func read(
    requests: String? = nil, steps: String? = nil, withSteps: Bool = true
  ) throws -> [ServedRun] {
    let files = [
      "runs.csv": runs, "requests.csv": requests ?? self.requests,
      "steps.csv": steps ?? self.steps,
    ]
    return try withFiles(files.mapValues { Array($0.utf8) }) { directory in
      #expect(ServedRuns.isDirectory(directory))
      return try ServedRuns.read(path: directory, withSteps: withSteps)
    }
  }

  @Test func `runs, requests and steps are read`() throws {
    let runs = try read()
    #expect(runs.map(\.name) == ["a.mb_x", "a.load"])
    #expect(runs.map(\.isMicroBenchmark) == [true, false])
    #expect(runs.map(\.concurrency) == [2, nil])
    #expect(runs.map(\.medianGap) == [9.5, nil])
    #expect(runs.map(\.failed) == [0, 1] && runs.map(\.requests.count) == [1, 1])
    let first = try #require(runs[0].requests.first)
    #expect(first.request.arrival == 500_000_000 && first.end == 1_250_000_000)
    #expect(first.engineArrival == 510_000_000 && first.engineFirstToken == 720_500_000)
    #expect(runs[1].requests[0].request.group == 7)
    #expect(runs[1].requests[0].request.sharedTokens == 16)
    #expect(runs[1].requests[0].engineFirstToken == nil)
    #expect(runs[0].steps.map(\.busy) == [8.75, 9.75] && runs[0].steps.map(\.gap) == [nil, 0.125])
    #expect(runs[0].steps[0].prefillPairs == 820 && runs[0].steps[1].decodeContext == 40)
  }

  @Test func `tables that went through another tool say the same`() throws {
    let other = """
      run,i,prefix_group,ok,t_send,t_first,t_last,t_end,prompt_tokens,completion_tokens,engine_arrival,engine_first_sched,engine_ttft_ms
      a.mb_x,0.0,nan,1.0,0.5,0.75,1.0,1.25,40.0,3.0,0.51,0.52,200.5
      a.load,0.0,7.0,True,0.5,0.75,1.0,1.25,4e1,3.0,NaN,NaN,NaN
      a.load,1.0,7.0,0.0,0.5,NaN,NaN,NaN,40.0,0.0,NaN,NaN,NaN
      a.load,2.0,7.0,False,0.5,NaN,NaN,NaN,40.0,0.0,NaN,NaN,NaN

      """
    let (one, two) = (
      try read(), try read(requests: other, steps: steps.replacing("820", with: "820.0"))
    )
    #expect(two.map(\.failed) == [0, 2] && two.map(\.requests.count) == [1, 1])
    #expect(two[0].requests[0].request.group == nil && two[1].requests[0].request.group == 7)
    #expect(two[0].requests[0].engineFirstToken == one[0].requests[0].engineFirstToken)
    #expect(two[1].requests[0].engineArrival == nil && two[0].steps[0].prefillPairs == 820)
  }

  @Test func `steps are read only when asked for`() throws {
    let runs = try read(steps: "nonsense\n", withSteps: false)
    #expect(runs.map(\.steps.count) == [0, 0])
  }

  @Test func `what is wrong in two files is told at once`() throws {
    let problems = #expect(throws: FileProblems.self) {
      try read(
        requests: requests.replacing("a.load,0,7,1,0.5,0.75", with: "a.load,0,7,1,0.9,0.75"),
        steps: steps.replacing("0.5,9,", with: "0.5,long,"))
    }
    let text = problems?.description ?? ""
    #expect(
      text.contains("requests.csv:3: t_send, t_first, t_last and t_end are not in this order"))
    #expect(text.contains("steps.csv:3: exec_ms: found \"long\""))
  }

  @Test func `a run that nobody named is refused`() throws {
    let problems = #expect(throws: FileProblems.self) {
      try read(requests: requests.replacing("a.load,0", with: "b,0"))
    }
    #expect(problems?.description.contains("found \"b\", which runs.csv does not name") == true)
  }
}
