import TextAndBytes

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
  /// A count of tokens that cannot be, and why; nil: none.
  package private(set) var fault: String?
  /// Tokens that the server said were generated until now.
  package private(set) var generated: Int64 = 0
  /// The server counts as it goes.
  package private(set) var hasCounts = false

  private let limits: Limits
  private var parser = EventStreamParser()
  private var bytes = 0
  private var events = 0
  private var hasChoices = false

  /// How much of a stream is taken in, so that one without end neither fills the memory nor runs on.
  package struct Limits: Hashable, Sendable {
    package var bytes = 256 << 20
    package var events = 1 << 20

    package init() {}

    /// Of an answer of at most so many tokens: servers send a few events a token at most, and some
    /// hundred bytes an event.
    package init(tokens: Int64?) {
      guard let tokens = tokens.map({ Int(min($0, 1 << 20)) }) else { return }
      events = min(events, 4096 + 4 * tokens)
      bytes = min(bytes, 8 << 20 + tokens << 14)
    }
  }

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Takes bytes of an event stream that came at `time`.
  package mutating func feed(_ bytes: borrowing Span<UInt8>, at time: Int64) {
    guard failure == nil else { return }
    self.bytes += bytes.count
    guard self.bytes <= limits.bytes else {
      return failure = .malformed("a stream without end: above \(limits.bytes >> 20) MiB")
    }
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
    guard failure == nil else { return }
    if !hasChoices {
      return failure = .malformed("an answer without choices: \(bytes.excerpt)")
    }
    isDone = true
  }

  /// The stream has ended. A failure says why it is no whole answer.
  package mutating func finish(at time: Int64) {
    var parser = self.parser
    try? parser.finish { take(event: $0, at: time) }
    guard failure == nil, finishReason == nil else { return }
    if !isDone {
      failure = .malformed("the stream ended without a finish_reason or [DONE]")
    } else if chunks.isEmpty {
      failure = .malformed("an empty answer")
    }
  }

  private mutating func take(event: borrowing Span<UInt8>, at time: Int64) {
    guard failure == nil else { return }
    events += 1
    guard events <= limits.events else {
      return failure = .malformed("a stream without end: above \(limits.events) events")
    }
    if event.isDone { return isDone = true }
    guard let part = AnswerPart(event) else {
      return failure = .malformed("an event that is no JSON object: \(event.excerpt)")
    }
    if let error = part.error { return failure = .inStream(error) }
    if let reason = part.finishReason { finishReason = reason }
    if let model = part.model, self.model == nil { self.model = model }
    hasChoices = hasChoices || part.hasChoices
    fault = fault ?? part.fault
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
    if let total = part.usage?.completion ?? part.generated {
      if total < generated { fault = fault ?? "\(total) tokens after \(generated) of them" }
      brought = max(0, total - generated)
    }
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
}
