import TextAndBytes

/// One item of a response's output.
struct ResponseItem {
  enum Kind {
    case message(id: String)
    case call(id: String, name: String, number: Int)
  }

  let kind: Kind
  /// What a message says, or the arguments of a call.
  var text = ""
  var logprobs: [JSON] = []

  init(kind: Kind) { self.kind = kind }

  var id: String {
    switch kind {
    case .message(let id): "msg_\(id)"
    case .call(let id, _, _): "fc_\(id)"
    }
  }

  var part: JSON {
    .object([
      JSON.Field("type", .string("output_text")), JSON.Field("text", .string(text)),
      JSON.Field("annotations", .array([])), JSON.Field("logprobs", .array(logprobs)),
    ])
  }

  func json(status: String, isEmpty: Bool = false) -> JSON {
    let head = [JSON.Field("id", .string(id)), JSON.Field("status", .string(status))]
    switch kind {
    case .message:
      return .object(
        head + [
          JSON.Field("type", .string("message")), JSON.Field("role", .string("assistant")),
          JSON.Field("content", .array(isEmpty ? [] : [part])),
        ])
    case .call(let id, let name, _):
      return .object(
        head + [
          JSON.Field("type", .string("function_call")),
          JSON.Field("call_id", .string("call_\(id)")), JSON.Field("name", .string(name)),
          JSON.Field("arguments", .string(text)),
        ])
    }
  }
}

/// The object that /v1/responses answers with.
struct ResponseObject {
  private let head: AnswerHead
  private let tail: String

  init(_ head: AnswerHead) {
    self.head = head
    tail = String(head.id.drop { $0 != "_" }.dropFirst())
  }

  var messageID: String { tail }

  func callID(_ number: Int) -> String { "\(tail)x\(number)" }

  /// Of the tokens, where the client asks for it.
  func logprobs(_ tokens: Range<Int>, _ script: AnswerScript, _ text: LogprobsText) -> [JSON] {
    guard let count = head.request.logprobs else { return [] }
    return text.content(tokens, script, count).array ?? []
  }

  func status(_ teller: ChoiceTeller) -> String {
    teller.reason == .length ? "incomplete" : "completed"
  }

  /// `teller` nil: the answer has only begun.
  func json(status: String, _ items: [ResponseItem], _ teller: ChoiceTeller?) -> JSON {
    let isCut = status == "incomplete"
    let output = items.enumerated().map { place, item in
      item.json(status: isCut && place == items.count - 1 ? "incomplete" : "completed")
    }
    let details: JSON =
      isCut ? .object([JSON.Field("reason", .string("max_output_tokens"))]) : .null
    return .object(
      [
        JSON.Field("id", .string(head.id)), JSON.Field("object", .string("response")),
        JSON.Field("created_at", .integer(Int64(head.created))),
        JSON.Field("status", .string(status)), JSON.Field("error", .null),
        JSON.Field("incomplete_details", details),
        JSON.Field("model", .string(head.modelName)), JSON.Field("output", .array(output)),
      ] + head.request.repeated + [JSON.Field("usage", usage(teller))])
  }

  private func usage(_ teller: ChoiceTeller?) -> JSON {
    guard let teller else { return .null }
    let usage = head.usage([teller])
    func number(_ name: String, _ value: Int) -> JSON.Field {
      JSON.Field(name, .integer(Int64(value)))
    }
    return .object([
      number("input_tokens", usage.prompt),
      JSON.Field("input_tokens_details", .object([number("cached_tokens", usage.cached)])),
      number("output_tokens", usage.completion),
      JSON.Field("output_tokens_details", .object([number("reasoning_tokens", 0)])),
      number("total_tokens", usage.prompt + usage.completion),
    ])
  }
}
