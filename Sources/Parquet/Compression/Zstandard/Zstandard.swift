/// Decompresses Zstandard (RFC 8878). Dictionaries, which Parquet does not use, are refused.
struct Zstandard {
  private var cursor: ByteCursor
  private var output: [UInt8] = []
  private let size: Int
  /// Where the current frame's output begins; it may not refer to what is before.
  private var frameStart = 0
  private var huffman: HuffmanTable?
  private var sequences = SequenceTables()

  static func decompress(_ bytes: [UInt8], size: Int) throws(ParquetProblem) -> [UInt8] {
    var decoder = Zstandard(cursor: ByteCursor(bytes), size: size)
    while decoder.cursor.left > 0 { try decoder.readFrame() }
    guard decoder.output.count == size else { throw damaged }
    return decoder.output
  }

  private init(cursor: ByteCursor, size: Int) {
    self.cursor = cursor
    self.size = size
  }

  static let damaged = ParquetProblem.damaged(
    "a page compressed by Zstandard cannot be decompressed")

  static func check(_ isSound: Bool) throws(ParquetProblem) {
    guard isSound else { throw damaged }
  }

  private mutating func readFrame() throws(ParquetProblem) {
    let magic = try cursor.littleEndian(4)
    guard magic & ~0xf != 0x184d_2a50 else {
      _ = try cursor.take(Int(try cursor.littleEndian(4)))
      return
    }
    try Self.check(magic == 0xfd2f_b528)
    let descriptor = try cursor.littleEndian(1)
    let isSingle = descriptor & 0x20 != 0
    if !isSingle { _ = try cursor.take(1) }
    let dictionary = try cursor.littleEndian([0, 1, 2, 4][Int(descriptor & 3)])
    try Self.check(dictionary == 0)
    _ = try cursor.take([isSingle ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)])
    frameStart = output.count
    huffman = nil
    sequences = SequenceTables()
    while try readBlock() {}
    // A checksum, which the sizes stand in for.
    if descriptor & 4 != 0 { _ = try cursor.take(4) }
  }

  /// False after the frame's last block.
  private mutating func readBlock() throws(ParquetProblem) -> Bool {
    let head = Int(try cursor.littleEndian(3))
    let count = head >> 3
    switch head >> 1 & 3 {
    case 0:
      let start = try cursor.take(count)
      try append(cursor.bytes[start..<start + count])
    case 1:
      let byte = UInt8(try cursor.littleEndian(1))
      try append(repeatElement(byte, count: count))
    case 2:
      var block = try cursor.part(count)
      let literals = try LiteralsSection.read(&block, &huffman, limit: size)
      try execute(literals, &block)
    default: throw Self.damaged
    }
    return head & 1 == 0
  }

  private mutating func append(_ bytes: some Collection<UInt8>) throws(ParquetProblem) {
    try Self.check(bytes.count <= size - output.count)
    output.append(contentsOf: bytes)
  }

  /// Puts literals and copies of what is there already one behind the other.
  private mutating func execute(
    _ literals: [UInt8], _ block: inout ByteCursor
  ) throws(ParquetProblem) {
    var at = 0
    var steps = try sequences.begin(&block)
    while let step = try steps?.next(&sequences) {
      try Self.check(step.literals <= literals.count - at)
      try append(literals[at..<at + step.literals])
      at += step.literals
      try Self.check(
        step.distance <= output.count - frameStart && step.copies <= size - output.count)
      output.append(copiesOf: step.copies, back: step.distance)
    }
    try append(literals[at...])
  }
}
