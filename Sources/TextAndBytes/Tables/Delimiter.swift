/// What stands between the fields of a table.
enum Delimiter {
  private static let known = [",", ";", "\t", "|"].map { UInt8(ascii: Unicode.Scalar($0) ?? ",") }

  /// The one that a header has most of outside quotes; a comma where it has none.
  static func sniffed(_ header: borrowing Span<UInt8>) -> UInt8 {
    var counts = [Int](repeating: 0, count: known.count)
    var isQuoted = false
    for at in header.indices {
      if header[at] == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard !isQuoted, let place = known.firstIndex(of: header[at]) else { continue }
      counts[place] += 1
    }
    let most = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
    return counts[most] > 0 ? known[most] : known[0]
  }
}
