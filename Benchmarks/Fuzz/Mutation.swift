import SimKernel

/// Changes a file as people and machines break files: a number, a word, a field, a line, some bytes.
struct Mutation {
  var random: RandomStream

  /// Text is changed along its structure, other bytes as bytes.
  mutating func mutated(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var bytes = bytes
    let isText = !bytes.prefix(512).contains(0)
    repeat {
      guard !bytes.isEmpty else { return bytes }
      if isText { changeText(&bytes, others) } else { changeBytes(&bytes) }
    } while random.integer(below: 5) < 2
    return bytes
  }

  private mutating func changeText(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    switch random.integer(below: 20) {
    case 0...6: replaceNumber(&bytes)
    case 7...8: replaceWord(&bytes)
    case 9...10: replaceCell(&bytes)
    case 11: removeItem(&bytes)
    case 12: doubleItem(&bytes)
    case 13...15: changeLines(&bytes)
    case 16: insertLine(of: others, into: &bytes)
    case 17: bytes.removeLast(random.integer(below: bytes.count))
    default: changeBytes(&bytes)
    }
  }

  mutating func changeBytes(_ bytes: inout [UInt8]) {
    let at = random.integer(below: bytes.count)
    let length = min(1 + random.integer(below: 8), bytes.count - at)
    switch random.integer(below: 6) {
    case 0: bytes[at] = UInt8(random.integer(below: 256))
    case 1: bytes[at] ^= 1 << UInt8(random.integer(below: 8))
    case 2: bytes.removeSubrange(at..<at + length)
    case 3: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
    case 4: putInteger(&bytes, at: at)
    default: bytes.removeLast(random.integer(below: bytes.count))
    }
  }

  /// An extreme integer of 1, 2, 4 or 8 bytes over what is there.
  private mutating func putInteger(_ bytes: inout [UInt8], at: Int) {
    let width = 1 << random.integer(below: 4)
    let values: [Int64] = [
      0, 1, -1, .max, .min, Int64(Int32.max), Int64(Int32.min), 1 << 53, 1 << 31, 127, 128, 255,
      0x7ff0_0000_0000_0000, 0x7ff8_0000_0000_0000, 0x7fe0_0000_0000_0000,
    ]
    let value = values[random.integer(below: values.count)]
    for i in 0..<width where at + i < bytes.count {
      bytes[at + i] = UInt8(truncatingIfNeeded: value >> Int64(8 * i))
    }
  }

  private mutating func replaceNumber(_ bytes: inout [UInt8]) {
    replaceToken(&bytes, with: Extremes.numbers) { byte, _ in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    }
  }

  private mutating func replaceWord(_ bytes: inout [UInt8]) {
    replaceToken(&bytes, with: Extremes.words + Extremes.numbers) { byte, _ in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
  }

  private mutating func replaceCell(_ bytes: inout [UInt8]) {
    replaceToken(&bytes, with: Extremes.numbers + Extremes.words) { byte, _ in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: ":")
    }
  }

  /// Replaces one of the longest runs of bytes that `belongs` takes.
  private mutating func replaceToken(
    _ bytes: inout [UInt8], with pieces: [String], _ belongs: (UInt8, Int) -> Bool
  ) {
    let start = random.integer(below: bytes.count)
    guard let inside = (start..<bytes.count).first(where: { belongs(bytes[$0], $0) }) else {
      return
    }
    var from = inside
    while from > 0, belongs(bytes[from - 1], from - 1) { from -= 1 }
    var to = inside + 1
    while to < bytes.count, belongs(bytes[to], to) { to += 1 }
    let piece = pieces[random.integer(below: pieces.count)]
    bytes.replaceSubrange(from..<to, with: Array(piece.utf8))
  }

  /// What stands between two commas or brackets.
  private mutating func item(of bytes: [UInt8]) -> Range<Int>? {
    let marks = bytes.indices.filter {
      [UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\n")].contains(
        bytes[$0])
    }
    guard marks.count > 1 else { return nil }
    let place = random.integer(below: marks.count - 1)
    return marks[place]..<marks[place + 1]
  }

  private mutating func removeItem(_ bytes: inout [UInt8]) {
    if let item = item(of: bytes) { bytes.removeSubrange(item) }
  }

  private mutating func doubleItem(_ bytes: inout [UInt8]) {
    if let item = item(of: bytes) { bytes.insert(contentsOf: bytes[item], at: item.lowerBound) }
  }

  private mutating func changeLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let at = random.integer(below: lines.count)
    switch random.integer(below: 4) {
    case 0: lines.remove(at: at)
    case 1: lines.insert(lines[at], at: at)
    case 2: lines.swapAt(at, random.integer(below: lines.count))
    default: lines = Array(lines.prefix(at + 1))
    }
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// A line that another file of the same kind has.
  private mutating func insertLine(of others: [[UInt8]], into bytes: inout [UInt8]) {
    guard !others.isEmpty else { return }
    let other = others[random.integer(below: others.count)].split(separator: UInt8(ascii: "\n"))
    guard !other.isEmpty else { return }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = other[random.integer(below: other.count)]
    lines.insert(line, at: random.integer(below: lines.count + 1))
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
