/// How far an answer's text has been told: turns tokens into the text that a client sees of them.
struct TextCursor: Sendable {
  private(set) var tokens = 0
  /// Bytes of the answer before the next token.
  private var end = 0
  /// The beginning of a character whose other bytes have not come.
  private var open: [UInt8] = []

  /// What `script` says from where this stands up to `tokens`; whatever is left where it `isLast`.
  mutating func advance(to tokens: Int, of script: AnswerScript, isLast: Bool) -> String {
    var bytes = open
    let visible = script.stop?.bytes ?? .max
    while self.tokens < tokens {
      let token = script.bytes(self.tokens)
      bytes += token.prefix(max(0, visible - end))
      end += token.count
      self.tokens += 1
    }
    let whole = isLast ? bytes.count : Self.wholeCharacters(bytes)
    open = Array(bytes[whole...])
    return String(decoding: bytes[..<whole], as: UTF8.self)
  }

  /// Bytes before a character that has begun and not ended.
  private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    var start = bytes.count
    while start > 0, bytes.count - start < 3, bytes[start - 1] & 0xC0 == 0x80 { start -= 1 }
    guard start > 0 else { return bytes.count }
    let first = bytes[start - 1]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    return bytes.count - (start - 1) < length ? start - 1 : bytes.count
  }
}
