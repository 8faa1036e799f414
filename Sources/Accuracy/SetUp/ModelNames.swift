package import ServingModel
import TextAndBytes

/// Finds models of the catalogue by the many spellings of measurements.
package enum ModelNames {
  /// The model of the first of `names` that means one. Exact names count before similar ones.
  package static func model(_ names: [String]) throws(Unsupported) -> ModelArchitecture {
    let attempts: [(String) -> ModelArchitecture?] = [
      Models.named, { byKey[key($0)] }, { byVersionlessKey[versionlessKey($0)] },
    ]
    for attempt in attempts {
      for name in names {
        if let found = attempt(name) { return found }
      }
    }
    let name = names.last ?? ""
    throw Unsupported(
      "no model \(name.debugDescription) in the catalogue; nearest is \(nearest(to: name))")
  }

  private static func nearest(to name: String) -> String {
    let known = Models.all.map { key($0.id) }
    return Spelling.closest(to: key(name), of: known).map { Models.all[$0].id } ?? ""
  }

  private static let byKey = index(by: key)
  private static let byVersionlessKey = index(by: versionlessKey)

  /// The first model of each key.
  private static func index(by key: (String) -> String) -> [String: ModelArchitecture] {
    var index: [String: ModelArchitecture] = [:]
    for model in Models.all {
      for name in [model.id, model.huggingFaceID].compactMap(\.self) where index[key(name)] == nil {
        index[key(name)] = model
      }
    }
    return index
  }

  /// Letters and digits of the name without its organisation and without what leaves the shape
  /// alone: tuning, number formats and dates.
  static func key(_ name: String) -> String {
    let key = letters(words(name))
    return sameShape[key] ?? key
  }

  /// The same without a version at its end: `mistral-7b-v0.1`.
  static func versionlessKey(_ name: String) -> String {
    let words = words(name)
    guard let last = words.last, last.first == "v", last.dropFirst().allSatisfy(isVersion) else {
      return letters(words)
    }
    return letters(withoutTunings(words.dropLast()))
  }

  private static func letters(_ words: [String]) -> String {
    words.joined().filter { $0.isLetter || $0.isNumber }
  }

  private static func isVersion(_ character: Character) -> Bool {
    character.isNumber || character == "."
  }

  private static func words(_ name: String) -> [String] {
    let base = name.lowercased().split(separator: "/").last ?? ""
    var words = base.split { $0 == "-" || $0 == "_" || $0 == " " }.map(String.init)
      .filter { $0 != "coder" }
    if words.count > 1, makers.contains(words[0]) { words.removeFirst() }
    return withoutTunings(words)
  }

  private static func withoutTunings(_ words: [String]) -> [String] {
    var words = words
    // Benchmarks' accuracy targets: `llama2-70b-99.9`.
    while words.count > 1, let last = words.last,
      tunings.contains(last) || isDate(last) || last.hasPrefix("99")
    {
      words.removeLast()
    }
    return words
  }

  /// `2507`, `0528`.
  private static func isDate(_ word: String) -> Bool {
    word.count == 4 && word.allSatisfy(\.isNumber)
  }

  /// Models outside the catalogue that have the shape of one in it, by their makers' `config.json`.
  private static let sameShape = [
    "qwen205b": "qwen2505b", "qwen215b": "qwen2515b", "qwen27b": "qwen257b",
    "qwen272b": "qwen2572b", "qwq32b": "qwen2532b", "deepseekv31": "deepseekv3",
    "deepseekr1distillllama8b": "llama318b", "deepseekr1distillllama70b": "llama3370b",
    "deepseekr1distillqwen7b": "qwen257b", "deepseekr1distillqwen14b": "qwen2514b",
    "deepseekr1distillqwen32b": "qwen2532b", "codellama7b": "llama27b",
    "codellama13b": "llama213b",
  ]
  private static let makers: Set = ["meta", "nvidia", "amd"]
  private static let tunings: Set = [
    "hf", "instruct", "chat", "base", "it", "thinking", "bf16", "fp16", "fp8", "fp4", "nvfp4",
    "mxfp4", "int8", "int4", "awq", "gptq", "w4a16", "w8a8", "quantized", "dynamic", "kv",
  ]
}
