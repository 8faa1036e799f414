import Foundation
import ServingModel
import ServingTestSupport
import Testing

@testable import Endpoint
import TextAndBytes

/// Answers of a form, over HTTP.
@Suite(.timeLimit(.minutes(30)), .serialized) struct StructuredAnswerTests {
  private static let weather =
    #"{"type":"function","function":{"name":"weather","description":"Says how it is.","parameters":"#
    + #"{"type":"object","properties":{"city":{"type":"string","minLength":3},"days":{"type":"integer","minimum":1,"maximum":5}},"#
    + #""required":["city","days"],"additionalProperties":false}}}"#
  private static let clock = #"{"type":"function","function":{"name":"clock"}}"#

  private func chat(_ more: String, last: String = #"{"role":"user","content":"hi"}"#) -> String {
    #"{"messages":[\#(last)],\#(more)}"#
  }

  private func endpoint() async throws -> TestEndpoint {
    try await TestEndpoint(
      replica: stepReplica(seats: 8, budget: 2048, blocks: 2048, caching: true))
  }

  private func object(_ response: String) throws -> JSON {
    let body = try #require(response.firstRange(of: "\r\n\r\n")?.upperBound)
    return try #require(JSON(text: String(response[body...])))
  }

  /// The messages of a stream.
  private func messages(_ response: String) -> [JSON] {
    response.split(separator: "data: ").dropFirst().compactMap {
      JSON(text: String($0.prefix { $0 != "\n" }))
    }
  }

  private func usage(_ answer: JSON) -> [Int64] {
    ["prompt_tokens", "completion_tokens", "total_tokens"].compactMap {
      answer["usage"]?[$0]?.integer
    }
  }

  @Test(arguments: [
    (#""required""#, "tool_calls"), (#""auto""#, "tool_calls"),
    (#"{"type":"function","function":{"name":"weather"}}"#, "stop"),
  ])
  func `a tool is called with arguments that satisfy its schema`(
    choice: String, reason: String
  ) async throws {
    let endpoint = try await endpoint()
    let body = chat(#""tools":[\#(Self.weather)],"tool_choice":\#(choice)"#)
    let answer = try object(endpoint.post("/v1/chat/completions", body))
    let choices = try #require(answer["choices"]?.array?.first)
    let call = try #require(choices["message"]?["tool_calls"]?.array?.first)
    #expect(choices["finish_reason"]?.text == reason)
    #expect(choices["message"]?.raw("content") == .null)
    #expect(call["function"]?["name"]?.text == "weather" && call["type"]?.text == "function")
    let arguments = try #require(call["function"]?["arguments"]?.text.flatMap { JSON(text: $0) })
    #expect((1...5).contains(arguments["days"]?.integer ?? 0) && arguments["city"]?.text != nil)
    // The tools are part of the prompt, and the call of the answer.
    let without = try object(endpoint.post("/v1/chat/completions", chat(#""max_tokens":1"#)))
    #expect(usage(answer)[0] > usage(without)[0] + 50)
    let text = #"{"name":"weather","arguments":\#(arguments.compact)}"#
    #expect(usage(answer)[1] == Int64((text.utf8.count + 3) / 4))
    #expect(usage(answer)[2] == usage(answer)[0] + usage(answer)[1])
    let streamed = messages(
      try endpoint.post(
        "/v1/chat/completions",
        chat(#""tools":[\#(Self.weather)],"tool_choice":\#(choice),"stream":true"#)))
    let deltas = streamed.compactMap {
      $0["choices"]?.array?.first?["delta"]?["tool_calls"]?.array?.first
    }
    #expect(deltas.first?["id"]?.text?.hasPrefix("call_") == true)
    #expect(deltas.count { $0["function"]?["name"] != nil } == 1)
    let joined = deltas.compactMap { $0["function"]?["arguments"]?.text }.joined()
    #expect(joined == arguments.compact)
    #expect(streamed.last?["choices"]?.array?.first?["finish_reason"]?.text == reason)
    _ = try await endpoint.server.stop()
  }

  @Test func `no tool is called when none is wanted, or one has answered`() async throws {
    let endpoint = try await endpoint()
    let none = try object(
      endpoint.post(
        "/v1/chat/completions",
        chat(#""tools":[\#(Self.weather)],"tool_choice":"none","max_tokens":9"#)))
    #expect(none["choices"]?.array?.first?["message"]?["content"]?.text?.isEmpty == false)
    #expect(none["choices"]?.array?.first?["message"]?["tool_calls"] == nil)
    let answered = try object(
      endpoint.post(
        "/v1/chat/completions",
        chat(
          #""tools":[\#(Self.weather)],"max_tokens":9"#,
          last: #"{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{"id":"1","#
            + #""type":"function","function":{"name":"weather","arguments":"{}"}}]},"#
            + #"{"role":"tool","tool_call_id":"1","content":"rain"}"#)))
    #expect(answered["choices"]?.array?.first?["message"]?["content"]?.text?.isEmpty == false)
    _ = try await endpoint.server.stop()
  }

  @Test func `calls stand side by side where the client speaks of it`() async throws {
    let endpoint = try await endpoint()
    for (flag, count) in [("true", 2), ("false", 1)] {
      let body = chat(
        #""tools":[\#(Self.weather),\#(Self.clock)],"tool_choice":"required","parallel_tool_calls":\#(flag)"#
      )
      let answer = try object(endpoint.post("/v1/chat/completions", body))
      let calls = answer["choices"]?.array?.first?["message"]?["tool_calls"]?.array ?? []
      #expect(calls.count == count)
      #expect(Set(calls.compactMap { $0["id"]?.text }).count == count)
    }
    _ = try await endpoint.server.stop()
  }

  @Test func `a call that has been made is found in the cache`() async throws {
    let endpoint = try await endpoint()
    let tools = #""tools":[\#(Self.weather)]"#
    let first = try object(
      endpoint.post("/v1/chat/completions", chat(tools + #","tool_choice":"required""#)))
    let call = try #require(
      first["choices"]?.array?.first?["message"]?["tool_calls"]?.array?.first)
    let next = try object(
      endpoint.post(
        "/v1/chat/completions",
        chat(
          tools + #","max_tokens":2"#,
          last:
            #"{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[\#(call.compact)]},"#
            + #"{"role":"tool","content":"rain"}"#)))
    let cached = try #require(
      next["usage"]?["prompt_tokens_details"]?["cached_tokens"]?.integer)
    let known = usage(first)[0] + usage(first)[1] - 1
    #expect(cached == known / 2 * 2)
    _ = try await endpoint.server.stop()
  }

  @Test(arguments: [
    (#""response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}}"#),
    (#""structured_outputs":{"json":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}"#),
    (#""guided_json":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"#),
  ])
  func `JSON of a schema comes, whole and streamed`(form: String) async throws {
    let endpoint = try await endpoint()
    let answer = try object(endpoint.post("/v1/chat/completions", chat(form)))
    let text = try #require(answer["choices"]?.array?.first?["message"]?["content"]?.text)
    #expect(JSON(text: text)?["a"]?.integer != nil)
    #expect(answer["choices"]?.array?.first?["finish_reason"]?.text == "stop")
    #expect(usage(answer)[1] == Int64((text.utf8.count + 3) / 4))
    let stream = messages(
      try endpoint.post("/v1/chat/completions", chat(form + #","stream":true"#)))
    let parts = stream.compactMap { $0["choices"]?.array?.first?["delta"]?["content"]?.text }
    #expect(parts.joined() == text)
    // A limit cuts it, and what ignores its end has the tokens it asks for.
    let cut = try object(endpoint.post("/v1/chat/completions", chat(form + #","max_tokens":1"#)))
    #expect(cut["choices"]?.array?.first?["finish_reason"]?.text == "length")
    let long = try object(
      endpoint.post("/v1/chat/completions", chat(form + #","max_tokens":40,"ignore_eos":true"#)))
    #expect(long["choices"]?.array?.first?["message"]?["content"]?.text == text)
    #expect(usage(long)[1] == 40)
    _ = try await endpoint.server.stop()
  }

  @Test func `choices and patterns are kept to`() async throws {
    let endpoint = try await endpoint()
    let choice = try object(
      endpoint.post("/v1/completions", #"{"prompt":"x","guided_choice":["yes","no"]}"#))
    #expect(["yes", "no"].contains(choice["choices"]?.array?.first?["text"]?.text))
    let pattern = try object(
      endpoint.post(
        "/v1/completions", #"{"prompt":"x","structured_outputs":{"regex":"[ab]{3}c+"}}"#))
    let text = try #require(pattern["choices"]?.array?.first?["text"]?.text)
    #expect(text.wholeMatch(of: /[ab]{3}c+/) != nil, "\(text)")
    _ = try await endpoint.server.stop()
  }

  @Test func `a schema that no value satisfies is refused by name`() async throws {
    let endpoint = try await endpoint()
    let body = chat(
      #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"nothing"}}}],"#
        + #""tool_choice":"required""#)
    let answer = try endpoint.post("/v1/chat/completions", body)
    #expect(answer.hasPrefix("HTTP/1.1 400"))
    #expect(answer.contains(#""param":"tools[0].function.parameters""#))
    _ = try await endpoint.server.stop()
  }
}
