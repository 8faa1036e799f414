import Testing

@testable import Endpoint

@Suite struct CompletionRequestTests {
  private func read(
    _ body: String, _ api: CompletionRequest.API = .completions
  ) throws -> CompletionRequest {
    try CompletionRequest(api, body: Array(body.utf8), blockTokens: 16)
  }

  @Test func `lengths and switches are read`() throws {
    let request = try read(
      """
      {"model": "m", "prompt": "four token text!", "max_tokens": 9, "min_tokens": 2, \
      "ignore_eos": true, "stream": true, "priority": -3, "user": "me", "stop": ["x"], \
      "stream_options": {"include_usage": true, "continuous_usage_stats": true}, \
      "temperature": 0.5, "unknown": {"a": [1]}}
      """)
    #expect(request.model == "m" && request.prompt.tokens == 4)
    #expect(request.maxTokens == 9 && request.minTokens == 2 && request.ignoresEnd)
    #expect(request.isStream && request.includesUsage && request.hasContinuousUsage)
    #expect(request.priority == -3)
    #expect(try request.session == read(#"{"prompt":"x","user":"me"}"#).session)
    #expect(try request.session != read(#"{"prompt":"x","user":"you"}"#).session)
  }

  @Test func `without max_tokens a completion has 16 tokens and a chat what there is room for`()
    throws
  {
    #expect(try read(#"{"prompt":"x"}"#).maxTokens == 16)
    #expect(try read(#"{"messages":[{"role":"user","content":"x"}]}"#, .chat).maxTokens == nil)
  }

  @Test(arguments: [
    (#"{"prompt":[1,2]}"#, 2), (#"{"prompt":["abcd"]}"#, 1), (#"{"prompt":[[1,2,3]]}"#, 3),
  ])
  func `a prompt is text or token ids, alone or in a list`(body: String, tokens: Int) throws {
    #expect(try read(body).prompt.tokens == tokens)
  }

  @Test func `a next turn begins with the prompt before it and its answer`() throws {
    let first = try read(#"{"messages":[{"role":"user","content":"hello there"}]}"#, .chat)
    let words = AnswerText(promptHash: first.prompt.hash)
    let next = try read(
      """
      {"messages":[{"role":"user","content":"hello there"},\
      {"role":"assistant","content":"\(words.text(0..<30))"},{"role":"user","content":"and"}]}
      """, .chat)
    var expected = first.prompt
    for index in 0..<30 { expected.append(word: words.word(index)) }
    #expect(expected.blocks.count == 2)
    #expect(Array(next.prompt.blocks.prefix(2)) == expected.blocks)
  }

  @Test(arguments: [
    (#"{"prompt":[-1]}"#, "'prompt' holds -1"), (#"{"prompt":["a","b"]}"#, "holds 2 prompts"),
    (#"{"prompt":""}"#, "'prompt' has no tokens"), (#"{}"#, "'prompt' is missing"),
    (#"{"prompt":"x","max_tokens":1.5}"#, "'max_tokens' is no whole number"),
    (#"{"prompt":"x","stream":1}"#, "'stream' is neither true nor false"),
    (#"{"prompt":"x","max_tokens":1,"min_tokens":2}"#, "more than max_tokens"),
    (#"{"prompt":"x","stream_options":{}}"#, "only allowed with stream"),
    (#"{"prompt":"x","echo":true}"#, "'echo' is not simulated"),
    (#"{"prompt":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"#, "16 levels"), ("[1]", "no JSON object"),
  ])
  func `what cannot be is refused with a reason`(body: String, reason: String) {
    let error = #expect(throws: APIError.self) { try read(body) }
    #expect(error?.status == 400)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test func `all that is wrong is said at once`() {
    let error = #expect(throws: APIError.self) {
      try read(#"{"messages":[{"content":7}],"n":2,"max_tokens":0}"#, .chat)
    }
    for field in ["messages[0].role", "'n'", "'max_tokens'"] {
      #expect(error?.message.contains(field) == true)
    }
  }
}
