import TraceArchive

/// Answers that are always the same.
enum StaticPages {
  static func version(_ shared: EndpointContext) -> String {
    JSON.object([JSON.Field("version", .string(shared.options.version))]).compact
  }

  static func models(_ shared: EndpointContext) -> String {
    let name = JSON.string(shared.options.modelName)
    return JSON.object([
      JSON.Field("object", .string("list")),
      JSON.Field(
        "data",
        .array([
          .object([
            JSON.Field("id", name), JSON.Field("object", .string("model")),
            JSON.Field("created", .integer(Int64(shared.startedAt))),
            JSON.Field("owned_by", .string("kavier")), JSON.Field("root", name),
            JSON.Field("parent", .null),
            JSON.Field("max_model_len", .integer(Int64(shared.contextLength))),
          ])
        ])),
    ]).compact
  }
}
