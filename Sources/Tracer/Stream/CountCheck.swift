/// What was asked of a server, as far as its counts can be held to it.
package struct AskedTokens: Hashable, Sendable {
  /// Token ids that were sent; nil: text was.
  package var promptIDs: Int64?
  /// Bytes of the request's body.
  package var bytes: Int64
  /// The most tokens that were asked for.
  package var mostTokens: Int64?

  package init(promptIDs: Int64?, bytes: Int64, mostTokens: Int64?) {
    self.promptIDs = promptIDs
    self.bytes = bytes
    self.mostTokens = mostTokens
  }

  /// Tokens that a server may put before ids that it is sent, such as a begin-of-text.
  private static let leading: Int64 = 16
  /// Tokens that a chat's template may add.
  private static let template: Int64 = 16_384

  /// A token is at least a byte of text.
  fileprivate var prompt: ClosedRange<Int64> {
    if let promptIDs { return max(1, promptIDs)...max(1, promptIDs) + Self.leading }
    return 1...bytes + Self.template
  }
}

/// Holds the counts of an answer to each other, to its parts and to what was asked: counts that
/// contradict them are a fault of the row, never a number in it.
enum CountCheck {
  /// In a few words; nil: nothing speaks against them.
  static func fault(of answer: StreamedAnswer, _ asked: AskedTokens) -> String? {
    answer.fault ?? completionFault(answer, asked) ?? promptFault(answer.usage, asked)
  }

  private static func completionFault(
    _ answer: StreamedAnswer, _ asked: AskedTokens
  ) -> String? {
    let parts = answer.chunks.count
    if let total = answer.usage?.completion {
      if answer.hasCounts, total != answer.generated {
        return "\(total) tokens in the end, \(answer.generated) by its parts"
      }
      if !answer.hasCounts, total < parts { return "\(total) tokens in \(parts) parts" }
      if let reasoning = answer.usage?.reasoning, reasoning > total {
        return "\(reasoning) reasoning tokens of \(total)"
      }
    }
    guard let total = answer.completionTokens else { return nil }
    if total == 0, parts > 0 { return "no token in \(parts) parts" }
    if let most = asked.mostTokens, total > most {
      return "\(total) tokens where at most \(most) were asked for"
    }
    return nil
  }

  private static func promptFault(
    _ usage: AnswerPart.Usage?, _ asked: AskedTokens
  ) -> String? {
    guard let prompt = usage?.prompt else { return nil }
    guard asked.prompt.contains(prompt) else {
      let sent = asked.promptIDs.map { "\($0) token ids" } ?? "\(asked.bytes) bytes"
      return "\(prompt) prompt tokens of \(sent)"
    }
    if let cached = usage?.cached, cached > prompt {
      return "\(cached) cached tokens of a prompt of \(prompt)"
    }
    return nil
  }
}
