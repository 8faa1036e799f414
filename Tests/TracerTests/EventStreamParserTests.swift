import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct EventStreamParserTests {
  /// The events of a text that comes in pieces.
  private func events(_ pieces: [String], ends: Bool = true) throws -> [String] {
    var parser = EventStreamParser()
    var events: [String] = []
    func note(_ data: borrowing Span<UInt8>) {
      events.append(data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }
    for piece in pieces { try parser.feed(Array(piece.utf8).span, event: note) }
    if ends { try parser.finish(event: note) }
    return events
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `an empty line ends an event, whatever ends a line`(end: String) throws {
    let text = "data: one\(end)\(end)data:two\(end)data: three\(end)\(end)"
    #expect(try events([text], ends: false) == ["one", "two\nthree"])
  }

  @Test func `comments, other fields and a byte order mark are passed over`() throws {
    let text = "\u{FEFF}data: a\n: ping\nevent: x\nid: 7\ndatum: b\nretry: 1\n\n"
    #expect(try events([text]) == ["a"])
  }

  @Test func `pieces of any size give the same events`() throws {
    let text = "data: {\"a\":\"ä\"}\r\n\r\n: c\r\rdata: x\rdata\n\ndata:  y\n\n"
    let whole = try events([text])
    #expect(whole == ["{\"a\":\"ä\"}", "x\n", " y"])
    let bytes = Array(text.utf8)
    for size in 1...7 {
      var parser = EventStreamParser()
      var found: [String] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        try parser.feed(piece.span) { data in
          found.append(data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        }
      }
      #expect(found == whole, "pieces of \(size)")
    }
  }

  @Test func `an event without its empty line counts at the stream's end`() throws {
    #expect(try events(["data: [DONE]"]) == ["[DONE]"])
    #expect(try events(["data: [DONE]\n"], ends: false) == [])
  }

  @Test func `events above the bound are refused, in one line or in many`() throws {
    let half = String(repeating: "x", count: EventStreamParser.longestEvent / 2 + 1)
    #expect(throws: EventStreamParser.TooLong.self) { try events(["data: " + half, half]) }
    #expect(throws: EventStreamParser.TooLong.self) {
      try events(["data: \(half)\ndata: \(half)\n"])
    }
  }
}
