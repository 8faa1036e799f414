import SimKernel
import TextAndBytes

extension CompletionRequest {
  /// What each answer says: those to the first prompt, those to the second, and so on. Throws what
  /// cannot be answered.
  package func scripts(_ context: ProtocolContext) throws(APIError) -> [AnswerScript] {
    var scripts: [AnswerScript] = []
    var budget = SchemaBudget()
    var search = stops.isEmpty ? nil : StopSearch(stops)
    for prompt in prompts {
      for answer in 0..<answersPerPrompt {
        var script = try script(to: prompt, answer, context, &budget)
        script.stop = try search?.find(in: script, limit: longest(after: prompt, context))
        scripts.append(script)
      }
    }
    return scripts
  }

  /// Tokens that an answer has at most, as far as can be told before its length is drawn.
  private func longest(after prompt: PromptDigest, _ context: ProtocolContext) -> Int {
    let room = max(1, context.contextLength - prompt.tokens)
    let limit = min(maxTokens ?? room, room)
    guard !ignoresEnd, let longest = context.longestAnswer else { return limit }
    return min(limit, max(longest, minTokens))
  }

  private func script(
    to prompt: PromptDigest, _ answer: Int, _ context: ProtocolContext,
    _ budget: inout SchemaBudget
  ) throws(APIError) -> AnswerScript {
    let variant = answer > 0 || seed != nil ? AnswerScript.mix(seed ?? 0, UInt64(answer)) : nil
    let vocabulary = context.vocabulary
    let draw = AnswerScript.mix(prompt.hash, variant)
    let text: FixedText
    switch form {
    case .free: return AnswerScript(prompt: prompt, variant: variant, vocabulary)
    case .choice(let texts):
      text = FixedText(texts[Int(AnswerScript.mix(draw, 2) % UInt64(texts.count))], vocabulary)
    case .pattern(let pattern, let field):
      text = FixedText(try sample(pattern, field, seed: draw, &budget), vocabulary)
    case .schema(let schema, let field):
      text = FixedText(try sample(schema, field, seed: draw, &budget).compact, vocabulary)
    case .calls(let places, _):
      var calls: [FixedText.Call] = []
      for (number, place) in places.enumerated() {
        let field = "tools[\(place)]" + (api == .chat ? ".function" : "") + ".parameters"
        let seed = AnswerScript.mix(draw, UInt64(number))
        let arguments = try sample(tools[place].parameters, field, seed: seed, &budget)
        calls.append(FixedText.Call(name: tools[place].name, arguments: arguments.compact))
      }
      text = FixedText(calls: calls, vocabulary)
    }
    // An answer has a token at least, even where a pattern is satisfied with nothing.
    let whole = text.count > 0 ? text : FixedText(" ", vocabulary)
    return AnswerScript(prompt: prompt, variant: variant, whole, vocabulary)
  }

  private func sample(
    _ schema: JSON, _ field: String, seed: UInt64, _ budget: inout SchemaBudget
  ) throws(APIError) -> JSON {
    do throws(SchemaError) {
      return try SchemaSampler.sample(schema, seed: seed, &budget)
    } catch {
      throw .badRequest("'\(field)' \(error.message)", field: field)
    }
  }

  private func sample(
    _ pattern: Pattern, _ field: String, seed: UInt64, _ budget: inout SchemaBudget
  ) throws(APIError) -> String {
    var random = RandomStream(seed: seed, .answers)
    do throws(SchemaError) {
      return try PatternSampler.sample(
        pattern, lengths: 0...SchemaBudget.size, &random, &budget)
    } catch {
      throw .badRequest("'\(field)' \(error.message)", field: field)
    }
  }
}
