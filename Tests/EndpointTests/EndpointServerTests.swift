import Endpoint
import ServingModel
import ServingTestSupport
import SimKernel
import Testing
import ServingSim

@Suite(.timeLimit(.minutes(30)), .serialized) struct EndpointServerTests {
  private let completion = #"{"prompt":[1,2,3,4,5],"max_tokens":4,"ignore_eos":true}"#

  @Test func `an answer says what it is made of`() async throws {
    let endpoint = try await TestEndpoint()
    let answer = try endpoint.post("/v1/completions", completion)
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains(#""object":"text_completion""#))
    #expect(answer.contains(#""finish_reason":"length""#))
    #expect(
      answer.contains(
        #""usage":{"prompt_tokens":5,"total_tokens":9,"completion_tokens":4,"#
          + #""prompt_tokens_details":{"cached_tokens":0}}"#))
    _ = try await endpoint.server.stop()
  }

  @Test func `a prompt that comes again is found in the cache, and so is its answer`() async throws
  {
    let endpoint = try await TestEndpoint()
    let question =
      #"{"messages":[{"role":"user","content":"who are you, and why"}],"max_tokens":8,"#
      + #""ignore_eos":true}"#
    let first = try endpoint.post("/v1/chat/completions", question)
    let again = try endpoint.post("/v1/chat/completions", question)
    #expect(first.contains(#""cached_tokens":0"#))
    // 3 + 5 + 1 + 3 tokens in blocks of two; the block of the last token is always computed.
    #expect(again.contains(#""prompt_tokens":12,"#) && again.contains(#""cached_tokens":10"#))
    let start = try #require(first.firstRange(of: #""content":""#)?.upperBound)
    let text = String(first[start...].prefix { $0 != "\"" })
    let next =
      #"{"messages":[{"role":"user","content":"who are you, and why"},"#
      + #"{"role":"assistant","content":"\#(text)"},{"role":"user","content":"oh"}],"max_tokens":1}"#
    let turn = try endpoint.post("/v1/chat/completions", next)
    // The prompt and seven of the answer's eight tokens are in whole blocks.
    #expect(turn.contains(#""cached_tokens":18"#))
    _ = try await endpoint.server.stop()
  }

  @Test func `a stream brings every token, the reason for its end and the counts`() async throws {
    let endpoint = try await TestEndpoint()
    let body =
      #"{"prompt":"to be or not","max_tokens":6,"ignore_eos":true,"stream":true,"#
      + #""stream_options":{"include_usage":true,"include_simulated_time":true}}"#
    let stream = try endpoint.post("/v1/completions", body)
    let whole = try endpoint.post(
      "/v1/completions", #"{"prompt":"to be or not","max_tokens":6,"ignore_eos":true}"#)
    let parts = stream.components(of: #""text":""#)
    let start = try #require(whole.firstRange(of: #""text":""#)?.upperBound)
    #expect(parts.joined() == whole[start...].prefix { $0 != "\"" })
    #expect(parts.joined().utf8.count == 24)
    #expect(stream.contains("content-type: text/event-stream"))
    #expect(stream.contains(#""finish_reason":"length","stop_reason":null}],"usage":null"#))
    #expect(stream.contains(#""choices":[],"usage":{"prompt_tokens":3,"#))
    #expect(stream.contains("data: [DONE]\n\n\r\n0\r\n\r\n"))
    let times = stream.numbers(after: #""simulated_time":"#)
    #expect(times == times.sorted() && times.count == parts.count)
    _ = try await endpoint.server.stop()
  }

  @Test func `two requests go over one connection`() async throws {
    let endpoint = try await TestEndpoint()
    let connection = try RawConnection(port: endpoint.server.port)
    for _ in 0..<2 {
      try connection.send(TestEndpoint.request("/v1/completions", completion))
      #expect(try connection.read(until: #""completion_tokens":4"#).contains("200 OK"))
    }
    _ = try await endpoint.server.stop()
  }

  @Test func `a client of HTTP 1.0 gets a stream without chunks`() async throws {
    let endpoint = try await TestEndpoint()
    let body = #"{"prompt":[1],"max_tokens":3,"stream":true}"#
    let answer = try endpoint.send(
      "POST /v1/completions HTTP/1.0\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
    #expect(answer.contains("\r\n\r\ndata: {"))
    #expect(answer.hasSuffix("data: [DONE]\n\n"))
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: [
    ("/v1/completions", #"{"prompt":"x","suffix":"y"}"#, 400, #""param":"suffix""#),
    ("/v1/completions", #"{"prompt":"x","model":"other"}"#, 404, "only 'test'"),
    ("/v1/completions", #"{"prompt":[1],"max_tokens":600}"#, 400, "more than the context's 512"),
    ("/v1/completions", "{", 400, "no JSON object"),
    ("/v1/nothing", "{}", 404, "nothing at /v1/nothing"),
    ("/metrics", "{}", 405, "takes GET"),
    ("/v1/completions", String(repeating: "x", count: 3000), 413, "longer than 2000 bytes"),
  ])
  func `a wrong request is told what is wrong`(
    path: String, body: String, status: Int, reason: String
  ) async throws {
    let endpoint = try await TestEndpoint { $0.limits.bodyBytes = 2000 }
    let answer = try endpoint.post(path, body)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    #expect(answer.contains(reason) && answer.contains(#""code":\#(status)"#))
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    _ = try await endpoint.server.stop()
  }

  @Test func `whoever comes when all places are taken is told to come again`() async throws {
    let endpoint = try await TestEndpoint {
      $0.limits.concurrency = 1
      $0.speed = 1
    }
    let first = try RawConnection(port: endpoint.server.port)
    try first.send(
      TestEndpoint.request(
        "/v1/completions", #"{"prompt":[1],"max_tokens":500,"ignore_eos":true,"stream":true}"#))
    _ = try first.read(until: "data:")
    let answer = try endpoint.post("/v1/completions", completion)
    #expect(answer.hasPrefix("HTTP/1.1 429 "))
    #expect(answer.contains("retry-after: 1\r\n"))
    let served = try await endpoint.server.stop()
    #expect(served.turnedAway == 1)
    #expect(first.readAll().contains("[DONE]"))
  }

  @Test func `a client that goes away frees what its request held`() async throws {
    let endpoint = try await TestEndpoint { $0.speed = 1 }
    do {
      let connection = try RawConnection(port: endpoint.server.port)
      try connection.send(
        TestEndpoint.request(
          "/v1/completions", #"{"prompt":[1,2,3],"max_tokens":509,"ignore_eos":true,"stream":true}"#
        ))
      _ = try connection.read(until: "data:")
      #expect(try endpoint.metric("vllm:num_requests_running") == 1)
    }
    #expect(try await endpoint.wait(for: "vllm:num_requests_running", toBe: 0))
    #expect(try endpoint.metric("vllm:kv_cache_usage_perc") == 0)
    let aborted = try endpoint.metric(
      "vllm:request_success_total", label: #"finished_reason="abort""#)
    #expect(aborted == 1)
    _ = try await endpoint.server.stop()
  }

  @Test func `without the token nobody is let in`() async throws {
    let endpoint = try await TestEndpoint { $0.token = "secret" }
    #expect(try endpoint.get("/v1/models").hasPrefix("HTTP/1.1 401 "))
    #expect(
      try endpoint.get("/v1/models", headers: "authorization: Bearer secres\r\n")
        .hasPrefix("HTTP/1.1 401 "))
    #expect(
      try endpoint.get("/v1/models", headers: "authorization: Bearer secret\r\n")
        .hasPrefix("HTTP/1.1 200 "))
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200 "))
    _ = try await endpoint.server.stop()
  }

  @Test func `stopping lets answers end, and says what was served`() async throws {
    let endpoint = try await TestEndpoint {
      $0.keepsOutcomes = true
      $0.speed = 1
    }
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send(
      TestEndpoint.request(
        "/v1/completions", #"{"prompt":[1],"max_tokens":300,"ignore_eos":true,"stream":true}"#))
    _ = try connection.read(until: "data:")
    let served = try await endpoint.server.stop()
    #expect(connection.readAll().contains(#""finish_reason":"length""#))
    #expect(served.plan.workload.promptTokens == [1])
    #expect(served.recording.outcomes.map(\.status) == [.finished])
    #expect(served.recording.outcomes.map(\.outputTokens) == [300])
    // A prompt step and 299 decode steps of a millisecond each.
    let outcome = served.recording.outcomes[0]
    #expect(outcome.finish.since(outcome.arrival) == SimDuration(seconds: 0.3))
  }

  @Test func `what clients say of their requests is in what was served`() async throws {
    let endpoint = try await TestEndpoint { $0.keepsOutcomes = true }
    for fields in [
      #""user":"ann","max_tokens":3"#, #""max_tokens":5,"session_id":"s""#, #""user":"bob""#,
    ] {
      _ = try endpoint.post("/v1/completions", #"{"prompt":"abcd",\#(fields)}"#)
    }
    _ = try endpoint.post(
      "/v1/chat/completions",
      #"{"messages":[{"role":"user","content":"a"}],"user":"ann","max_completion_tokens":2}"#)
    let served = try await endpoint.server.stop()
    let traits = served.plan.workload.traits
    #expect(
      traits[.tenant] == RequestLabels(names: ["ann", "bob"], ofRequest: [0, -1, 1, 0]))
    // Of a completion without a limit it is 16.
    #expect(traits[.maxTokens] == [3, 5, 16, 2])
    #expect(traits[.region] == nil && traits[.model] == nil)
  }

  @Test func `of many connections only so many are kept`() async throws {
    let endpoint = try await TestEndpoint { $0.limits.connections = 2 }
    let kept = try (0..<2).map { _ in try RawConnection(port: endpoint.server.port) }
    for connection in kept {
      try connection.send("GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
      #expect(try connection.read()?.hasPrefix("HTTP/1.1 200") == true)
    }
    // Health is told all the same.
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    #expect(try endpoint.post("/v1/completions", completion).hasPrefix("HTTP/1.1 429"))
    _ = try await endpoint.server.stop()
  }
}

extension String {
  /// The texts that stand between `key` and the next quote.
  func components(of key: String) -> [String] {
    split(separator: key).dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  func numbers(after key: String) -> [Double] {
    split(separator: key).dropFirst().compactMap {
      Double($0.prefix { "0123456789.e-".contains($0) })
    }
  }
}
