/// Takes an event stream (`text/event-stream`, WHATWG HTML 9.2) apart as its bytes come in, in pieces
/// of any size. Comments and fields other than `data` are passed over.
package struct EventStreamParser {
  /// Bytes of one event; a longer one is refused.
  package static let longestEvent = 4 << 20

  package struct TooLong: Error, Hashable {}

  /// The bytes of a line whose end has not come yet.
  private var line: [UInt8] = []
  /// The data of the event whose end has not come yet.
  private var data: [UInt8] = []
  private var hasData = false
  /// A line feed right behind a carriage return ends no line of its own.
  private var followsReturn = false
  private var isFirstLine = true

  package init() {}

  /// Calls `event` with the data of each event that ends in `bytes`.
  package mutating func feed(
    _ bytes: borrowing Span<UInt8>, event: (borrowing Span<UInt8>) -> Void
  ) throws(TooLong) {
    var start = 0
    for at in 0..<bytes.count {
      let byte = bytes[at]
      guard byte == 0x0A || byte == 0x0D else {
        followsReturn = false
        continue
      }
      if byte == 0x0A, followsReturn {
        followsReturn = false
        start = at + 1
        continue
      }
      followsReturn = byte == 0x0D
      try endLine(bytes.extracting(start..<at), event)
      start = at + 1
    }
    if start < bytes.count { try Self.keep(bytes.extracting(start..<bytes.count), in: &line) }
  }

  /// Ends the stream. An event whose empty line never came counts all the same: some servers leave
  /// the last one out.
  package mutating func finish(event: (borrowing Span<UInt8>) -> Void) throws(TooLong) {
    let rest: [UInt8] = []
    if !line.isEmpty { try endLine(rest.span, event) }
    dispatch(event)
  }

  private mutating func endLine(
    _ end: borrowing Span<UInt8>, _ event: (borrowing Span<UInt8>) -> Void
  ) throws(TooLong) {
    guard !line.isEmpty else { return try takeLine(end, event) }
    try Self.keep(end, in: &line)
    let whole = line
    line.removeAll(keepingCapacity: true)
    try takeLine(whole.span, event)
  }

  private mutating func takeLine(
    _ line: borrowing Span<UInt8>, _ event: (borrowing Span<UInt8>) -> Void
  ) throws(TooLong) {
    var start = 0
    if isFirstLine, line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF { start = 3 }
    isFirstLine = false
    guard line.count > start else { return dispatch(event) }
    let name: StaticString = "data"
    guard line.count >= start + 4,
      (0..<4).allSatisfy({ line[start + $0] == name.utf8Start[$0] })
    else { return }
    var value = start + 4
    if value < line.count {
      guard line[value] == UInt8(ascii: ":") else { return }
      value += 1
      if value < line.count, line[value] == UInt8(ascii: " ") { value += 1 }
    }
    if hasData { data.append(0x0A) }
    hasData = true
    try Self.keep(line.extracting(value..<line.count), in: &data)
  }

  private mutating func dispatch(_ event: (borrowing Span<UInt8>) -> Void) {
    guard hasData else { return }
    hasData = false
    if !data.isEmpty { event(data.span) }
    data.removeAll(keepingCapacity: true)
  }

  private static func keep(
    _ bytes: borrowing Span<UInt8>, in part: inout [UInt8]
  ) throws(TooLong) {
    guard part.count + bytes.count <= longestEvent else { throw TooLong() }
    bytes.withUnsafeBufferPointer { part.append(contentsOf: $0) }
  }
}
