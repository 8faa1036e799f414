import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct AnswerPartTests {
  private func part(_ text: String) -> AnswerPart? { AnswerPart(Array(text.utf8).span) }

  @Test func `vLLM's part with running usage`() {
    let part = part(
      #"{"id":"c","model":"m","choices":[{"index":0,"text":" ab","finish_reason":null}],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":4}}}"#
    )
    #expect(part?.hasContent == true)
    #expect(part?.choices == 1)
    #expect(part?.model == "m")
    #expect(part?.finishReason == nil)
    #expect(part?.usage == AnswerPart.Usage(prompt: 7, completion: 3, cached: 4, reasoning: nil))
  }

  @Test func `usage without choices`() {
    let part = part(#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#)
    #expect(part?.choices == 0)
    #expect(part?.hasContent == false)
    #expect(part?.usage?.completion == 2)
  }

  @Test(arguments: [
    (#"{"role":"assistant","content":""}"#, false), (#"{"role":"assistant"}"#, false),
    (#"{"role":"assistant","content":null}"#, false), (#"{"content":"x"}"#, true),
    (#"{"reasoning_content":"x"}"#, true), (#"{"tool_calls":[{"index":0}]}"#, true),
    (#"{"tool_calls":[]}"#, false),
  ])
  func `a chat's part has content or a role`(delta: String, hasContent: Bool) {
    let part = part(#"{"choices":[{"delta":\#(delta),"finish_reason":null}]}"#)
    #expect(part?.hasContent == hasContent)
  }

  @Test func `llama.cpp counts in its timings`() {
    let part = part(
      #"{"choices":[{"text":"","finish_reason":"length"}],"timings":{"prompt_n":7,"predicted_n":4,"predicted_ms":1.5}}"#
    )
    #expect(part?.generated == 4)
    #expect(part?.finishReason == "length")
    #expect(part?.hasContent == false)
  }

  @Test func `token ids are counted`() {
    #expect(part(#"{"choices":[{"text":"","token_ids":[5, 6,7]}]}"#)?.tokenIDs == 3)
    #expect(part(#"{"choices":[{"text":"","token_ids":[]}]}"#)?.tokenIDs == 0)
    #expect(part(#"{"choices":[{"text":"","token_ids":null}]}"#)?.tokenIDs == nil)
  }

  @Test(arguments: [
    (#"{"error":{"code":500,"message":"no \"text\"","type":"server_error"}}"#, "500 no \"text\""),
    (#"{"error":"full"}"#, "full"),
    (#"{"object":"error","message":"too long","code":400}"#, "too long"),
  ])
  func `errors are told in their words`(text: String, error: String) {
    #expect(part(text)?.error == error)
  }

  @Test(arguments: ["", "[]", "{", #"{"a":}"#, "nonsense", #"{"choices":[{]}"#])
  func `what is no object is none`(text: String) {
    #expect(part(text) == nil)
  }
}
