import Foundation
import ServingModel
import ServingTestSupport
import SimKernel
import Testing

@testable import Endpoint
import TextAndBytes
import ServingSim

/// What a request may ask of an answer beside its length.
@Suite(.timeLimit(.minutes(30)), .serialized) struct AnswerDetailsTests {
  private func object(_ response: String) throws -> JSON {
    let body = try #require(response.firstRange(of: "\r\n\r\n")?.upperBound)
    return try #require(JSON(text: String(response[body...])))
  }

  private func complete(_ endpoint: TestEndpoint, _ more: String) throws -> JSON {
    try object(
      endpoint.post("/v1/completions", #"{"prompt":"abcdefgh","ignore_eos":true,\#(more)}"#))
  }

  private func texts(_ answer: JSON) -> [String] {
    (answer["choices"]?.array ?? []).compactMap { $0["text"]?.text }
  }

  @Test func `a stop ends the answer before it, or after it`() async throws {
    let endpoint = try await TestEndpoint { $0.keepsOutcomes = true }
    let whole = texts(try complete(endpoint, #""max_tokens":20"#))[0]
    let words = whole.split(separator: " ").map(String.init)
    // It begins in one token and ends in the next.
    let stop = "\(words[3].suffix(2)) \(words[4].prefix(1))"
    let cut = try complete(endpoint, #""max_tokens":20,"stop":["never","\#(stop)"]"#)
    let place = try #require(whole.firstRange(of: stop))
    #expect(texts(cut) == [String(whole[..<place.lowerBound])])
    let choice = try #require(cut["choices"]?.array?.first)
    #expect(choice["finish_reason"]?.text == "stop" && choice["stop_reason"]?.text == stop)
    #expect(cut["usage"]?["completion_tokens"]?.integer == 5)
    let included = try complete(
      endpoint, #""max_tokens":20,"stop":"\#(stop)","include_stop_str_in_output":true"#)
    #expect(texts(included) == [String(whole[..<place.upperBound])])
    let later = try complete(endpoint, #""max_tokens":20,"stop":"\#(stop)","min_tokens":10"#)
    #expect(texts(later) == [whole])
    let streamed = try endpoint.post(
      "/v1/completions",
      #"{"prompt":"abcdefgh","ignore_eos":true,"max_tokens":20,"stop":"\#(stop)","stream":true}"#)
    #expect(streamed.components(of: #""text":""#).joined() == whole[..<place.lowerBound])
    #expect(streamed.contains(#""finish_reason":"stop","stop_reason":"\#(stop)""#))
    let served = try await endpoint.server.stop()
    #expect(served.recording.outcomes.map(\.outputTokens) == [20, 5, 5, 20, 5])
  }

  @Test func `of several stops the first that is named ends it`() async throws {
    let endpoint = try await TestEndpoint()
    let whole = texts(try complete(endpoint, #""max_tokens":9"#))[0]
    let words = whole.split(separator: " ").map(String.init)
    // Both end in one token; the one that begins later is named first.
    let late = words[4]
    let early = " " + words[4]
    for (stops, stop) in [([late, early], late), ([early, late], early)] {
      let answer = try complete(
        endpoint, #""max_tokens":9,"stop":["\#(stops[0])","\#(stops[1])"]"#)
      #expect(answer["choices"]?.array?.first?["stop_reason"]?.text == stop)
    }
    _ = try await endpoint.server.stop()
  }

  @Test func `a stop token ends it, and is not told`() async throws {
    let endpoint = try await TestEndpoint()
    let whole = try complete(endpoint, #""max_tokens":8,"return_token_ids":true"#)
    let ids = try #require(whole["choices"]?.array?.first?["token_ids"]?.array)
    #expect(ids.count == 8)
    #expect(whole["choices"]?.array?.first?["prompt_token_ids"]?.array?.count == 2)
    let cut = try complete(endpoint, #""max_tokens":8,"stop_token_ids":[\#(ids[2].compact)]"#)
    let choice = try #require(cut["choices"]?.array?.first)
    #expect(choice["stop_reason"] == ids[2] && choice["finish_reason"]?.text == "stop")
    #expect(choice["text"]?.text?.utf8.count == 8)
    #expect(cut["usage"]?["completion_tokens"]?.integer == 3)
    _ = try await endpoint.server.stop()
  }

  @Test func `several answers to several prompts are requests of their own`() async throws {
    let endpoint = try await TestEndpoint { $0.keepsOutcomes = true }
    let answer = try object(
      endpoint.post(
        "/v1/completions",
        #"{"prompt":["abcdefgh","xyz"],"n":2,"max_tokens":3,"ignore_eos":true}"#))
    #expect(answer["choices"]?.array?.compactMap { $0["index"]?.integer } == [0, 1, 2, 3])
    #expect(Set(texts(answer)).count == 4)
    #expect(answer["usage"]?["prompt_tokens"]?.integer == 3)
    #expect(answer["usage"]?["completion_tokens"]?.integer == 12)
    // The first answer to a prompt is the one it gets alone.
    #expect(texts(try complete(endpoint, #""max_tokens":3"#))[0] == texts(answer)[0])
    let streamed = try endpoint.post(
      "/v1/chat/completions",
      #"{"messages":[{"role":"user","content":"x"}],"n":3,"max_tokens":2,"ignore_eos":true,"#
        + #""stream":true,"stream_options":{"include_usage":true}}"#)
    #expect(
      streamed.numbers(after: #""index":"#).reduce(into: Set()) { $0.insert($1) } == [0, 1, 2])
    #expect(streamed.contains(#""completion_tokens":6"#))
    #expect(streamed.split(separator: #""finish_reason":"length""#).count == 4)
    let served = try await endpoint.server.stop()
    #expect(served.plan.workload.promptTokens.prefix(4) == [2, 2, 1, 1])
    #expect(served.recording.outcomes.count == 8)
  }

  @Test func `a seed gives other words, and the same ones again`() async throws {
    let endpoint = try await TestEndpoint()
    let answers = try ["1", "1", "2", "null"].map {
      texts(try complete(endpoint, #""max_tokens":5,"seed":\#($0)"#))[0]
    }
    #expect(answers[0] == answers[1] && Set(answers).count == 3)
    _ = try await endpoint.server.stop()
  }

  @Test func `echo puts the prompt before the answer, and its logprobs`() async throws {
    let endpoint = try await TestEndpoint()
    let answer = try complete(endpoint, #""max_tokens":2,"echo":true,"logprobs":2"#)
    #expect(texts(answer)[0].hasPrefix("abcdefgh ") && texts(answer)[0].utf8.count == 16)
    let logprobs = try #require(answer["choices"]?.array?.first?["logprobs"])
    #expect(logprobs["tokens"]?.array?.compactMap(\.text).joined() == texts(answer)[0])
    #expect(logprobs["text_offset"]?.array?.compactMap(\.integer) == [0, 4, 8, 12])
    #expect(logprobs["token_logprobs"]?.array?.first == .null)
    #expect(logprobs["top_logprobs"]?.array?.last?.fields?.count == 2)
    _ = try await endpoint.server.stop()
  }

  @Test func `logprobs of a chat are probabilities, the token's own the greatest`() async throws {
    let endpoint = try await TestEndpoint()
    let body =
      #"{"messages":[{"role":"user","content":"x"}],"max_tokens":6,"ignore_eos":true,"#
      + #""logprobs":true,"top_logprobs":5"#
    let answer = try object(endpoint.post("/v1/chat/completions", body + "}"))
    let choice = try #require(answer["choices"]?.array?.first)
    let content = try #require(choice["logprobs"]?["content"]?.array)
    #expect(
      content.compactMap { $0["token"]?.text }.joined() == choice["message"]?["content"]?.text)
    for token in content {
      let top = try #require(token["top_logprobs"]?.array)
      let values = top.compactMap { $0["logprob"]?.double }
      #expect(values.count == 5 && values == values.sorted(by: >))
      #expect(top[0]["token"] == token["token"] && top[0]["logprob"] == token["logprob"])
      #expect(values.map { exp($0) }.reduce(0, +) <= 1)
      #expect(Set(top.compactMap { $0["token"]?.text }).count == 5)
    }
    let stream = try endpoint.post("/v1/chat/completions", body + #","stream":true}"#)
    #expect(stream.split(separator: #""top_logprobs":["#).count == 7)
    _ = try await endpoint.server.stop()
  }

  @Test func `a response is answered, whole and as events`() async throws {
    let endpoint = try await TestEndpoint()
    let body = #"{"input":"abcdefgh","max_output_tokens":4,"ignore_eos":true"#
    let whole = try object(endpoint.post("/v1/responses", body + "}"))
    #expect(whole["status"]?.text == "incomplete")
    #expect(whole["incomplete_details"]?["reason"]?.text == "max_output_tokens")
    #expect(whole["usage"]?["output_tokens"]?.integer == 4)
    let text = whole["output"]?.array?.first?["content"]?.array?.first?["text"]?.text
    let stream = try endpoint.post("/v1/responses", body + #","stream":true}"#)
    let events = stream.split(separator: "data: ").dropFirst().compactMap {
      JSON(text: String($0.prefix { $0 != "\n" }))
    }
    #expect(events.compactMap { $0["sequence_number"]?.integer } == Array(0..<Int64(events.count)))
    #expect(events.compactMap { $0["delta"]?.text }.joined() == text)
    #expect(events.first?["type"]?.text == "response.created")
    #expect(events.last?["type"]?.text == "response.completed")
    let usage = try #require(events.last?["response"]?["usage"])
    for name in ["input_tokens", "output_tokens", "total_tokens"] {
      #expect(usage[name] != nil && usage[name] == whole["usage"]?[name])
    }
    // The same prompt has come before.
    #expect(usage["input_tokens_details"]?["cached_tokens"]?.integer == 8)
    let called = try object(
      endpoint.post(
        "/v1/responses",
        #"{"input":"x","tools":[{"type":"function","name":"f","parameters":{"type":"object","#
          + #""properties":{"a":{"type":"integer"}},"required":["a"]}}],"tool_choice":"required"}"#)
    )
    let call = try #require(called["output"]?.array?.first)
    #expect(call["type"]?.text == "function_call" && call["name"]?.text == "f")
    #expect(call["arguments"]?.text.flatMap { JSON(text: $0) }?["a"]?.integer != nil)
    _ = try await endpoint.server.stop()
  }

  @Test func `tokens are told and put together again`() async throws {
    let endpoint = try await TestEndpoint()
    let told = try object(
      endpoint.post("/tokenize", #"{"prompt":"abcdefghi","return_token_strs":true}"#))
    #expect(told["count"]?.integer == 3 && told["max_model_len"]?.integer == 512)
    #expect(told["token_strs"]?.array?.compactMap(\.text) == ["abcd", "efgh", "i"])
    let tokens = try #require(told["tokens"]?.compact)
    let text = try object(endpoint.post("/detokenize", #"{"tokens":\#(tokens)}"#))
    #expect(text["prompt"]?.text == "abcdefghi")
    // Ids of a text are that text.
    let asText = try complete(endpoint, #""max_tokens":3"#)
    let ids =
      try object(
        endpoint.post("/tokenize", #"{"prompt":"abcdefgh"}"#))["tokens"]?.compact ?? ""
    let asIDs = try object(
      endpoint.post("/v1/completions", #"{"prompt":\#(ids),"max_tokens":3,"ignore_eos":true}"#))
    #expect(texts(asText) == texts(asIDs))
    _ = try await endpoint.server.stop()
  }

  @Test func `small questions are answered`() async throws {
    let endpoint = try await TestEndpoint()
    for path in ["/health", "/ping", "/ready", "/version", "/v1/models", "/v1/models/test"] {
      #expect(try endpoint.get(path).hasPrefix("HTTP/1.1 200"), "\(path)")
    }
    #expect(try endpoint.get("/v1/models/other").hasPrefix("HTTP/1.1 404"))
    #expect(try endpoint.get("/load").contains(#"{"server_load":0}"#))
    let before = Int64(Date().timeIntervalSince1970)
    let created = try #require(complete(endpoint, #""max_tokens":1"#)["created"]?.integer)
    #expect((before...before + 60).contains(created))
    let named = try endpoint.post(
      "/v1/completions", #"{"prompt":"x","max_tokens":1}"#, headers: "x-request-id: me\r\n")
    #expect(named.contains(#""id":"cmpl-me""#))
    _ = try await endpoint.server.stop()
  }

  @Test func `a prompt is cut to the tokens that are wanted`() async throws {
    let endpoint = try await TestEndpoint()
    let cut = try complete(
      endpoint, #""max_tokens":1,"truncate_prompt_tokens":1,"echo":true"#)
    #expect(texts(cut)[0].hasPrefix("efgh ") && cut["usage"]?["prompt_tokens"]?.integer == 1)
    let salted = try complete(endpoint, #""max_tokens":1,"cache_salt":"mine""#)
    #expect(salted["usage"]?["prompt_tokens_details"]?["cached_tokens"]?.integer == 0)
    _ = try await endpoint.server.stop()
  }
}
