import TextAndBytes

extension CompletionRequest {
  /// Calls that one answer makes, at most.
  private static let mostCalls = 4

  /// Reads what form the answer is to have; `lastRole` is that of the last message of a chat.
  mutating func readForm(_ fields: inout RequestFields, lastRole: String?) {
    let known = fields.problems.count
    let forms = FormFields.read(api, &fields)
    if forms.count > 1 {
      let names = forms.map { "'\($0.field)'" }.joined(separator: " and ")
      fields.problem(forms[1].field, "is one form too many; \(names) cannot both hold")
    }
    form = forms.first?.form ?? .free
    guard api != .completions else { return }
    tools = ToolFields.tools(api, &fields)
    let choice = ToolFields.choice(tools, &fields)
    let isParallel = fields.flag("parallel_tool_calls")
    guard fields.problems.count == known, !tools.isEmpty else { return }
    // A model that may call calls when it is asked, and speaks when it has got results.
    let isAsked = lastRole != "tool" && lastRole != "function"
    switch choice {
    case .none: break
    case .auto where !isAsked: break
    case .auto, .required: form = .calls(called(isParallel == true), tellsCalls: true)
    case .named(let place): form = .calls([place], tellsCalls: false)
    }
  }

  /// Which tools are called: one, or, where the client speaks of calls side by side, each.
  private func called(_ isParallel: Bool) -> [Int] {
    if isParallel { return Array(tools.indices.prefix(Self.mostCalls)) }
    let hash = prompts.first?.hash ?? 0
    return [Int(AnswerScript.mix(hash, 1) % UInt64(tools.count))]
  }
}

extension CompletionRequest {
  /// What a response repeats of its request, with what is so when the client says nothing.
  mutating func readRepeated(_ fields: RequestFields) {
    guard api == .responses else { return }
    let defaults: [(String, JSON)] = [
      ("instructions", .null), ("max_output_tokens", .null), ("metadata", .object([])),
      ("parallel_tool_calls", .bool(true)), ("previous_response_id", .null),
      ("service_tier", .string("auto")), ("store", .bool(false)), ("temperature", .number("1.0")),
      ("text", .object([JSON.Field("format", .object([JSON.Field("type", .string("text"))]))])),
      ("tool_choice", .string("auto")), ("tools", .array([])), ("top_p", .number("1.0")),
      ("truncation", .string("disabled")), ("user", .null),
    ]
    repeated = defaults.map { name, value in
      // Nothing is kept, whatever was asked for.
      JSON.Field(name, name == "store" ? value : fields[name] ?? value)
    }
  }
}

/// The tools of a request.
enum ToolFields {
  enum Choice {
    case none
    case auto
    case required
    /// The place of the tool.
    case named(Int)
  }

  private static let mostTools = 1024

  static func tools(_ api: CompletionRequest.API, _ fields: inout RequestFields) -> [Tool] {
    guard let value = fields["tools"] else { return [] }
    guard let list = value.array, list.count <= mostTools else {
      fields.problem("tools", "is no list of up to \(mostTools) tools")
      return []
    }
    return list.enumerated().compactMap { index, tool in
      let type = tool["type"]?.text ?? "function"
      guard type == "function" else {
        fields.problem("tools[\(index)].type", "is '\(type)'; only functions are simulated")
        return nil
      }
      let place = api == .chat ? "tools[\(index)].function" : "tools[\(index)]"
      let function = api == .chat ? tool["function"] : tool
      guard let function, let name = function["name"]?.text, !name.isEmpty else {
        fields.problem("\(place).name", "is no text")
        return nil
      }
      let parameters = function["parameters"] ?? .object([JSON.Field("type", .string("object"))])
      guard parameters.fields != nil else {
        fields.problem("\(place).parameters", "is no JSON schema")
        return nil
      }
      return Tool(name: name, parameters: parameters)
    }
  }

  static func choice(_ tools: [Tool], _ fields: inout RequestFields) -> Choice {
    guard let value = fields["tool_choice"] else { return tools.isEmpty ? .none : .auto }
    if let text = value.text {
      switch text {
      case "none": return .none
      case "auto": return .auto
      case "required":
        if tools.isEmpty { fields.problem("tool_choice", "is 'required', but there are no tools") }
        return .required
      default:
        fields.problem(
          "tool_choice", "is '\(text)'; expected none, auto, required or a function's name")
        return .none
      }
    }
    guard value["type"]?.text ?? "function" == "function",
      let name = (value["function"]?["name"] ?? value["name"])?.text
    else {
      fields.problem("tool_choice", "is neither none, auto, required nor a function's name")
      return .none
    }
    guard let place = tools.firstIndex(where: { $0.name == name }) else {
      fields.problem("tool_choice", "names '\(name)', which is not among the tools")
      return .none
    }
    return .named(place)
  }
}
