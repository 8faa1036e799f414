/// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all texts. DELTA_BYTE_ARRAY: before them, how much of
/// the text before each begins with.
struct DeltaTextDecoder {
  private var prefixes: DeltaDecoder?
  private var lengths: DeltaDecoder
  private var texts: ByteCursor
  private var last: [UInt8] = []

  init(lengths cursor: ByteCursor) throws(ParquetProblem) {
    lengths = try DeltaDecoder(cursor)
    var behind = lengths
    texts = try behind.finish()
  }

  init(prefixes cursor: ByteCursor) throws(ParquetProblem) {
    let prefixes = try DeltaDecoder(cursor)
    var behind = prefixes
    self = try DeltaTextDecoder(lengths: try behind.finish())
    self.prefixes = prefixes
  }

  mutating func append(_ count: Int, to values: inout ParquetValues) throws(ParquetProblem) {
    guard case .texts(var all) = values else { return }
    values = .texts(ParquetTexts())
    for _ in 0..<count {
      let shared = try prefixes?.next() ?? 0
      let length = try lengths.next()
      guard shared >= 0, shared <= last.count, length >= 0 else {
        throw .damaged("a text takes more than there is of the one before it")
      }
      let start = try texts.take(Int(length))
      if prefixes != nil {
        last.removeLast(last.count - Int(shared))
        last += texts.bytes[start..<start + Int(length)]
        guard last.count <= 1 << 28 else { throw .damaged("a text is too long") }
        try all.appendBounded(last)
      } else {
        try all.appendBounded(texts.bytes[start..<start + Int(length)])
      }
    }
    values = .texts(all)
  }
}
