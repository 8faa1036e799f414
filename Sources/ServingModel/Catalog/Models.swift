/// The models a scenario can name. A new one is one entry in the list of its maker.
package enum Models {
  package static let all: [ModelArchitecture] =
    metaLlama + qwen2 + qwen3 + mistral + deepSeek + moonshot + google + openAI + nvidia
    + microsoft + zhipu + miniMax + ibm + ai2 + early + others

  /// The model of that catalogue name or Hugging Face repository, whatever its case. Variants that
  /// share the architecture find it too: `meta-llama/Llama-3.1-8B-Instruct`, with or without its owner.
  package static func named(_ name: String) -> ModelArchitecture? {
    let wanted = name.lowercased()
    if let exact = all.first(where: {
      $0.id == wanted || $0.huggingFaceID?.lowercased() == wanted
    }) {
      return exact
    }
    let name = architectureName(wanted)
    guard wanted.contains("/") else {
      return all.first {
        $0.id == name
          || $0.huggingFaceID.map { architectureName($0).split(separator: "/").last } == name[...]
      }
    }
    return all.first { $0.huggingFaceID.map(architectureName) == name }
  }

  /// A Hugging Face name without what tunes a model but leaves its shape alone.
  private static func architectureName(_ name: String) -> String {
    var base = name.lowercased()
    for suffix in ["-hf", "-instruct", "-chat", "-base", "-it", "-bf16"] {
      if base.hasSuffix(suffix) { base.removeLast(suffix.count) }
    }
    return base.split(separator: "/").map { part in
      part.hasPrefix("meta-llama-") ? part.dropFirst("meta-".count) : part
    }.joined(separator: "/")
  }
}
