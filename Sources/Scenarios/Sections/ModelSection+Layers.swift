import ServingModel

/// The parts of a layer, and what they have in common.
extension ModelSection {
  /// `attention`.
  static func attention(_ fields: Fields) -> Attention? {
    defer { fields.finish() }
    fields.introduce(
      "`kv_rank` makes it multi-head latent attention (MLA), which has other fields than `kv_heads` and "
        + "`head_size`.")
    let heads = required(fields, "heads", "the number of query heads", .heads)
    let kvRank = fields.wholeNumber("kv_rank", .heads, "The size of the KV latent of MLA.")
    if fields.isStated("kv_rank") {
      return latent(heads: heads, kvRank: kvRank, fields)
    }
    let kvHeads = fields.wholeNumber(
      "kv_heads", .heads, "The number of KV heads, a divisor of `heads`. Not with `kv_rank`.",
      .default("`heads`"))
    let headSize = required(
      fields, "head_size", "the size of a head, like 128", .heads, "without `kv_rank`")
    guard let heads, let headSize else { return nil }
    if let kvHeads, kvHeads.value > heads || heads % kvHeads.value != 0 {
      fields.issues.add(
        kvHeads.origin, kvHeads.path,
        "found \"\(kvHeads.text)\"; expected a divisor of the \(heads) query heads")
    }
    return .grouped(heads: heads, kvHeads: kvHeads?.value ?? heads, headSize: headSize)
  }

  private static func latent(
    heads: Int?, kvRank: Stated<Int>?, _ fields: Fields
  ) -> Attention? {
    let queryRank = fields.wholeNumber(
      "query_rank", .heads,
      "The size that queries are compressed to, with `kv_rank`. Without it they are not compressed."
    )
    let mla = "with `kv_rank`"
    let nope = required(fields, "nope_size", "the head size without rotary part", .heads, mla)
    let rope = required(fields, "rope_size", "the size of the rotary part", .heads, mla)
    let value = required(fields, "value_size", "the head size of values", .heads, mla)
    guard let heads, let kvRank, let nope, let rope, let value else { return nil }
    return .latent(
      heads: heads, queryRank: queryRank?.value, kvRank: kvRank.value, nopeSize: nope,
      ropeSize: rope, valueSize: value)
  }

  /// `feed_forward`. `layers`: how many the model has; nil: that is a problem already.
  static func feedForward(_ fields: Fields, layers: Int?) -> FeedForward? {
    defer { fields.finish() }
    fields.introduce(
      "`experts` makes it a mixture of experts, which has other fields than `intermediate_size`.")
    let gated =
      fields.flag(
        "gated", "Three matrices (SwiGLU); otherwise two.", .default("true"))?.value ?? true
    let experts = fields.wholeNumber(
      "experts", .experts, "The number of routed experts of a layer.")
    if fields.isStated("experts") {
      return mixture(of: experts, gated: gated, layers: layers, fields)
    }
    let size = required(
      fields, "intermediate_size", "the inner width, like 14336", .width, "without `experts`")
    return size.map { .dense(intermediateSize: $0, gated: gated) }
  }

  private static func mixture(
    of experts: Stated<Int>?, gated: Bool, layers: Int?, _ fields: Fields
  ) -> FeedForward? {
    let mixture = "with `experts`"
    let topK = required(fields, "top_k", "how many experts a token is routed to", .topK, mixture)
    let size = required(fields, "expert_size", "the inner width of an expert", .width, mixture)
    let shared = fields.wholeNumber(
      "shared_size", in: 0...1_000_000,
      "With `experts`: the inner width of all shared experts together.", .default("0"))
    let moeLayers = fields.wholeNumber(
      "moe_layers", .layers, "With `experts`: how many layers have experts.",
      .default("all layers"))
    let dense = fields.wholeNumber(
      "dense_size", in: 0...1_000_000,
      "With `experts`: the inner width of the layers that have none.", .default("0"))
    let expertLayers = moeLayers?.value ?? layers
    guard let experts = experts?.value, let topK, let size, let expertLayers else { return nil }
    if topK > experts { fields.problem("top_k \(topK) is more than the \(experts) experts") }
    if let layers, expertLayers > layers {
      fields.problem("moe_layers \(expertLayers) is more than the model's \(layers) layers")
    }
    return .mixture(
      experts: experts, topK: topK, expertSize: size, sharedSize: shared?.value ?? 0,
      moeLayers: expertLayers, denseSize: dense?.value ?? 0, gated: gated)
  }

  /// A size that has to be stated, in the circumstances that `condition` names; `asked` is what
  /// it is, like "the number of layers".
  static func required(
    _ fields: Fields, _ name: String, _ asked: String, _ bounds: Bounds<Int> = .width,
    _ condition: String = ""
  ) -> Int? {
    let meaning = asked.prefix(1).uppercased() + asked.dropFirst() + "."
    return fields.wholeNumber(name, bounds, meaning, .required(asked, condition))?.value
  }
}
