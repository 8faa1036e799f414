import TextAndBytes

/// The messages of /v1/chat/completions.
enum ChatMessages {
  static func read(_ fields: inout RequestFields) -> [ChatMessage] {
    guard case .array(let messages) = fields["messages"], !messages.isEmpty else {
      fields.problem("messages", "is no list of messages")
      return []
    }
    return messages.enumerated().compactMap { index, message in
      read(message, place: "messages[\(index)]", &fields)
    }
  }

  private static func read(
    _ message: JSON, place: String, _ fields: inout RequestFields
  ) -> ChatMessage? {
    guard let role = message["role"]?.text else {
      fields.problem("\(place).role", "is no text")
      return nil
    }
    var result = ChatMessage(role: role)
    if let name = message["name"] {
      guard let name = name.text else {
        fields.problem("\(place).name", "is no text")
        return nil
      }
      result.texts.append(name)
    }
    result.texts += texts(message["content"], place: "\(place).content", &fields)
    for name in ["function_call", "audio"] where message[name] != nil {
      fields.problem("\(place).\(name)", "is not simulated; leave it out")
    }
    result.calls = calls(message["tool_calls"], place: "\(place).tool_calls", &fields)
    return result
  }

  static func texts(
    _ content: JSON?, place: String, _ fields: inout RequestFields
  ) -> [String] {
    switch content {
    case .string(let text): return [text]
    case .array(let parts):
      var texts: [String] = []
      for part in parts {
        guard let type = part["type"]?.text,
          ["text", "input_text", "output_text", "refusal"].contains(type),
          let text = (part["text"] ?? part["refusal"])?.text
        else {
          fields.problem(place, "has a part that is no text; only text is simulated")
          return []
        }
        texts.append(text)
      }
      return texts
    case nil: return []
    default:
      fields.problem(place, "is neither text nor a list of parts")
      return []
    }
  }

  private static func calls(
    _ value: JSON?, place: String, _ fields: inout RequestFields
  ) -> [FixedText.Call] {
    guard let value else { return [] }
    guard let calls = value.array else {
      fields.problem(place, "is no list of calls")
      return []
    }
    return calls.enumerated().compactMap { index, call in
      guard let name = call["function"]?["name"]?.text else {
        fields.problem("\(place)[\(index)].function.name", "is no text")
        return nil
      }
      let arguments = call["function"]?["arguments"]
      return FixedText.Call(name: name, arguments: arguments?.text ?? arguments?.compact ?? "{}")
    }
  }
}

/// The input of /v1/responses, as messages.
enum ResponseInput {
  static func read(_ fields: inout RequestFields) -> [ChatMessage] {
    var messages: [ChatMessage] = []
    if let instructions = fields.text("instructions") {
      messages.append(ChatMessage(role: "system", texts: [instructions]))
    }
    switch fields["input"] {
    case .string(let text): messages.append(ChatMessage(role: "user", texts: [text]))
    case .array(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        read(item, place: "input[\(index)]", &fields, &messages)
      }
    default: fields.problem("input", "is neither a text nor a list of items")
    }
    return messages
  }

  private static func read(
    _ item: JSON, place: String, _ fields: inout RequestFields, _ messages: inout [ChatMessage]
  ) {
    switch item["type"]?.text ?? "message" {
    case "message":
      guard let role = item["role"]?.text else {
        fields.problem("\(place).role", "is no text")
        return
      }
      let texts = ChatMessages.texts(item["content"], place: "\(place).content", &fields)
      messages.append(ChatMessage(role: role, texts: texts))
    case "function_call":
      guard let name = item["name"]?.text, let arguments = item["arguments"]?.text else {
        fields.problem(place, "is a call without a name or arguments as texts")
        return
      }
      let call = FixedText.Call(name: name, arguments: arguments)
      if messages.last?.role == "assistant", messages.last?.calls.isEmpty == false {
        messages[messages.count - 1].calls.append(call)
      } else {
        messages.append(ChatMessage(role: "assistant", calls: [call]))
      }
    case "function_call_output":
      let texts = ChatMessages.texts(item["output"], place: "\(place).output", &fields)
      messages.append(ChatMessage(role: "tool", texts: texts))
    // What a model has thought is not part of its next prompt.
    case "reasoning": break
    case let type:
      fields.problem("\(place).type", "is '\(type)'; only messages and calls are simulated")
    }
  }
}
