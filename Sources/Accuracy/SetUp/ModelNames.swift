package import ServingSim
import TraceArchive

/// Finds models of the catalogue by the many spellings of measurements.
package enum ModelNames {
  /// The model of the first of `names` that means one. Exact names count before similar ones.
  package static func model(_ names: [String]) throws(Unsupported) -> ModelArchitecture {
    let attempts: [(String) -> ModelArchitecture?] = [
      Models.named, { find($0, key: key) }, { find($0, key: versionlessKey) },
    ]
    for attempt in attempts {
      for name in names {
        if let found = attempt(name) { return found }
      }
    }
    let name = names.last ?? ""
    let known = Models.all.map(\.id)
    throw Unsupported(
      "no model \(name.debugDescription) in the catalogue\(Spelling.hint(for: name, of: known))")
  }

  private static func find(_ name: String, key: (String) -> String) -> ModelArchitecture? {
    let wanted = key(name)
    guard !wanted.isEmpty else { return nil }
    return Models.all.first { model in
      key(model.id) == wanted || model.huggingFaceID.map(key) == wanted
    }
  }

  /// Letters and digits of the name without its organisation and without what leaves the shape
  /// alone: tuning, number formats and dates.
  static func key(_ name: String) -> String {
    let key = letters(words(name))
    return sameShape[key] ?? key
  }

  /// The same without a version at its end: `mistral-7b-v0.1`.
  static func versionlessKey(_ name: String) -> String {
    var words = words(name)
    if let last = words.last, last.first == "v", last.dropFirst().allSatisfy(isVersion) {
      words.removeLast()
    }
    return letters(words)
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
