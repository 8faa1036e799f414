import ServingModel
import SimKernel
import Testing

@testable import Accuracy
@testable import TraceArchive

@Suite(.timeLimit(.minutes(30))) struct ClientLatencyTests {
  private func request(sent: Int64, engine: (Int64, Int64)? = nil) -> ServedRequest {
    ServedRequest(
      request: EngineRequest(
        number: 0, arrival: sent, promptTokens: 8, completionTokens: 2, sharedTokens: 0,
        priority: 0),
      firstToken: sent + 50_000_000, lastToken: sent + 60_000_000, end: sent + 61_000_000,
      engineArrival: engine.map { sent + $0.0 }, engineFirstToken: engine.map { sent + $0.1 })
  }

  private func run(concurrency: Int?, _ requests: [ServedRequest]) -> ServedRun {
    var run = ServedRun(name: "r", server: "s", concurrency: concurrency)
    run.requests = requests
    return run
  }

  @Test func `both ways and the pause between requests, of lone clients`() {
    let alone = run(
      concurrency: 1,
      [
        request(sent: 0, engine: (3_000_000, 46_000_000)),
        request(sent: 62_000_000, engine: (3_000_000, 46_000_000)),
      ])
    let crowd = run(concurrency: 8, [request(sent: 0, engine: (40_000_000, 49_000_000))])
    let latency = ClientLatency([crowd, alone])
    #expect(latency.inbound == 3e-3 && latency.outbound == 4e-3)
    #expect(abs((latency.frontend ?? 0) - 7e-3) < 1e-12)
    #expect(latency.think == 2e-3)
  }

  @Test func `what was not recorded is not known`() {
    let latency = ClientLatency([run(concurrency: 1, [request(sent: 0)])])
    #expect(latency.frontend == nil && latency.think == nil)
  }
}
