import Endpoint
import SimKernel
import Testing

/// What no client should do.
@Suite(.serialized) struct HostileClientTests {
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
