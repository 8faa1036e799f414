import TextAndBytes

/// vLLM's /tokenize and /detokenize.
enum TokenPages {
  static func tokenize(_ body: [UInt8], _ shared: EndpointContext) throws(APIError) -> String {
    let json = try CompletionRequest.object(body)
    let api: CompletionRequest.API = json["messages"] == nil ? .completions : .chat
    var fields = RequestFields(json)
    if api == .chat, fields["prompt"] != nil { fields.problem("prompt", "stands beside messages") }
    let tellsTexts = fields.flag("return_token_strs") ?? false
    if let error = fields.error { throw error }
    var kept = json
    kept["return_token_ids"] = .bool(true)
    let request = try CompletionRequest(api, body: Array(kept.compact.utf8), shared.reading)
    try StaticPages.check(model: request.model, shared)
    guard request.prompts.count == 1, let ids = request.prompts[0].ids else {
      throw .badRequest(
        "'prompt' holds several prompts; one is tokenized at a time", field: "prompt")
    }
    let names = TokenNames(vocabulary: shared.reading.vocabulary, areIDs: false)
    return JSON.object([
      JSON.Field("count", .integer(Int64(ids.count))),
      JSON.Field("max_model_len", .integer(Int64(shared.contextLength))),
      JSON.Field("tokens", .integers(ids.map { Int64(clamping: $0) })),
      JSON.Field(
        "token_strs", tellsTexts ? .array(ids.map { .string(names.text($0)) }) : .null),
    ]).compact
  }

  static func detokenize(_ body: [UInt8], _ shared: EndpointContext) throws(APIError) -> String {
    var fields = RequestFields(try CompletionRequest.object(body))
    let model = fields.text("model")
    var ids: [UInt64] = []
    let values = fields["tokens"]?.array
    for value in values ?? [] {
      guard case .integer(let id) = value, let id = UInt64(exactly: id) else { continue }
      ids.append(id)
    }
    if values == nil || values?.count != ids.count {
      fields.problem("tokens", "is no list of token ids")
    }
    if let error = fields.error { throw error }
    try StaticPages.check(model: model, shared)
    let text = shared.reading.vocabulary.text(of: ids)
    return JSON.object([JSON.Field("prompt", .string(text))]).compact
  }
}
