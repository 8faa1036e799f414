/// Tokens without a tokenizer: text is cut every so many bytes of its UTF-8, from its beginning, and
/// what is left is a token, too. A token's id tells its bytes: ids are numbered by length first, so
/// that those below 256 are single bytes.
package struct ByteVocabulary: Hashable, Sendable {
  /// A token's bytes have to fit an id.
  package static let allowed = 1.0...7.0
  package static let usual = 4.0

  /// Bytes of text in a token, on average when it is no whole number.
  package let bytesPerToken: Double
  /// The bytes of every token when they are as many each.
  let width: Int?

  /// `bytesPerToken` is among `allowed`.
  package init(bytesPerToken: Double = usual) {
    precondition(Self.allowed.contains(bytesPerToken), "tokens of \(bytesPerToken) bytes")
    self.bytesPerToken = bytesPerToken
    width = Int(exactly: bytesPerToken)
  }

  /// Where token `index` of a text ends.
  func end(of index: Int) -> Int {
    if let width { return (index + 1) * width }
    return Int(Double(index + 1) * bytesPerToken)
  }

  func length(of index: Int) -> Int { width ?? end(of: index) - end(of: index - 1) }

  func encode(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
    var at = 0
    var index = 0
    while at < bytes.count {
      let next = min(end(of: index), bytes.count)
      var packed: UInt64 = 0
      for i in at..<next { packed |= UInt64(bytes[i]) << UInt64(8 * (i - at)) }
      body(Self.id(packed, length: next - at))
      at = next
      index += 1
    }
  }

  /// The id of `length` bytes, least significant first.
  static func id(_ packed: UInt64, length: Int) -> UInt64 { packed + first[length] }

  /// nil: an id of no text.
  static func bytes(of id: UInt64) -> [UInt8]? {
    guard id < count, let length = first.lastIndex(where: { $0 <= id }) else { return nil }
    let packed = id - first[length]
    return (0..<length).map { UInt8(truncatingIfNeeded: packed >> UInt64(8 * $0)) }
  }

  /// Ids, of which all are below.
  static let count = first[7] + 1 << 56

  /// The first id of each length; there is none of length 0, which has that of length 1.
  private static let first: [UInt64] = {
    var ids: [UInt64] = [0]
    for length in 1...7 {
      ids.append(length == 1 ? 0 : ids[length - 1] + 1 << (8 * UInt64(length - 1)))
    }
    return ids
  }()
}
