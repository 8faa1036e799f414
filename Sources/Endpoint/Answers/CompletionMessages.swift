import NIOCore
import SimKernel
import TextAndBytes

/// The bytes of answers, whole or in parts, in the form of OpenAI's completions and chats with
/// vLLM's additions.
struct CompletionMessages {
  private let head: AnswerHead
  private let isChat: Bool
  private let logprobs: LogprobsText
  /// Of each answer: characters of its text before the next token.
  private var offsets: [Int]
  private var hasBegun: [Bool]

  private var request: CompletionRequest { head.request }

  init(_ head: AnswerHead, answers: Int) {
    self.head = head
    isChat = head.request.api == .chat
    logprobs = LogprobsText(head)
    offsets = Array(repeating: 0, count: answers)
    hasBegun = Array(repeating: false, count: answers)
  }

  /// The messages of a stream for what is new of the answer at `place`.
  mutating func write(
    _ news: ChoiceNews, _ place: Int, _ teller: ChoiceTeller, _ all: [ChoiceTeller],
    to buffer: inout ByteBuffer
  ) {
    let isFirst = !hasBegun[place]
    hasBegun[place] = true
    var news = news
    if isChat {
      if isFirst { message(choice(place, delta: Self.opening), all, to: &buffer) }
      // Calls come one a message, the last one with what else is new.
      for call in news.calls.dropLast() {
        message(choice(place, delta: delta("", [call], place)), all, to: &buffer)
      }
      news.calls = Array(news.calls.suffix(1))
    }
    let text = isFirst ? echoed(place) + news.text : news.text
    if isChat, text.isEmpty, news.calls.isEmpty, news.reason == nil, isBare { return }
    let beside = beside(news, place, teller, isFirst: isFirst)
    let end = news.reason.map { reason in
      #""\#(self.reason(reason, teller))","stop_reason":\#(teller.stopReason.compact)"#
    }
    let content =
      isChat
      ? #""delta":"# + delta(text, news.calls, place) : #""text":"# + JSON.string(text).compact
    message(
      #"{"index":\#(place),\#(content),\#(beside),"finish_reason":\#(end ?? "null")}"#, all,
      time: teller.update.time, to: &buffer)
  }

  /// A message says nothing but what is new of the text.
  private var isBare: Bool {
    request.logprobs == nil && !request.tellsTokenIDs && !request.hasContinuousUsage
      && !request.includesSimulatedTime
  }

  private static let opening = #"{"role":"assistant","content":""}"#

  private func choice(_ place: Int, delta: String) -> String {
    #"{"index":\#(place),"delta":\#(delta),"logprobs":null,"finish_reason":null}"#
  }

  private func delta(_ text: String, _ calls: [ChoiceNews.Call], _ place: Int) -> String {
    guard let call = calls.first else {
      return text.isEmpty ? "{}" : #"{"content":\#(JSON.string(text).compact)}"#
    }
    let arguments = #""arguments":"# + JSON.string(call.arguments).compact
    let function =
      call.name.map { #"{"name":\#(JSON.string($0).compact),\#(arguments)}"# } ?? "{\(arguments)}"
    let start =
      call.name == nil ? "" : #""id":"\#(head.callID(place, call.index))","type":"function","#
    return #"{"tool_calls":[{"index":\#(call.index),\#(start)"function":\#(function)}]}"#
  }

  private func message(
    _ choice: String, _ all: [ChoiceTeller], time: SimTime? = nil, to buffer: inout ByteBuffer
  ) {
    buffer.writeString("data: \(head.opening(object))\(choice)]")
    if request.hasContinuousUsage {
      buffer.writeString(",\"usage\":" + head.usage(all).json)
    } else if request.includesUsage {
      buffer.writeStaticString(",\"usage\":null")
    }
    if request.includesSimulatedTime, let time {
      buffer.writeString(",\"simulated_time\":\(time.seconds)")
    }
    buffer.writeStaticString("}\n\n")
  }

  private var object: String { isChat ? "chat.completion.chunk" : "text_completion" }

  func writeEnd(_ all: [ChoiceTeller], to buffer: inout ByteBuffer) {
    if request.includesUsage {
      buffer.writeString("data: \(head.opening(object))],\"usage\":\(head.usage(all).json)}\n\n")
    }
    buffer.writeStaticString("data: [DONE]\n\n")
  }

  /// The whole answer.
  mutating func body(_ news: [ChoiceNews], _ all: [ChoiceTeller]) -> String {
    var choices: [String] = []
    for place in news.indices {
      let reason = news[place].reason.map { self.reason($0, all[place]) } ?? "stop"
      let beside = beside(news[place], place, all[place], isFirst: true)
      let content =
        isChat
        ? #""message":"# + message(news[place], place)
        : #""text":"# + JSON.string(echoed(place) + news[place].text).compact
      choices.append(
        #"{"index":\#(place),\#(content),\#(beside),"finish_reason":"\#(reason)","#
          + #""stop_reason":\#(all[place].stopReason.compact)}"#)
    }
    return head.opening(isChat ? "chat.completion" : object) + choices.joined(separator: ",")
      + #"],"usage":\#(head.usage(all).json)}"#
  }

  private func message(_ news: ChoiceNews, _ place: Int) -> String {
    guard !news.calls.isEmpty else {
      return #"{"role":"assistant","content":\#(JSON.string(news.text).compact)}"#
    }
    let calls = news.calls.map { call in
      #"{"id":"\#(head.callID(place, call.index))","type":"function","function":{"name":"#
        + JSON.string(call.name ?? "").compact + #","arguments":"#
        + JSON.string(call.arguments).compact + "}}"
    }
    return #"{"role":"assistant","content":null,"tool_calls":[\#(calls.joined(separator: ","))]}"#
  }

  /// The logarithms and the ids of what is new.
  private mutating func beside(
    _ news: ChoiceNews, _ place: Int, _ teller: ChoiceTeller, isFirst: Bool
  ) -> String {
    var text = #""logprobs":null"#
    let prompt = request.prompts[place / request.answersPerPrompt].ids ?? []
    if let count = request.logprobs {
      text = #""logprobs":"#
      let echoed = isFirst && request.echoes ? prompt : []
      text +=
        isChat
        ? logprobs.chat(news.tokens, teller.script, count)
        : logprobs.completion(
          news.tokens, teller.script, count, prompt: echoed, offset: &offsets[place])
    }
    guard request.tellsTokenIDs else { return text }
    text += #","token_ids":"# + Self.list(news.tokens.map { teller.script.id($0) })
    if isFirst { text += #","prompt_token_ids":"# + Self.list(prompt) }
    return text
  }

  private static func list(_ ids: [UInt64]) -> String {
    "[" + ids.map(String.init).joined(separator: ",") + "]"
  }

  private func echoed(_ place: Int) -> String {
    guard request.echoes, let ids = request.prompts[place / request.answersPerPrompt].ids else {
      return ""
    }
    return head.vocabulary.text(of: ids)
  }

  /// A call that is whole is a reason of its own for the end, unless the client has named the tool.
  private func reason(_ reason: FinishedReason, _ teller: ChoiceTeller) -> String {
    guard reason == .stop, teller.script.calls > 0, case .calls(_, let tells) = request.form, tells
    else { return reason.rawValue }
    return "tool_calls"
  }
}
