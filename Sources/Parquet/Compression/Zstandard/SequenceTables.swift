/// What a block's sequences are coded by. Blocks can use those of the one before, and distances.
struct SequenceTables {
  fileprivate var literals: FSETable?
  fileprivate var distances: FSETable?
  fileprivate var copies: FSETable?
  private var recent = [1, 4, 8]

  /// Reads the head of a block's sequences; nil: it has none.
  mutating func begin(_ block: inout ByteCursor) throws(ParquetProblem) -> Sequences? {
    var count = Int(try block.littleEndian(1))
    guard count > 0 else { return nil }
    if count == 255 {
      count = Int(try block.littleEndian(2)) + 0x7f00
    } else if count > 127 {
      count = (count - 128) << 8 + Int(try block.littleEndian(1))
    }
    let modes = Int(try block.littleEndian(1))
    try Self.read(&literals, modes >> 6, &block, SequenceCode.literals)
    try Self.read(&distances, modes >> 4 & 3, &block, SequenceCode.distances)
    try Self.read(&copies, modes >> 2 & 3, &block, SequenceCode.copies)
    guard let literals, let distances, let copies else { throw Zstandard.damaged }
    return Sequences(
      count: count, bits: try ReverseBits(block), literals: literals, distances: distances,
      copies: copies)
  }

  private static func read(
    _ table: inout FSETable?, _ mode: Int, _ block: inout ByteCursor, _ code: SequenceCode
  ) throws(ParquetProblem) {
    switch mode {
    case 0: table = FSETable(code.shares, log: code.sharesLog)
    case 1:
      let symbol = try block.littleEndian(1)
      try Zstandard.check(symbol < UInt64(code.symbols))
      table = FSETable(only: UInt8(symbol))
    case 2: table = try FSETable.read(&block, symbols: code.symbols, mostLog: code.mostLog)
    default: break
    }
  }

  /// Turns a value of the code into a distance: the first three are recent ones.
  fileprivate mutating func distance(_ value: Int, afterLiterals: Bool) throws(ParquetProblem)
    -> Int
  {
    guard value <= 3 else {
      recent = [value - 3, recent[0], recent[1]]
      return value - 3
    }
    let index = value - (afterLiterals ? 1 : 0)
    let distance = index < 3 ? recent[index] : recent[0] - 1
    try Zstandard.check(distance > 0)
    if index > 0 { recent = [distance, recent[0], index == 1 ? recent[2] : recent[1]] }
    return distance
  }
}

/// A block's sequences: so many literals, then so many bytes from so far back.
struct Sequences {
  private var left: Int
  private var bits: ReverseBits
  private let tables: (literals: FSETable, distances: FSETable, copies: FSETable)
  private var states: (literals: Int, distances: Int, copies: Int)

  fileprivate init(
    count: Int, bits: ReverseBits, literals: FSETable, distances: FSETable, copies: FSETable
  ) {
    left = count
    self.bits = bits
    tables = (literals, distances, copies)
    states = (0, 0, 0)
    states.literals = self.bits.read(literals.log)
    states.distances = self.bits.read(distances.log)
    states.copies = self.bits.read(copies.log)
  }

  mutating func next(
    _ shared: inout SequenceTables
  ) throws(ParquetProblem) -> (literals: Int, copies: Int, distance: Int)? {
    guard left > 0 else {
      try Zstandard.check(bits.left == 0)
      return nil
    }
    left -= 1
    let literalsCode = Int(tables.literals.entries[states.literals].symbol)
    let distanceCode = Int(tables.distances.entries[states.distances].symbol)
    let copiesCode = Int(tables.copies.entries[states.copies].symbol)
    let value = 1 << distanceCode + bits.read(distanceCode)
    let copies =
      SequenceCode.copies.bases[copiesCode] + bits.read(SequenceCode.copies.bits[copiesCode])
    let literals =
      SequenceCode.literals.bases[literalsCode]
      + bits.read(SequenceCode.literals.bits[literalsCode])
    if left > 0 {
      states.literals = tables.literals.next(states.literals, &bits)
      states.copies = tables.copies.next(states.copies, &bits)
      states.distances = tables.distances.next(states.distances, &bits)
    }
    try Zstandard.check(bits.left >= 0)
    let distance = try shared.distance(value, afterLiterals: literals > 0)
    return (literals, copies, distance)
  }
}

/// A code of the sequences: what its symbols stand for, and how they are shared out unsaid.
struct SequenceCode {
  var symbols: Int
  var mostLog: Int
  var shares: [Int]
  var sharesLog: Int
  /// Of each symbol: the least value, and the bits that are added to it.
  var bases: [Int] = []
  var bits: [Int] = []

  static let literals = SequenceCode(
    symbols: 36, mostLog: 9,
    shares: [4, 3] + [Int](repeating: 2, count: 11) + [1, 1, 1] + [Int](repeating: 2, count: 9)
      + [3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    sharesLog: 6,
    bases: Array(0...15) + [
      16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
      65536,
    ],
    bits: [Int](repeating: 0, count: 16) + [
      1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ])

  static let copies = SequenceCode(
    symbols: 53, mostLog: 9,
    shares: [1, 4, 3, 2, 2, 2, 2, 2, 2] + [Int](repeating: 1, count: 37)
      + [Int](repeating: -1, count: 7),
    sharesLog: 6,
    bases: Array(3...34) + [
      35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387,
      32771, 65539,
    ],
    bits: [Int](repeating: 0, count: 32) + [
      1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ])

  static let distances = SequenceCode(
    symbols: 32, mostLog: 8,
    shares: [1, 1, 1, 1, 1, 1, 2, 2, 2] + [Int](repeating: 1, count: 15)
      + [Int](repeating: -1, count: 5),
    sharesLog: 5)
}
