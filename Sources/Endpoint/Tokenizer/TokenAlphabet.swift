/// The tokens that merging begins with.
struct TokenAlphabet: Sendable {
  /// Each token's id by its text in the file.
  let vocabulary: [String: Int32]
  /// A token for each byte: its own where text is cut into bytes, or for characters that have none.
  let bytes: [Int32]?
  /// Text is cut into bytes, not into characters.
  let isOfBytes: Bool
  /// For characters without a token; nil: they are left out.
  let unknown: Int32?
  /// Unknown characters side by side are one.
  let fusesUnknown: Bool

  func whole(_ piece: [UInt32]) -> Int32? {
    if isOfBytes {
      var name = String.UnicodeScalarView()
      for byte in Self.utf8(piece) { name.append(ByteLetters.letter(byte)) }
      return vocabulary[String(name)]
    }
    return vocabulary[Self.string(piece)]
  }

  func symbols(_ piece: [UInt32]) -> [Int32] {
    if isOfBytes, let bytes {
      return Self.utf8(piece).compactMap { bytes[Int($0)] >= 0 ? bytes[Int($0)] : unknown }
    }
    var symbols: [Int32] = []
    var afterUnknown = false
    for scalar in piece {
      let wasUnknown = afterUnknown
      afterUnknown = false
      if let id = vocabulary[Self.string([scalar])] {
        symbols.append(id)
      } else if let bytes, Self.utf8([scalar]).allSatisfy({ bytes[Int($0)] >= 0 }) {
        symbols += Self.utf8([scalar]).map { bytes[Int($0)] }
      } else if let unknown {
        afterUnknown = true
        if !(wasUnknown && fusesUnknown) { symbols.append(unknown) }
      }
    }
    return symbols
  }

  static func string(_ scalars: [UInt32]) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }

  private static func utf8(_ scalars: [UInt32]) -> [UInt8] { Array(string(scalars).utf8) }
}

/// The letters that stand for bytes in the tokens of GPT-2 and its heirs: visible ones for themselves,
/// and others from U+0100 on.
enum ByteLetters {
  private static let letters: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (0..<256 as Range<UInt32>).map { byte in
      let isVisible =
        (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte)
        || (0xAE...0xFF).contains(byte)
      if !isVisible { next += 1 }
      return Unicode.Scalar(isVisible ? byte : next - 1) ?? " "
    }
  }()

  private static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
    uniqueKeysWithValues: letters.enumerated().map { ($1, UInt8($0)) })

  static func letter(_ byte: UInt8) -> Unicode.Scalar { letters[Int(byte)] }

  /// The bytes of a token; nil: it has other letters.
  static func bytes(of token: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in token.unicodeScalars {
      guard let byte = bytes[scalar] else { return nil }
      result.append(byte)
    }
    return result
  }
}
