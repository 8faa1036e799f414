import TextAndBytes

/// What one event of a streamed answer says, or a whole answer that is not streamed. Taken from the
/// bytes without building a tree: there may be a hundred thousand a second.
package struct AnswerPart: Hashable, Sendable {
  /// How many `choices` it has; the last part of a stream may have none.
  package var choices = 0
  /// It has a list `choices`, however short.
  package var hasChoices = false
  /// It brings a piece of the answer: text, reasoning, or a call of a tool.
  package var hasContent = false
  /// Token ids that it brings, where the server was asked for them.
  package var tokenIDs: Int64?
  package var finishReason: String?
  package var usage: Usage?
  /// Tokens generated until now, as llama.cpp's `timings` have it.
  package var generated: Int64?
  package var model: String?
  /// What an object `error` says.
  package var error: String?
  /// A count that cannot be one, and what stands there; nil: none.
  package var fault: String?

  /// As many tokens as llm-trace's columns hold.
  package static let mostTokens = Int64(Int32.max)
  /// Bytes that are kept of a text that is not the answer's own.
  private static let longestText = 300

  package struct Usage: Hashable, Sendable {
    package var prompt: Int64?
    package var completion: Int64?
    package var cached: Int64?
    package var reasoning: Int64?
  }

  /// What an object without choices complains of; gateways put it at the top.
  private var complaint: String?

  package init() {}

  /// nil: no JSON object.
  package init?(_ bytes: borrowing Span<UInt8>) {
    var part = AnswerPart()
    let isWhole = Self.eachField(of: bytes) { key, value, cell in
      part.take(key, value, cell)
    }
    guard isWhole else { return nil }
    if !part.hasChoices, part.usage == nil { part.error = part.error ?? part.complaint }
    self = part
  }

  private mutating func take(
    _ key: borrowing Span<UInt8>, _ value: borrowing Span<UInt8>, _ cell: Cell
  ) {
    guard cell.kind != .absent else { return }
    if key.equals("choices") {
      takeChoices(value)
    } else if key.equals("usage") {
      takeUsage(value)
    } else if key.equals("timings") {
      Self.eachField(of: value) { key, value, cell in
        if key.equals("predicted_n") { generated = count("predicted_n", value, cell) }
      }
    } else if key.equals("error") {
      error = Self.error(value, cell)
    } else if key.equals("model") {
      model = Self.text(value)
    } else if key.equals("object"), value.equals("error") {
      // vLLM before 0.9 and some gateways put the error's fields at the top.
      error = error ?? "object error"
    } else if key.equals("message") || key.equals("detail") {
      if error != nil { error = Self.text(value) } else { complaint = Self.text(value) }
    }
  }

  private mutating func takeUsage(_ object: borrowing Span<UInt8>) {
    var usage = Usage()
    Self.eachField(of: object) { key, value, cell in
      if key.equals("prompt_tokens") {
        usage.prompt = count("prompt_tokens", value, cell)
      } else if key.equals("completion_tokens") {
        usage.completion = count("completion_tokens", value, cell)
      } else if key.equals("prompt_tokens_details") {
        Self.eachField(of: value) { key, value, cell in
          if key.equals("cached_tokens") { usage.cached = count("cached_tokens", value, cell) }
        }
      } else if key.equals("completion_tokens_details") {
        Self.eachField(of: value) { key, value, cell in
          if key.equals("reasoning_tokens") {
            usage.reasoning = count("reasoning_tokens", value, cell)
          }
        }
      }
    }
    self.usage = usage
  }

  /// A number of tokens. What cannot be one is no zero: it is told.
  private mutating func count(
    _ name: String, _ value: borrowing Span<UInt8>, _ cell: Cell
  ) -> Int64? {
    guard cell.kind != .absent else { return nil }
    if cell.kind == .plain, let number = value.integer, number <= Self.mostTokens { return number }
    fault =
      fault ?? "\(name) is \(value.excerpt); allowed are whole numbers from 0 to \(Self.mostTokens)"
    return nil
  }

  private static func text(_ value: borrowing Span<UInt8>) -> String {
    Escapes.json(value.extracting(0..<min(value.count, longestText)))
  }

  private mutating func takeChoices(_ list: borrowing Span<UInt8>) {
    guard list.count > 1, list[0] == UInt8(ascii: "[") else { return }
    hasChoices = true
    var items = JSONScanner(at: 1)
    var isFirst = true
    while let cell = try? items.nextItem(list, isFirst: isFirst) {
      isFirst = false
      choices += 1
      guard cell.kind == .nested else { continue }
      Self.eachField(of: list.extracting(cell.range)) { key, value, cell in
        takeChoice(key, value, cell)
      }
    }
  }

  private mutating func takeChoice(
    _ key: borrowing Span<UInt8>, _ value: borrowing Span<UInt8>, _ cell: Cell
  ) {
    guard cell.kind != .absent else { return }
    if key.equals("text") {
      if !value.isEmpty { hasContent = true }
    } else if key.equals("finish_reason") {
      finishReason = Self.text(value)
    } else if key.equals("delta") || key.equals("message") {
      Self.eachField(of: value) { key, value, cell in
        takeDelta(key, value, cell)
      }
    } else if key.equals("token_ids") || key.equals("tokens") {
      if let count = value.itemCount {
        tokenIDs = (tokenIDs ?? 0) + count
        if count > 0 { hasContent = true }
      }
    }
  }

  /// A first part of a chat has a role and no content.
  private mutating func takeDelta(
    _ key: borrowing Span<UInt8>, _ value: borrowing Span<UInt8>, _ cell: Cell
  ) {
    let isContent =
      key.equals("content") || key.equals("reasoning_content") || key.equals("reasoning")
      || key.equals("tool_calls")
    guard isContent, cell.kind != .absent else { return }
    if cell.kind == .nested ? value.count > 2 : !value.isEmpty { hasContent = true }
  }

  private static func error(_ value: borrowing Span<UInt8>, _ cell: Cell) -> String {
    guard cell.kind == .nested else { return text(value) }
    var code = ""
    var message = ""
    eachField(of: value) { key, value, cell in
      guard cell.kind != .absent else { return }
      if key.equals("code") { code = text(value) }
      if key.equals("message") { message = text(value) }
    }
    return [code, message].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether the bytes are an object; `field` is called for each of its fields.
  @discardableResult
  fileprivate static func eachField(
    of bytes: borrowing Span<UInt8>,
    _ field: (borrowing Span<UInt8>, borrowing Span<UInt8>, Cell) -> Void
  ) -> Bool {
    var scanner = JSONScanner()
    do throws(JSONFailure) {
      try scanner.beginObject(bytes)
      while let key = try scanner.nextKey(bytes) {
        let cell = try scanner.value(bytes)
        field(bytes.extracting(key), bytes.extracting(cell.range), cell)
      }
      try scanner.end(bytes)
      return true
    } catch {
      return false
    }
  }
}

extension Span<UInt8> {
  fileprivate func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for at in 0..<count where self[at] != text.utf8Start[at] { return false }
    return true
  }

  /// A whole number from 0 that 18 digits hold.
  fileprivate var integer: Int64? {
    guard !isEmpty, count <= 18 else { return nil }
    var value: Int64 = 0
    for at in 0..<count {
      guard self[at] &- UInt8(ascii: "0") < 10 else { return nil }
      value = value * 10 + Int64(self[at] - UInt8(ascii: "0"))
    }
    return value
  }

  /// Its beginning, for a message.
  var excerpt: String {
    let part = withUnsafeBufferPointer { Array($0.prefix(60)) }
    return String(decoding: part, as: UTF8.self)
      .map { $0.isNewline || $0.asciiValue.map { $0 < 32 } ?? false ? " " : String($0) }.joined()
  }

  /// The items of a list of numbers; nil: the bytes are no list.
  fileprivate var itemCount: Int64? {
    guard count >= 2, self[0] == UInt8(ascii: "[") else { return nil }
    var items: Int64 = 0
    var isInItem = false
    for at in 1..<count - 1 {
      switch self[at] {
      case UInt8(ascii: ","): isInItem = false
      case 0x20, 0x0A, 0x0D, 0x09: continue
      default:
        if !isInItem { items += 1 }
        isInItem = true
      }
    }
    return items
  }
}
