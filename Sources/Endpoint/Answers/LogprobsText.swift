import TextAndBytes

/// The logarithms of tokens' probabilities, in the forms that chats and completions have for them.
struct LogprobsText {
  private let names: TokenNames

  init(_ head: AnswerHead) { names = head.names }

  func chat(_ tokens: Range<Int>, _ script: AnswerScript, _ count: Int) -> String {
    #"{"content":\#(content(tokens, script, count).compact)}"#
  }

  /// A token each with its likeliest alternatives, itself among them.
  func content(_ tokens: Range<Int>, _ script: AnswerScript, _ count: Int) -> JSON {
    .array(
      tokens.map { index in
        let entries = TokenLikelihoods(script: script).entries(index, others: max(0, count - 1))
        return .object(
          fields(entries[0]) + [
            JSON.Field("top_logprobs", .array(entries.prefix(count).map { .object(fields($0)) }))
          ])
      })
  }

  private func fields(_ entry: TokenLikelihoods.Entry) -> [JSON.Field] {
    [
      JSON.Field("token", .string(names.text(entry.id))),
      JSON.Field("logprob", .decimal(entry.logprob)),
      JSON.Field("bytes", names.bytes(entry.id)),
    ]
  }

  /// `offset`: characters before the first of them, and then after the last. Tokens of the prompt
  /// come before them where it is repeated; nothing is told of the very first one.
  func completion(
    _ tokens: Range<Int>, _ script: AnswerScript, _ count: Int, prompt: [UInt64],
    offset: inout Int
  ) -> String {
    let likelihoods = TokenLikelihoods(script: script)
    var lines = prompt.enumerated().map { index, id in
      index == 0 ? (id, nil) : (id, [TokenLikelihoods.Entry(id: id, logprob: -0.5)])
    }
    lines += tokens.map {
      let entries = likelihoods.entries($0, others: max(0, count - 1))
      return (entries[0].id, entries)
    }
    var offsets: [Int64] = []
    for (id, _) in lines {
      offsets.append(Int64(offset))
      offset += names.text(id).unicodeScalars.count
    }
    let top = lines.map { _, entries in
      entries.map { entries in
        JSON.object(
          entries.map { JSON.Field(names.text($0.id), .decimal($0.logprob)) })
      } ?? .null
    }
    return JSON.object([
      JSON.Field("text_offset", .integers(offsets)),
      JSON.Field(
        "token_logprobs", .array(lines.map { $0.1.map { .decimal($0[0].logprob) } ?? .null })),
      JSON.Field("tokens", .array(lines.map { .string(names.text($0.0)) })),
      JSON.Field("top_logprobs", .array(top)),
    ]).compact
  }
}
