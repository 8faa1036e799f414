/// The bytes of a block that are no copies.
enum LiteralsSection {
  static func read(
    _ block: inout ByteCursor, _ table: inout HuffmanTable?, limit: Int
  ) throws(ParquetProblem) -> [UInt8] {
    let first = Int(try block.littleEndian(1))
    let (kind, format) = (first & 3, first >> 2 & 3)
    guard kind >= 2 else { return try plain(&block, first, kind, format, limit) }
    let width = [10, 10, 14, 18][format]
    let head = first >> 4 | Int(try block.littleEndian([2, 2, 3, 4][format])) << 4
    let count = head & (1 << width - 1)
    var part = try block.part(head >> width)
    try Zstandard.check(count <= min(limit, 1 << 17))
    if kind == 2 { table = try HuffmanTable(&part) }
    guard let table else { throw Zstandard.damaged }
    var literals: [UInt8] = []
    literals.reserveCapacity(count)
    try streams(format == 0 ? 1 : 4, count, &part, table, &literals)
    return literals
  }

  private static func streams(
    _ streams: Int, _ count: Int, _ part: inout ByteCursor, _ table: HuffmanTable,
    _ literals: inout [UInt8]
  ) throws(ParquetProblem) {
    guard streams == 4 else {
      return try table.append(count, of: try part.part(part.left), to: &literals)
    }
    var sizes: [Int] = []
    for _ in 0..<3 { sizes.append(Int(try part.littleEndian(2))) }
    let share = (count + 3) / 4
    try Zstandard.check(share * 3 <= count)
    for size in sizes { try table.append(share, of: try part.part(size), to: &literals) }
    try table.append(count - 3 * share, of: try part.part(part.left), to: &literals)
  }

  /// As they are, or one byte many times.
  private static func plain(
    _ block: inout ByteCursor, _ first: Int, _ kind: Int, _ format: Int, _ limit: Int
  ) throws(ParquetProblem) -> [UInt8] {
    let count: Int
    switch format {
    case 1: count = first >> 4 | Int(try block.littleEndian(1)) << 4
    case 3: count = first >> 4 | Int(try block.littleEndian(2)) << 4
    default: count = first >> 3
    }
    guard kind == 1 else {
      let start = try block.take(count)
      return Array(block.bytes[start..<start + count])
    }
    try Zstandard.check(count <= limit)
    return [UInt8](repeating: UInt8(try block.littleEndian(1)), count: count)
  }
}
