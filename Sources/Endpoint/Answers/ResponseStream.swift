import NIOCore
import TextAndBytes

/// The bytes of an answer in the form of OpenAI's /v1/responses, whole or as events.
struct ResponseStream {
  private let object: ResponseObject
  private let logprobs: LogprobsText
  private var sequence = 0
  private(set) var hasBegun = false
  /// What has been told of each item of the output.
  private var items: [ResponseItem] = []

  init(_ head: AnswerHead) {
    object = ResponseObject(head)
    logprobs = LogprobsText(head)
  }

  /// Says that the request has been taken.
  mutating func begin(to buffer: inout ByteBuffer) {
    guard !hasBegun else { return }
    hasBegun = true
    for name in ["response.created", "response.in_progress"] {
      event(name, [JSON.Field("response", object.json(status: "in_progress", [], nil))], &buffer)
    }
  }

  mutating func write(_ news: ChoiceNews, _ teller: ChoiceTeller, to buffer: inout ByteBuffer) {
    for call in news.calls {
      if let name = call.name {
        closeItem(&buffer)
        open(.call(id: object.callID(call.index), name: name, number: call.index), &buffer)
      }
      append(call.arguments, "response.function_call_arguments.delta", [], &buffer)
    }
    if teller.script.calls == 0 {
      if items.isEmpty { open(.message(id: object.messageID), &buffer) }
      let entries = object.logprobs(news.tokens, teller.script, logprobs)
      items[items.count - 1].logprobs += entries
      append(
        news.text, "response.output_text.delta",
        [JSON.Field("content_index", .integer(0)), JSON.Field("logprobs", .array(entries))], &buffer
      )
    }
    if news.reason != nil { closeItem(&buffer) }
  }

  mutating func writeEnd(_ teller: ChoiceTeller, to buffer: inout ByteBuffer) {
    // vLLM's name for the end of a response that was cut, too.
    event(
      "response.completed",
      [JSON.Field("response", object.json(status: object.status(teller), items, teller))], &buffer)
  }

  mutating func writeError(_ error: APIError, to buffer: inout ByteBuffer) {
    event(
      "error",
      [
        JSON.Field("code", .string(error.type)), JSON.Field("message", .string(error.message)),
        JSON.Field("param", error.field.map { .string($0) } ?? .null),
      ], &buffer)
  }

  /// The whole answer.
  mutating func body(_ news: ChoiceNews, _ teller: ChoiceTeller) -> String {
    if teller.script.calls == 0 {
      var item = ResponseItem(kind: .message(id: object.messageID))
      item.text = news.text
      item.logprobs = object.logprobs(news.tokens, teller.script, logprobs)
      items = [item]
    }
    for call in news.calls {
      var item = ResponseItem(
        kind: .call(id: object.callID(call.index), name: call.name ?? "", number: call.index))
      item.text = call.arguments
      items.append(item)
    }
    return object.json(status: object.status(teller), items, teller).compact
  }

  private mutating func open(_ kind: ResponseItem.Kind, _ buffer: inout ByteBuffer) {
    let item = ResponseItem(kind: kind)
    items.append(item)
    event(
      "response.output_item.added",
      [place, JSON.Field("item", item.json(status: "in_progress", isEmpty: true))], &buffer)
    guard case .message = kind else { return }
    event(
      "response.content_part.added",
      [
        itemID, place, JSON.Field("content_index", .integer(0)), JSON.Field("part", item.part),
      ], &buffer)
  }

  private mutating func append(
    _ text: String, _ name: String, _ more: [JSON.Field], _ buffer: inout ByteBuffer
  ) {
    guard !text.isEmpty, !items.isEmpty else { return }
    items[items.count - 1].text += text
    event(name, [itemID, place, JSON.Field("delta", .string(text))] + more, &buffer)
  }

  private mutating func closeItem(_ buffer: inout ByteBuffer) {
    guard let item = items.last else { return }
    switch item.kind {
    case .message:
      let content = JSON.Field("content_index", .integer(0))
      event(
        "response.output_text.done",
        [
          itemID, place, content, JSON.Field("text", .string(item.text)),
          JSON.Field("logprobs", .array(item.logprobs)),
        ], &buffer)
      event(
        "response.content_part.done",
        [itemID, place, content, JSON.Field("part", item.part)], &buffer)
    case .call(_, let name, _):
      event(
        "response.function_call_arguments.done",
        [
          itemID, place, JSON.Field("name", .string(name)),
          JSON.Field("arguments", .string(item.text)),
        ], &buffer)
    }
    event(
      "response.output_item.done",
      [place, JSON.Field("item", item.json(status: "completed"))], &buffer)
  }

  private var place: JSON.Field { JSON.Field("output_index", .integer(Int64(items.count - 1))) }

  private var itemID: JSON.Field { JSON.Field("item_id", .string(items.last?.id ?? "")) }

  private mutating func event(
    _ name: String, _ fields: [JSON.Field], _ buffer: inout ByteBuffer
  ) {
    let head = [
      JSON.Field("type", .string(name)), JSON.Field("sequence_number", .integer(Int64(sequence))),
    ]
    sequence += 1
    buffer.writeString("event: \(name)\ndata: \(JSON.object(head + fields).compact)\n\n")
  }
}
