import TraceArchive

/// An answer as its parts come in: when, and how many tokens each brought.
package struct StreamedAnswer: Sendable {
  /// When a part with content came, in nanoseconds of the caller's clock, and its tokens where the
  /// server says.
  package struct Chunk: Hashable, Sendable {
    package var at: Int64
    package var tokens: Int64?
  }

  package private(set) var chunks: [Chunk] = []
  package private(set) var finishReason: String?
  package private(set) var usage: AnswerPart.Usage?
  package private(set) var model: String?
  /// The stream said that it is at its end.
  package private(set) var isDone = false
  package private(set) var failure: ExchangeFailure?

  private var parser = EventStreamParser()
  /// Tokens that the server said were generated until now.
  private var generated: Int64 = 0
  private var hasCounts = false

  package init() {}

  /// Takes bytes of an event stream that came at `time`.
  package mutating func feed(_ bytes: borrowing Span<UInt8>, at time: Int64) {
    guard failure == nil else { return }
    var parser = self.parser
    self.parser = EventStreamParser()
    do throws(EventStreamParser.TooLong) {
      try parser.feed(bytes) { take(event: $0, at: time) }
    } catch {
      failure = .malformed("an event above \(EventStreamParser.longestEvent >> 20) MiB")
    }
    self.parser = parser
  }

  /// Takes a whole answer that is no stream.
  package mutating func take(document bytes: borrowing Span<UInt8>, at time: Int64) {
    take(event: bytes, at: time)
    isDone = true
  }

  /// The stream has ended. A failure says why it is no whole answer.
  package mutating func finish(at time: Int64) {
    var parser = self.parser
    try? parser.finish { take(event: $0, at: time) }
    guard failure == nil, !isDone, finishReason == nil else { return }
    failure = .malformed("the stream ended without a finish_reason or [DONE]")
  }

  private mutating func take(event: borrowing Span<UInt8>, at time: Int64) {
    guard failure == nil else { return }
    if event.isDone { return isDone = true }
    guard let part = AnswerPart(event) else {
      return failure = .malformed("an event that is no JSON object: \(event.excerpt)")
    }
    if let error = part.error { return failure = .inStream(error) }
    if let reason = part.finishReason { finishReason = reason }
    if let model = part.model, self.model == nil { self.model = model }
    count(part, at: time)
    if let usage = part.usage { self.usage = usage }
    // vLLM ends a request that it gives up so.
    if part.finishReason == "abort" || part.finishReason == "error" {
      failure = .inStream("finish_reason \(part.finishReason ?? "")")
    }
  }

  /// A part without content may still tell of tokens: those of text that is held back.
  private mutating func count(_ part: AnswerPart, at time: Int64) {
    // The usage at a stream's end is that of the whole answer.
    let isEnd = !part.hasContent && part.finishReason != nil
    guard part.choices > 0, !isEnd || hasCounts else { return }
    var brought = part.tokenIDs
    if let total = part.usage?.completion ?? part.generated { brought = max(0, total - generated) }
    if let brought {
      hasCounts = true
      generated += brought
    }
    guard part.hasContent || (brought ?? 0) > 0 else { return }
    chunks.append(Chunk(at: time, tokens: brought))
  }

  /// The chunks with their tokens as far as they can be told. Where the server counts none but as
  /// many as it sent parts with content, each of those is one.
  package var countedChunks: [Chunk] {
    guard !hasCounts, usage?.completion == Int64(chunks.count) else { return chunks }
    return chunks.map { Chunk(at: $0.at, tokens: 1) }
  }

  /// The tokens of the answer; nil: the server did not say.
  package var completionTokens: Int64? { usage?.completion ?? (hasCounts ? generated : nil) }
}

extension Span<UInt8> {
  fileprivate var isDone: Bool {
    let mark: StaticString = "[DONE]"
    guard count >= mark.utf8CodeUnitCount, self[0] == UInt8(ascii: "[") else { return false }
    for at in 0..<mark.utf8CodeUnitCount where self[at] != mark.utf8Start[at] { return false }
    return true
  }

  /// Its beginning, for a message.
  fileprivate var excerpt: String {
    let part = withUnsafeBufferPointer { Array($0.prefix(60)) }
    return String(decoding: part, as: UTF8.self)
      .map { $0.isNewline || $0.asciiValue.map { $0 < 32 } ?? false ? " " : String($0) }.joined()
  }
}
