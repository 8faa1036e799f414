import Endpoint
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30)), .serialized) struct FaultTests {
  private let stream = #"{"prompt":[1],"max_tokens":50,"ignore_eos":true,"stream":true}"#

  @Test func `an error that was asked for ends a stream in its midst`() async throws {
    let endpoint = try await TestEndpoint { $0.faults[.error] = 1 }
    let answer = try endpoint.post("/v1/completions", stream)
    #expect(answer.hasPrefix("HTTP/1.1 200"))
    #expect(answer.contains(#"data: {"error":{"message":"an error that was asked for"#))
    #expect(!answer.contains("finish_reason\":\"length"))
    #expect(
      try endpoint.post("/v1/completions", #"{"prompt":[1]}"#).hasPrefix("HTTP/1.1 500"))
    _ = try await endpoint.server.stop()
  }

  @Test func `a reset is a reset`() async throws {
    let endpoint = try await TestEndpoint { $0.faults[.reset] = 1 }
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send(TestEndpoint.request("/v1/completions", stream))
    let failure = #expect(throws: RawConnection.Failure.self) {
      while try connection.read() != nil {}
    }
    #expect(failure?.code == 104)
    _ = try await endpoint.server.stop()
  }

  @Test func `a stalled answer waits until its time is over`() async throws {
    let endpoint = try await TestEndpoint {
      $0.faults[.stall] = 1
      $0.limits.requestTime = 1
    }
    let answer = try endpoint.post("/v1/completions", stream)
    #expect(answer.contains("took longer than the server allows"))
    _ = try await endpoint.server.stop()
  }

  @Test func `the seed decides which requests fail, and how often`() async throws {
    func run() async throws -> [Bool] {
      let endpoint = try await TestEndpoint { $0.faults[.error] = 0.3 }
      let answers = try (0..<60).map { _ in
        try endpoint.post("/v1/completions", #"{"prompt":[1],"max_tokens":2}"#)
      }
      _ = try await endpoint.server.stop()
      return answers.map { $0.hasPrefix("HTTP/1.1 500") }
    }
    let first = try await run()
    #expect(try await run() == first)
    #expect((8...30).contains(first.count { $0 }))
  }
}
