import Foundation
import Scenarios
import ServingModel
import ServingSim
import SimKernel
import Testing
import TraceArchive

@Suite(.timeLimit(.minutes(30))) struct LoadRunTests {
  private let calibration = LinearCalibration(
    source: "",
    servers: [
      CalibratedServer(
        name: "a", stepTime: LinearStepTime.Coefficients(), frontendLatency: .millisecond,
        thinkTime: .microsecond)
    ])

  private func runs(_ runs: String, _ requests: String) throws -> [LoadRun] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let settings = """
      {max_num_seqs: 4, max_num_batched_tokens: 64, max_model_len: 256, block_size: 16, \
      num_gpu_blocks: 33}
      """
    let columns =
      "run,i,prefix_group,ok,t_send,t_first,t_last,t_end,prompt_tokens,completion_tokens"
    for (name, text) in [
      ("runs.csv", "run,server,mode,conc,prefix\n\(runs)\n"),
      ("requests.csv", "\(columns)\n\(requests)\n"),
      ("servers.yaml", "a: \(settings)\nb: \(settings)\n"),
    ] {
      try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }
    return try LoadRun.all(path: folder.path, calibration: calibration)
  }

  @Test func `requests are sent when they were sent, and share what they shared`() throws {
    let run = try #require(
      try runs(
        "a.mb_x,a,closed,1,\na.open,a,poisson,,32",
        "a.open,1,0,1,2.5,3,4,5,50,7\na.open,0,0,1,2,3,4,5,40,6\na.open,2,0,0,2,,,,40,0"
      ).first)
    #expect(run.run.name == "a.open" && run.reason == "1 requests without a whole answer left out")
    let plan = try #require(run.plan)
    #expect(plan.workload.arrivals == [.start, SimTime(seconds: 0.5)])
    #expect(plan.workload.promptTokens == [40, 50] && plan.workload.outputTokens == [6, 7])
    #expect(plan.workload.content?.offsets == [0, 32, 32] && plan.workload.closedLoop == nil)
    #expect(plan.replicas[0].maxNumSeqs == 4 && plan.replicas[0].usableBlocks == 32)
    #expect(plan.replicas[0].frontendLatency == .millisecond)
  }

  @Test func `clients of a closed loop take requests by number`() throws {
    let run = try #require(
      try runs(
        "a.c,a,closed,3,", "a.c,1,,1,2,3,4,5,50,7\na.c,0,,1,2.5,3,4,5,40,6"
      ).first)
    let workload = try #require(run.plan?.workload)
    #expect(workload.promptTokens == [40, 50] && workload.arrivals == [.never, .never])
    #expect(workload.closedLoop == ClosedLoop(concurrency: 3, thinkTime: .microsecond))
  }

  @Test func `why a run cannot be simulated`() throws {
    let reasons = try runs(
      "c.x,c,,,\nb.x,b,,,\na.x,a,,,", "a.x,0,,0,2,,,,40,0\nb.x,0,,1,2,3,4,5,40,6"
    ).map(\.reason)
    #expect(
      reasons == [
        "no settings of a vLLM scheduler for server c in servers.yaml",
        "server b is not in the calibration",
        "no request of the run has a time of sending and its whole answer",
      ])
  }
}
