import TextAndBytes

/// Answers that are always the same.
enum StaticPages {
  static func version(_ shared: EndpointContext) -> String {
    JSON.object([JSON.Field("version", .string(shared.options.version))]).compact
  }

  static func models(_ shared: EndpointContext) -> String {
    JSON.object([
      JSON.Field("object", .string("list")), JSON.Field("data", .array([card(shared)])),
    ]).compact
  }

  static func model(_ name: String, _ shared: EndpointContext) throws(APIError) -> String {
    try check(model: name, shared)
    return card(shared).compact
  }

  /// Throws unless it is the model that is served; nil is any.
  static func check(model: String?, _ shared: EndpointContext) throws(APIError) {
    let name = shared.options.modelName
    guard let model, model != name else { return }
    throw .notFound("there is no model '\(model)' here, only '\(name)'", field: "model")
  }

  private static func card(_ shared: EndpointContext) -> JSON {
    let name = JSON.string(shared.options.modelName)
    return .object([
      JSON.Field("id", name), JSON.Field("object", .string("model")),
      JSON.Field("created", .integer(Int64(shared.startedAt))),
      JSON.Field("owned_by", .string("kavier")), JSON.Field("root", name),
      JSON.Field("parent", .null),
      JSON.Field("max_model_len", .integer(Int64(shared.contextLength))),
    ])
  }
}
