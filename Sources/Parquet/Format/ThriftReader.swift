/// Thrift's compact protocol. Every length is held against the bytes that are there.
struct ThriftReader {
  private let bytes: [UInt8]
  private(set) var at: Int
  private let end: Int
  /// Structures and lists within each other; footers have fewer than ten.
  private var depth = 0
  private static let deepest = 32

  init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    at = start
    self.end = end ?? bytes.count
  }

  /// What a field holds, by its number in the protocol.
  enum Kind: UInt8 {
    case yes = 1
    case no, byte, int16, int32, int64, double, binary, list, set, map, structure
  }

  mutating func byte() throws(ParquetProblem) -> UInt8 {
    guard at < end else { throw .cutOff }
    at += 1
    return bytes[at - 1]
  }

  mutating func varint() throws(ParquetProblem) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw .damaged("a number has more than 64 bits")
  }

  mutating func integer() throws(ParquetProblem) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
  }

  mutating func text() throws(ParquetProblem) -> String {
    let count = try length()
    defer { at += count }
    return String(decoding: bytes[at..<at + count], as: UTF8.self)
  }

  private mutating func length() throws(ParquetProblem) -> Int {
    let count = try varint()
    guard count <= UInt64(end - at) else { throw .cutOff }
    return Int(count)
  }

  /// Reads a structure; `body` gets each field's number and kind and says whether it took the value.
  mutating func structure(
    _ body: (inout ThriftReader, Int, Kind) throws(ParquetProblem) -> Bool
  ) throws(ParquetProblem) {
    try enter()
    var number = 0
    while true {
      let head = try byte()
      guard head != 0 else { break }
      number = head >> 4 == 0 ? Int(truncatingIfNeeded: try integer()) : number + Int(head >> 4)
      let kind = try kind(head & 0x0f)
      if try !body(&self, number, kind) { try skip(kind) }
    }
    depth -= 1
  }

  /// Reads a list of the elements that `body` takes one by one.
  mutating func list(
    _ body: (inout ThriftReader, Kind) throws(ParquetProblem) -> Void
  ) throws(ParquetProblem) {
    try enter()
    let head = try byte()
    let kind = try kind(head & 0x0f)
    // An element takes at least a byte.
    let count = head >> 4 == 15 ? try length() : Int(head >> 4)
    for _ in 0..<count { try body(&self, kind) }
    depth -= 1
  }

  private mutating func enter() throws(ParquetProblem) {
    depth += 1
    guard depth < Self.deepest else { throw .damaged("its footer is nested too deep") }
  }

  private func kind(_ number: UInt8) throws(ParquetProblem) -> Kind {
    guard let kind = Kind(rawValue: number) else {
      throw .damaged("a field is of the unknown kind \(number)")
    }
    return kind
  }

  private mutating func skip(_ kind: Kind) throws(ParquetProblem) {
    switch kind {
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double: for _ in 0..<8 { _ = try byte() }
    case .binary: at += try length()
    case .list, .set:
      try list { (reader, kind) throws(ParquetProblem) in try reader.skipElement(kind) }
    case .map: try skipMap()
    case .structure: try structure { (_, _, _) throws(ParquetProblem) in false }
    }
  }

  /// In lists a truth value takes a byte.
  private mutating func skipElement(_ kind: Kind) throws(ParquetProblem) {
    if kind == .yes || kind == .no { _ = try byte() } else { try skip(kind) }
  }

  private mutating func skipMap() throws(ParquetProblem) {
    try enter()
    let count = try length()
    if count > 0 {
      let kinds = try byte()
      let (key, value) = (try kind(kinds >> 4), try kind(kinds & 0x0f))
      for _ in 0..<count {
        try skipElement(key)
        try skipElement(value)
      }
    }
    depth -= 1
  }
}
