import Endpoint
import SimKernel
import Testing

/// What no client should do.
@Suite(.timeLimit(.minutes(30)), .serialized) struct HostileClientTests {
  @Test func `a request that comes too slowly is given up`() async throws {
    let endpoint = try await TestEndpoint { $0.limits.readTime = 1 }
    let answer = try endpoint.send(
      "POST /v1/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{\"prompt\"")
    #expect(answer.hasPrefix("HTTP/1.1 408 "))
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    _ = try await endpoint.server.stop()
  }

  @Test func `a connection without a request is closed, whatever trickles in`() async throws {
    let endpoint = try await TestEndpoint { $0.limits.idleTime = 1 }
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send("GET /health HTTP/1.1\r\nx: ")
    for _ in 0..<20 {
      try await Task.sleep(for: .milliseconds(100))
      guard (try? connection.send("y")) != nil else { break }
    }
    #expect(connection.readAll().isEmpty)
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    _ = try await endpoint.server.stop()
  }

  @Test func `a head that drips ends when its time is over, not when the connection's is`()
    async throws
  {
    let endpoint = try await TestEndpoint {
      $0.limits.idleTime = 600
      $0.limits.readTime = 1
    }
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send("GET /health HTTP/1.1\r\nx: ")
    for _ in 0..<80 {
      try await Task.sleep(for: .milliseconds(100))
      guard (try? connection.send("y")) != nil else { break }
    }
    #expect(connection.readAll().isEmpty)
    _ = try await endpoint.server.stop()
  }

  @Test func `whoever is not let in is told before the body has come`() async throws {
    let endpoint = try await TestEndpoint {
      $0.token = "secret"
      $0.limits.readTime = 600
    }
    let head = "POST /v1/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n"
    let answer = try endpoint.send(head + "\r\n{")
    #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.contains("connection: close"))
    // A body of which much has come does not keep the answer from its reader.
    let full = try endpoint.send(head + "\r\n" + String(repeating: " ", count: 3_000_000))
    #expect(full.hasPrefix("HTTP/1.1 401 "))
    for word in ["Bearer", "bearer", "BEARER"] {
      let answer = try endpoint.get("/v1/models", headers: "authorization: \(word) secret\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 "))
    }
    #expect(
      try endpoint.get("/v1/models", headers: "authorization: Basic secret\r\n")
        .hasPrefix("HTTP/1.1 401 "))
    _ = try await endpoint.server.stop()
  }

  @Test func `bodies that are coming in have one bound together`() async throws {
    let endpoint = try await TestEndpoint {
      $0.limits.allBodyBytes = 1_000_000
      $0.limits.readTime = 600
    }
    let head = "POST /v1/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n"
    let part = String(repeating: " ", count: 700_000)
    let first = try RawConnection(port: endpoint.server.port)
    try first.send(head + part)
    let second = try RawConnection(port: endpoint.server.port)
    try second.send(head + part)
    // One of the two has the place; which one depends on what comes first.
    var refused: String?
    for _ in 0..<100 where refused == nil {
      try await Task.sleep(for: .milliseconds(50))
      let answer = try endpoint.post("/v1/completions", "{\(part)}")
      if answer.hasPrefix("HTTP/1.1 429 ") { refused = answer }
    }
    #expect(refused?.contains("retry-after: 1") == true)
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    // Until here both are connected.
    withExtendedLifetime((first, second)) {}
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: ["zz\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "4\r\nabcdefgh\r\n"])
  func `a chunk that is none is answered at once`(chunk: String) async throws {
    let endpoint = try await TestEndpoint { $0.limits.readTime = 600 }
    let answer = try endpoint.send(
      "POST /v1/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n\(chunk)")
    #expect(answer.hasPrefix("HTTP/1.1 400 "))
    #expect(answer.contains("this is no HTTP request"))
    _ = try await endpoint.server.stop()
  }

  @Test func `a HEAD gets the head alone`() async throws {
    let endpoint = try await TestEndpoint()
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send("HEAD /v1/models HTTP/1.1\r\nhost: x\r\n\r\n")
    try connection.send("GET /load HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    let answers = connection.readAll()
    #expect(!answers.contains(#""object":"list""#) && answers.contains("server_load"))
    #expect(answers.split(separator: "HTTP/1.1 200").count == 2)
    let refused = try endpoint.send(
      "HEAD /v1/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    #expect(refused.contains(" 405 ") && refused.contains("allow: POST"))
    #expect(refused.hasSuffix("\r\n\r\n"))
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: [true, false])
  func `a client that sends no more gets its answer`(isStream: Bool) async throws {
    let endpoint = try await TestEndpoint { $0.speed = 10 }
    let connection = try RawConnection(port: endpoint.server.port)
    try connection.send(
      TestEndpoint.request(
        "/v1/completions",
        #"{"prompt":[1],"max_tokens":300,"ignore_eos":true,"stream":\#(isStream)}"#))
    connection.closeOutput()
    let answer = connection.readAll()
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains(#""finish_reason":"length""#))
    #expect(answer.split(separator: "HTTP/1.1").count == 1)
    _ = try await endpoint.server.stop()
  }

  @Test func `a client that goes away while it waits is noticed`() async throws {
    let endpoint = try await TestEndpoint { $0.speed = 1 }
    do {
      let connection = try RawConnection(port: endpoint.server.port)
      try connection.send(
        TestEndpoint.request(
          "/v1/completions", #"{"prompt":[1,2,3],"max_tokens":509,"ignore_eos":true}"#))
      #expect(try await endpoint.wait(for: "vllm:num_requests_running", toBe: 1))
    }
    #expect(
      try await endpoint.wait(
        for: "vllm:request_success_total", label: #"finished_reason="abort""#, toBe: 1))
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: NoRequest.all)
  func `what is no HTTP ends the connection and nothing else`(noRequest: NoRequest) async throws {
    let endpoint = try await TestEndpoint { $0.limits.idleTime = 1 }
    let answer = (try? endpoint.send(noRequest.bytes)) ?? ""
    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: 0..<4)
  func `whatever a body is it gets an answer`(seed: Int) async throws {
    let endpoint = try await TestEndpoint { $0.limits.requestTime = 5 }
    let connection = try RawConnection(port: endpoint.server.port)
    var random = RandomStream(seed: UInt64(seed), .tests)
    for _ in 0..<200 {
      let body = BodyFuzz.body(&random)
      try connection.send(
        TestEndpoint.request(
          random.uniform() < 0.5 ? "/v1/completions" : "/v1/chat/completions", body))
      let answer = try connection.readResponse()
      #expect(answer.hasPrefix("HTTP/1.1 200") || answer.hasPrefix("HTTP/1.1 4"))
    }
    #expect(try endpoint.get("/health").hasPrefix("HTTP/1.1 200"))
    _ = try await endpoint.server.stop()
  }
}

/// Bytes that are no HTTP request, under a name, since some are far too long for a test's log.
struct NoRequest: CustomTestStringConvertible {
  let testDescription: String
  let bytes: String

  init(_ name: String, _ bytes: String) {
    testDescription = name
    self.bytes = bytes
  }

  static let all = [
    Self("blank lines", "\r\n\r\n\r\n"),
    Self("a method alone", "GET\r\n\r\n"),
    Self("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}"),
    Self("HTTP 9.9", "POST / HTTP/9.9\r\n\r\n"),
    Self("a negative length", "GET /health HTTP/1.1\r\ncontent-length: -1\r\n\r\n"),
    Self(
      "two lengths",
      "POST /v1/completions HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"),
    Self(
      "a bad chunk",
      "POST /v1/completions HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
    Self(
      "a long header",
      "GET /health HTTP/1.1\r\nx: " + String(repeating: "y", count: 100_000) + "\r\n\r\n"),
    Self(
      "many headers",
      "GET /health HTTP/1.1\r\n" + String(repeating: "x: y\r\n", count: 20_000) + "\r\n"),
  ]
}

/// Bodies that are nearly right.
enum BodyFuzz {
  private static let whole = [
    #"{"prompt":[1,2,3],"max_tokens":2,"stream":true,"stream_options":{"include_usage":true}}"#,
    #"{"prompt":"some text","max_tokens":3,"stop":["x"],"temperature":0.1,"user":"me"}"#,
    #"{"messages":[{"role":"user","content":"hi"}],"max_completion_tokens":3,"stream":true}"#,
    #"{"messages":[{"role":"user","content":[{"type":"text","text":"é\u00e9"}]}],"n":1}"#,
  ]
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-1", "1e999", "\u{0}", "é", "\\u12",
    "[[[[[[[[[[[[[[[[[[[[", "99999999999999999999", "\"prompt\":", "\"n\":2", " ",
  ]

  static func body(_ random: inout RandomStream) -> String {
    var bytes = Array(whole[random.integer(below: whole.count)].utf8)
    for _ in 0..<random.integer(below: 4) {
      let place = random.integer(below: bytes.count + 1)
      switch random.integer(below: 3) {
      case 0: bytes.removeSubrange(place..<min(bytes.count, place + random.integer(below: 9)))
      case 1:
        bytes.insert(contentsOf: pieces[random.integer(below: pieces.count)].utf8, at: place)
      default:
        if place < bytes.count { bytes[place] = UInt8(random.integer(below: 128)) }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
