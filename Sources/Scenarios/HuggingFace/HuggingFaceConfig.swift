package import ServingModel
import TextAndBytes

/// Why a `config.json` does not describe a model, everything at once.
package struct HuggingFaceConfigError: Error, Hashable, Sendable {
  package struct Problem: Hashable, Sendable {
    /// `num_hidden_layers`; empty: the file as a whole.
    package var field: String
    package var message: String
  }

  package var problems: [Problem]

  init(_ problems: [Problem]) { self.problems = problems }

  init(_ field: String, _ message: String) {
    problems = [Problem(field: field, message: message)]
  }
}

/// Reads Hugging Face's `config.json` of a language model.
package enum HuggingFaceConfig {
  /// The model that the bytes of a `config.json` describe. Parameters are not declared there, so
  /// they are counted. `id` names the model in reports, `source` says where the bytes are from.
  package static func model(
    from json: [UInt8], id: String, source: String
  ) throws(HuggingFaceConfigError) -> ModelArchitecture {
    let text = json.starts(with: byteOrderMark) ? json.dropFirst(byteOrderMark.count) : json[...]
    guard let root = try? JSON(Array(text).span).fields else {
      throw HuggingFaceConfigError("", "not a JSON object")
    }
    var fields = ConfigFields(root)
    guard let type = fields.text("model_type") else {
      throw HuggingFaceConfigError("model_type", "missing")
    }
    guard let family = ConfigFamily.named(type) else {
      let known = ConfigFamily.all.flatMap(\.types).sorted().joined(separator: ", ")
      throw HuggingFaceConfigError(
        "model_type", "\"\(type)\" is not supported; supported are \(known)")
    }
    let model = family.model(from: &fields, id: id, source: source)
    if fields.problems.isEmpty, ParameterCount(model).total > mostParameters {
      fields.problem("", "the model has more than 100 trillion parameters")
    }
    guard fields.problems.isEmpty else {
      throw HuggingFaceConfigError(fields.problems)
    }
    return model
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Beyond all models and short of what makes a step too long for the clock.
  private static let mostParameters = 1e14
}

extension ConfigFamily {
  fileprivate func model(
    from fields: inout ConfigFields, id: String, source: String
  ) -> ModelArchitecture {
    let layers = fields.layers(self)
    let hidden = fields.size("hidden_size", "n_embd", "d_model")
    let attention = fields.attention(self, hidden: hidden)
    let feedForward = fields.feedForward(self, layers: layers, hidden: hidden)
    let quantization = fields.quantization()
    var model = ModelArchitecture(
      id: id, layers: layers, hiddenSize: hidden, attention: attention,
      outputGate: fields.flag("attn_output_gate", otherwise: outputGate) && outputGate,
      feedForward: feedForward,
      vocabularySize: fields.size("vocab_size", within: .vocabulary),
      tiedEmbeddings: fields.flag(
        "tie_word_embeddings", otherwise: fields.flag("tie_embedding", otherwise: tiedByDefault)),
      layerKinds: fields.layerKinds(self, layers: layers, hidden: hidden),
      maxContext: fields.optionalSize("max_position_embeddings", within: .context)
        ?? maxContextByDefault,
      nativeFormat: fields.tensorFormat, towerParameters: fields.towerParameters(hidden: hidden),
      source: source, note: indexed ? "its sparse indexer is not modelled" : "")
    // Parts of a shape that is none cannot be counted.
    if fields.problems.isEmpty, let quantization = quantization?.weights(of: model) {
      model.nativeFormat = quantization.format
      model.quantization = quantization.isUsual(of: model) ? nil : quantization
    }
    return model
  }
}
