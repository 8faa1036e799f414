import Testing

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct StreamedAnswerTests {
  /// An answer whose n-th event comes at n.
  private func answer(_ events: [String], ends: Bool = true) -> StreamedAnswer {
    var answer = StreamedAnswer()
    for (index, event) in events.enumerated() {
      answer.feed(Array("data: \(event)\n\n".utf8).span, at: Int64(index + 1))
    }
    if ends { answer.finish(at: 99) }
    return answer
  }

  private func counts(_ answer: StreamedAnswer) -> [Int64?] { answer.countedChunks.map(\.tokens) }

  @Test func `a part is as many tokens as running usage says`() {
    let answer = answer([
      #"{"choices":[{"text":"a"}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#,
      #"{"choices":[{"text":"bcd"}],"usage":{"prompt_tokens":5,"completion_tokens":4}}"#,
      #"{"choices":[{"text":"","finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":5}}"#,
      #"{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":5}}"#, "[DONE]",
    ])
    #expect(counts(answer) == [1, 3, 1])
    #expect(answer.chunks.map(\.at) == [1, 2, 3])
    #expect(answer.failure == nil)
    #expect(answer.completionTokens == 5)
    #expect(answer.finishReason == "length")
  }

  @Test func `llama.cpp's timings count, its last part brings nothing`() {
    let answer = answer([
      #"{"choices":[{"text":"a","finish_reason":null}],"timings":{"predicted_n":1}}"#,
      #"{"choices":[{"text":"b","finish_reason":null}],"timings":{"predicted_n":3}}"#,
      #"{"choices":[{"text":"","finish_reason":"length"}],"usage":{"completion_tokens":3,"prompt_tokens":7},"timings":{"predicted_n":3}}"#,
      "[DONE]",
    ])
    #expect(counts(answer) == [1, 2])
    #expect(answer.usage?.prompt == 7)
  }

  @Test func `parts are tokens when there are as many`() {
    let parts = (0..<3).map { _ in #"{"choices":[{"delta":{"content":"x"}}]}"# }
    let role = #"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#
    let end = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#
    func usage(_ count: Int) -> String {
      #"{"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":\#(count)}}"#
    }
    #expect(counts(answer([role] + parts + [end, usage(3), "[DONE]"])) == [1, 1, 1])
    #expect(counts(answer([role] + parts + [end, usage(5), "[DONE]"])) == [nil, nil, nil])
    #expect(answer([role] + parts + [end, usage(5), "[DONE]"]).completionTokens == 5)
    #expect(answer(parts + [end]).completionTokens == nil)
  }

  @Test func `an error inside the stream is a failure, whatever came before`() {
    let answer = answer([
      #"{"choices":[{"text":"a"}]}"#, #"{"error":{"code":500,"message":"bad"}}"#,
      #"{"choices":[{"text":"b"}]}"#,
    ])
    #expect(answer.failure == .inStream("500 bad"))
    #expect(answer.chunks.count == 1)
  }

  @Test func `a stream that just ends is no answer, a reason without DONE is one`() {
    let part = #"{"choices":[{"text":"a"}]}"#
    #expect(answer([part]).failure != nil)
    #expect(answer([part, #"{"choices":[{"text":"","finish_reason":"length"}]}"#]).failure == nil)
    #expect(answer([part, "[DONE]"]).failure == nil)
    #expect(answer([]).failure != nil)
  }

  @Test func `an aborted request and garbage are failures`() {
    let abort = #"{"choices":[{"text":"","finish_reason":"abort"}]}"#
    #expect(answer([abort]).failure == .inStream("finish_reason abort"))
    guard case .malformed(let text)? = answer(["<html>"]).failure else {
      Issue.record("garbage is taken for an answer")
      return
    }
    #expect(text.contains("<html>"))
  }

  @Test func `an answer that is no stream is one part`() {
    var answer = StreamedAnswer()
    let text =
      #"{"model":"m","choices":[{"message":{"content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":2}}"#
    answer.take(document: Array(text.utf8).span, at: 7)
    answer.finish(at: 8)
    #expect(answer.failure == nil)
    #expect(answer.chunks == [StreamedAnswer.Chunk(at: 7, tokens: 2)])
  }
}
