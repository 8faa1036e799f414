import Testing

@testable import Endpoint

@Suite(.timeLimit(.minutes(30))) struct CompletionRequestTests {
  private func read(
    _ body: String, _ api: CompletionRequest.API = .completions
  ) throws -> CompletionRequest {
    try CompletionRequest(api, body: Array(body.utf8), ProtocolContext(blockTokens: 16))
  }

  @Test func `lengths and switches are read`() throws {
    let request = try read(
      """
      {"model": "m", "prompt": "four token text!", "max_tokens": 9, "min_tokens": 2, \
      "ignore_eos": true, "stream": true, "priority": -3, "user": "me", "stop": ["x"], \
      "stream_options": {"include_usage": true, "continuous_usage_stats": true}, \
      "temperature": 0.5, "unknown": {"a": [1]}}
      """)
    #expect(request.model == "m" && request.prompts[0].tokens == 4)
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
    (#"{"prompt":[1,2]}"#, [2]), (#"{"prompt":["abcd"]}"#, [1]), (#"{"prompt":[[1,2,3]]}"#, [3]),
    (#"{"prompt":["abcdefgh","ab"]}"#, [2, 1]), (#"{"prompt":[[1,2,3],[4]]}"#, [3, 1]),
  ])
  func `a prompt is text or token ids, alone or in a list`(body: String, tokens: [Int]) throws {
    #expect(try read(body).prompts.map(\.tokens) == tokens)
  }

  @Test func `a next turn begins with the prompt before it and its answer`() throws {
    let first = try read(#"{"messages":[{"role":"user","content":"hello there"}]}"#, .chat)
    let script = try #require(first.scripts(ProtocolContext(blockTokens: 16)).first)
    var cursor = TextCursor()
    let answer = cursor.advance(to: 30, of: script, isLast: true)
    let next = try read(
      """
      {"messages":[{"role":"user","content":"hello there"},\
      {"role":"assistant","content":"\(answer)"},{"role":"user","content":"and"}]}
      """, .chat)
    var expected = first.prompts[0]
    for index in 0..<30 { expected.append(id: script.id(index)) }
    #expect(expected.blocks.count == 2)
    #expect(Array(next.prompts[0].blocks.prefix(2)) == expected.blocks)
  }

  @Test(arguments: [
    (#"{"prompt":[-1]}"#, "'prompt' holds -1"), (#"{"prompt":[]}"#, "holds 0 prompts"),
    (#"{"prompt":""}"#, "'prompt' has no tokens"), (#"{}"#, "'prompt' is missing"),
    (#"{"prompt":"x","max_tokens":1.5}"#, "'max_tokens' is no whole number"),
    (#"{"prompt":"x","stream":1}"#, "'stream' is neither true nor false"),
    (#"{"prompt":"x","max_tokens":1,"min_tokens":2}"#, "more than max_tokens"),
    (#"{"prompt":"x","stream_options":{}}"#, "only allowed with stream"),
    (#"{"prompt":"x","n":129}"#, "'n' is 129; it lies between 1 and 128"),
    (#"{"prompt":"x","logit_bias":{"5":-100}}"#, "'logit_bias' is {\"5\":-100}"),
    (#"{"prompt":"x","temperature":-1}"#, "'temperature' is -1; expected a number from 0"),
    (#"{"prompt":"x","stop":[""]}"#, "'stop' holds a text of no characters"),
    (#"{"prompt":"x","logprobs":21}"#, "'logprobs' is 21; it lies between 0 and 20"),
    (#"{"prompt":"x","response_format":{"type":"grammar"}}"#, "json_schema are simulated"),
    (#"{"prompt":"x","structured_outputs":{"grammar":"x"}}"#, "structured_outputs.grammar"),
    (#"{"prompt":"x","guided_regex":"(a"}"#, "a '(' that is not closed"),
    (
      #"{"prompt":"x","guided_choice":["a"],"guided_regex":"a"}"#,
      "'guided_choice' and 'guided_regex' cannot both hold"
    ),
    (
      #"{"prompt":"# + String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        + "}",
      "more than 160 levels"
    ), ("[1]", "no JSON object"),
  ])
  func `what cannot be is refused with a reason`(body: String, reason: String) {
    let error = #expect(throws: APIError.self) { try read(body) }
    #expect(error?.status == 400)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }

  @Test func `all that is wrong is said at once`() {
    let error = #expect(throws: APIError.self) {
      try read(#"{"messages":[{"content":7}],"n":0,"max_tokens":0}"#, .chat)
    }
    for field in ["messages[0].role", "'n'", "'max_tokens'"] {
      #expect(error?.message.contains(field) == true)
    }
  }
}
