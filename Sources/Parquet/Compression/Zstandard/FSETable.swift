/// A table of finite state entropy: the symbol of each state, and how to get to the next.
struct FSETable {
  struct Entry {
    var symbol: UInt8
    var bits: UInt8
    var base: UInt16
  }

  private(set) var entries: [Entry]
  let log: Int

  /// Of one symbol, which takes no bits.
  init(only symbol: UInt8) {
    entries = [Entry(symbol: symbol, bits: 0, base: 0)]
    log = 0
  }

  /// From how many states each symbol has; -1: one, and a rare one. They add up to 2^log.
  init(_ shares: [Int], log: Int) {
    self.log = log
    let size = 1 << log
    entries = [Entry](repeating: Entry(symbol: 0, bits: 0, base: 0), count: size)
    var next = shares.map { abs($0) }
    var top = size
    for (symbol, share) in shares.enumerated() where share < 0 {
      top -= 1
      entries[top].symbol = UInt8(symbol)
    }
    let step = size >> 1 + size >> 3 + 3
    var place = 0
    for (symbol, share) in shares.enumerated() where share > 0 {
      for _ in 0..<share {
        entries[place].symbol = UInt8(symbol)
        repeat { place = (place + step) & (size - 1) } while place >= top
      }
    }
    for state in 0..<size {
      let symbol = Int(entries[state].symbol)
      let bits = log - (Bits.width(UInt64(next[symbol])) - 1)
      entries[state].bits = UInt8(bits)
      entries[state].base = UInt16(truncatingIfNeeded: next[symbol] << bits - size)
      next[symbol] += 1
    }
  }

  /// Reads the shares of at most `symbols` symbols.
  static func read(
    _ cursor: inout ByteCursor, symbols: Int, mostLog: Int
  ) throws(ParquetProblem) -> FSETable {
    let (first, end) = (cursor.at * 8, cursor.end * 8)
    var bit = first
    func read(_ count: Int) throws(ParquetProblem) -> Int {
      try Zstandard.check(bit + count <= end)
      defer { bit += count }
      return Int(Bits.read(cursor.bytes, at: bit, width: count))
    }
    let log = try read(4) + 5
    try Zstandard.check(log <= mostLog)
    var left = 1 << log
    var shares: [Int] = []
    while left > 0 {
      try Zstandard.check(shares.count < symbols)
      let width = Bits.width(UInt64(left + 1))
      // The last bit may not be there, where nothing needs it.
      let available = min(width, end - bit)
      var value = try read(available)
      let low = value & (1 << (width - 1) - 1)
      let threshold = 1 << width - 1 - (left + 1)
      if low < threshold {
        bit -= available == width ? 1 : 0
        value = low
      } else {
        try Zstandard.check(available == width)
        if value >= 1 << (width - 1) { value -= threshold }
      }
      let share = value - 1
      left -= abs(share)
      shares.append(share)
      while share == 0 {
        let zeros = try read(2)
        shares += [Int](repeating: 0, count: zeros)
        guard zeros == 3 else { break }
        try Zstandard.check(shares.count <= symbols)
      }
    }
    try Zstandard.check(left == 0 && shares.count <= symbols)
    _ = try cursor.take((bit - first + 7) / 8)
    return FSETable(shares, log: log)
  }

  @inline(__always)
  func next(_ state: Int, _ bits: inout ReverseBits) -> Int {
    let entry = entries[state]
    return Int(entry.base) + bits.read(Int(entry.bits))
  }
}
