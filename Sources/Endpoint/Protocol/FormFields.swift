import TextAndBytes

/// The fields that ask for an answer of a certain form.
enum FormFields {
  typealias Form = (field: String, form: AnswerForm)

  /// What they ask for; plain text is no form.
  static func read(_ api: CompletionRequest.API, _ fields: inout RequestFields) -> [Form] {
    var forms: [Form] = []
    if api == .responses {
      if let text = fields["text"] {
        guard text.fields != nil else {
          fields.problem("text", "is no object")
          return []
        }
        if let format = text["format"] {
          // The schema stands beside the type there.
          forms += responseFormat(format, schema: format["schema"], "text.format", &fields)
        }
        if let verbosity = text["verbosity"], verbosity.text != "medium" {
          fields.problem("text.verbosity", "is not simulated; leave it out or say \"medium\"")
        }
      }
    } else if let format = fields["response_format"] {
      forms += responseFormat(
        format, schema: format["json_schema"]?["schema"], "response_format", &fields)
    }
    if let outputs = fields["structured_outputs"] { forms += structuredOutputs(outputs, &fields) }
    guard api != .responses else { return forms }
    for (name, key) in [
      ("guided_json", "json"), ("guided_choice", "choice"), ("guided_regex", "regex"),
    ] {
      guard let value = fields[name] else { continue }
      if let form = form(key, value, name, &fields) { forms.append((name, form)) }
    }
    return forms
  }

  private static func responseFormat(
    _ format: JSON, schema: JSON?, _ field: String, _ fields: inout RequestFields
  ) -> [Form] {
    switch format["type"]?.text {
    case "text": return []
    case "json_object": return [(field, .schema(anyObject, field: field))]
    case "json_schema":
      guard let schema else {
        fields.problem(field, "is of the type json_schema and has no schema")
        return []
      }
      return [(field, .schema(schema, field: field))]
    case let type:
      fields.problem(
        field,
        "is of the type '\(type ?? "")'; text, json_object and json_schema are simulated")
      return []
    }
  }

  /// vLLM's `StructuredOutputsParams`.
  private static func structuredOutputs(
    _ value: JSON, _ fields: inout RequestFields
  ) -> [Form] {
    guard let entries = value.fields else {
      fields.problem("structured_outputs", "is no object")
      return []
    }
    var forms: [Form] = []
    for entry in entries where entry.value != .null {
      let field = "structured_outputs.\(entry.key)"
      switch entry.key {
      case "json", "choice", "regex":
        if let form = form(entry.key, entry.value, field, &fields) { forms.append((field, form)) }
      case "json_object":
        if entry.value.flag == true { forms.append((field, .schema(anyObject, field: field))) }
      // They choose among ways to the same form.
      case "disable_any_whitespace", "disable_additional_properties", "_backend",
        "_backend_was_auto", "disable_fallback":
        break
      default: fields.problem(field, "is not simulated; json, choice and regex are")
      }
    }
    return forms
  }

  private static func form(
    _ key: String, _ value: JSON, _ field: String, _ fields: inout RequestFields
  ) -> AnswerForm? {
    switch key {
    case "json":
      // A schema may come as text.
      let schema = value.text.map { JSON(text: $0) ?? .null } ?? value
      guard schema.fields != nil || schema.flag != nil else {
        fields.problem(field, "is no JSON schema")
        return nil
      }
      return .schema(schema, field: field)
    case "choice":
      guard let texts = value.array, !texts.isEmpty, texts.allSatisfy({ $0.text?.isEmpty == false })
      else {
        fields.problem(field, "is no list of texts")
        return nil
      }
      return .choice(texts.compactMap(\.text))
    default:
      guard let text = value.text else {
        fields.problem(field, "is no text")
        return nil
      }
      do throws(SchemaError) {
        // It has to hold for all of the answer.
        return .pattern(
          .sequence([.start, try PatternParser.parse(text), .end]), field: field)
      } catch {
        fields.problem(field, error.message)
        return nil
      }
    }
  }

  /// What a model answers that is to answer with some object.
  private static let anyObject: JSON = {
    func property(_ name: String, _ type: String) -> JSON.Field {
      JSON.Field(name, .object([JSON.Field("type", .string(type))]))
    }
    let names = ["answer", "reason", "confidence"]
    return .object([
      JSON.Field("type", .string("object")),
      JSON.Field("required", .array(names.map { .string($0) })),
      JSON.Field(
        "properties",
        .object([
          property("answer", "string"), property("reason", "string"),
          property("confidence", "integer"),
        ])),
    ])
  }()
}
