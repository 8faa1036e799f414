import TextAndBytes

/// What all messages of an answer begin with, and what they say of its request.
struct AnswerHead {
  let request: CompletionRequest
  /// With the prefix that its API has.
  let id: String
  /// When it was asked for, in seconds since 1970.
  let created: Int
  let modelName: String
  let vocabulary: Vocabulary

  var names: TokenNames { TokenNames(vocabulary: vocabulary, areIDs: request.namesTokensByID) }

  /// Up to the list of choices.
  func opening(_ object: String) -> String {
    #"{"id":"# + JSON.string(id).compact
      + #","object":"\#(object)","created":\#(created),"model":"#
      + JSON.string(modelName).compact + #","choices":["#
  }

  func usage(_ tellers: [ChoiceTeller]) -> AnswerUsage { AnswerUsage(request, tellers) }

  /// The id of a call of a tool.
  func callID(_ choice: Int, _ call: Int) -> String {
    let tail = id.drop { $0 != "-" && $0 != "_" }.dropFirst()
    return "call_\(tail.filter { $0.isLetter || $0.isNumber })\(choice)x\(call)"
  }
}

/// The tokens of a request: those of its prompts once each, and of all its answers.
struct AnswerUsage {
  let prompt: Int
  let completion: Int
  let cached: Int

  init(_ request: CompletionRequest, _ tellers: [ChoiceTeller]) {
    prompt = request.prompts.reduce(0) { $0 + $1.tokens }
    completion = tellers.reduce(0) { $0 + $1.update.tokens }
    // An answer beside the first finds what the first has left; that is no news of the prompt.
    cached = stride(from: 0, to: tellers.count, by: request.answersPerPrompt)
      .reduce(0) { $0 + tellers[$1].update.cachedTokens }
  }

  var json: String {
    #"{"prompt_tokens":\#(prompt),"total_tokens":\#(prompt + completion),"#
      + #""completion_tokens":\#(completion),"#
      + #""prompt_tokens_details":{"cached_tokens":\#(cached)}}"#
  }
}
