/// The symbol and length of the code that any bits begin with.
struct HuffmanTable {
  private var symbols: [UInt8]
  private var lengths: [UInt8]
  private let longest: Int

  /// Reads the weights of the symbols, as nibbles or as finite state entropy.
  init(_ cursor: inout ByteCursor) throws(ParquetProblem) {
    let head = Int(try cursor.littleEndian(1))
    let weights: [Int]
    if head < 128 {
      var part = try cursor.part(head)
      weights = try Self.compressedWeights(&part)
    } else {
      let count = head - 127
      let start = try cursor.take((count + 1) / 2)
      weights = (0..<count).map { index in
        let byte = cursor.bytes[start + index / 2]
        return Int(index % 2 == 0 ? byte >> 4 : byte & 0xf)
      }
    }
    try self.init(weights)
  }

  /// The last symbol's weight is what the others leave.
  private init(_ given: [Int]) throws(ParquetProblem) {
    let sum = given.reduce(0) { $0 + ($1 > 0 ? 1 << ($1 - 1) : 0) }
    longest = Bits.width(UInt64(sum))
    try Zstandard.check(sum > 0 && longest <= 11 && given.count < 256)
    let rest = 1 << longest - sum
    try Zstandard.check(rest.nonzeroBitCount == 1 && given.allSatisfy { $0 <= 11 })
    let weights = given + [Bits.width(UInt64(rest))]
    symbols = []
    lengths = []
    for weight in 1...longest {
      for (symbol, _) in weights.enumerated().filter({ $0.element == weight }) {
        symbols += repeatElement(UInt8(symbol), count: 1 << (weight - 1))
        lengths += repeatElement(UInt8(longest + 1 - weight), count: 1 << (weight - 1))
      }
    }
    try Zstandard.check(symbols.count == 1 << longest)
  }

  /// Two states take turns until the bits are used up.
  private static func compressedWeights(_ part: inout ByteCursor) throws(ParquetProblem) -> [Int] {
    let table = try FSETable.read(&part, symbols: 12, mostLog: 6)
    var bits = try ReverseBits(part)
    var states = [bits.read(table.log), bits.read(table.log)]
    try Zstandard.check(bits.left >= 0)
    var weights: [Int] = []
    var turn = 0
    while true {
      weights.append(Int(table.entries[states[turn]].symbol))
      states[turn] = table.next(states[turn], &bits)
      try Zstandard.check(weights.count < 255)
      turn = 1 - turn
      if bits.left < 0 {
        weights.append(Int(table.entries[states[turn]].symbol))
        return weights
      }
    }
  }

  /// Appends the `count` symbols of a stream.
  func append(
    _ count: Int, of stream: ByteCursor, to output: inout [UInt8]
  ) throws(ParquetProblem) {
    var bits = try ReverseBits(stream)
    for _ in 0..<count {
      let code = bits.peek(longest)
      output.append(symbols[code])
      bits.skip(Int(lengths[code]))
    }
    try Zstandard.check(bits.left == 0)
  }
}
