import ServingModel
import TextAndBytes

/// `quantization_config` of a `config.json`: which weights are in how many bits. Keys are those of
/// Transformers, compressed-tensors and NVIDIA Model Optimizer, as vLLM reads them
/// (vllm/model_executor/layers/quantization, 0.15).
struct ConfigQuantization {
  /// What the file says of weights.
  struct Weights: Hashable, Sendable {
    var format: NumberFormat
    var scheme: WeightScheme
    /// Modules they hold for; empty: all that are linear.
    var targets: [String]
  }

  /// In the order of the file.
  private(set) var weights: [Weights] = []
  /// Modules that stay as they are.
  private(set) var ignored: [String] = []

  private static let methods = [
    "auto-round", "awq", "bitsandbytes", "compressed-tensors", "fbgemm_fp8", "fp8", "gptq",
    "modelopt", "modelopt_fp4", "mxfp4",
  ]

  init(_ fields: ConfigFields, problem: (_ field: String, _ message: String) -> Void) {
    let method = fields.text("quant_method") ?? (fields.text("quant_algo") == nil ? "" : "modelopt")
    let names = ["ignore", "exclude_modules", "modules_to_not_convert", "ignored_layers"]
    ignored = names.flatMap { fields.words($0) ?? [] }
    let groups = fields.fields("config_groups")?.allFields ?? []
    switch method {
    case _ where !groups.isEmpty: weights = groups.compactMap { Self.weights(of: $0) }
    case "fp8", "fbgemm_fp8": weights = [Self.all(.float8, .plain)]
    case "mxfp4": weights = [Weights(format: .float4, scheme: .mx, targets: ["experts"])]
    case "awq", "gptq", "auto-round", "auto_round": weights = Self.integers(fields)
    case "bitsandbytes":
      // A scale of 32 bits for 64 values takes as much as one of 8 bits for 16.
      weights = [
        fields.flag("load_in_4bit", otherwise: false)
          ? Self.all(.int4, .nvfp4) : Self.all(.int8, .plain)
      ]
    case "modelopt", "modelopt_fp4": weights = Self.modelOptimizer(fields)
    default: break
    }
    if weights.isEmpty { Self.refuse(method, fields, problem) }
  }

  private static func all(_ format: NumberFormat, _ scheme: WeightScheme) -> Weights {
    Weights(format: format, scheme: scheme, targets: [])
  }

  private static func integers(_ fields: ConfigFields) -> [Weights] {
    switch fields.number("bits") ?? fields.number("w_bit") ?? 4 {
    case 8: return [all(.int8, .plain)]
    case 4:
      let size = fields.number("group_size") ?? fields.number("q_group_size") ?? 128
      return [all(.int4, size > 0 ? .grouped(size) : .plain)]
    default: return []
    }
  }

  private static func modelOptimizer(_ fields: ConfigFields) -> [Weights] {
    switch fields.text("quant_algo") ?? "" {
    case let algorithm where algorithm.contains("NVFP4"): [all(.float4, .nvfp4)]
    case let algorithm where algorithm.contains("MXFP4"): [all(.float4, .mx)]
    case let algorithm where algorithm.contains("FP8"): [all(.float8, .plain)]
    case let algorithm where algorithm.contains("W4A16"): [all(.int4, .grouped(128))]
    default: []
    }
  }

  /// One of `config_groups`.
  private static func weights(of group: ConfigFields) -> Weights? {
    guard let stated = group.fields("weights") else { return nil }
    let isFloat = stated.text("type") == "float"
    let size = stated.number("group_size") ?? 0
    let targets = (group.words("targets") ?? []).filter { $0 != "Linear" }
    switch stated.number("num_bits") {
    case 8: return Weights(format: isFloat ? .float8 : .int8, scheme: .plain, targets: targets)
    case 4 where isFloat:
      return Weights(format: .float4, scheme: size == 32 ? .mx : .nvfp4, targets: targets)
    case 4:
      return Weights(
        format: .int4, scheme: size > 0 ? .grouped(size) : .plain, targets: targets)
    default: return nil
    }
  }

  private static func refuse(
    _ method: String, _ fields: ConfigFields, _ problem: (String, String) -> Void
  ) {
    if methods.contains(method) {
      problem(
        "quantization_config",
        "nothing says which of 4 and 8 bits the weights of \"\(method)\" have")
    } else {
      problem(
        "quantization_config.quant_method",
        "\"\(method)\" is not supported; supported are " + methods.joined(separator: ", "))
    }
  }
}

// MARK: - By parts of a model

extension ConfigQuantization {
  /// The format and scheme of the narrowest weights, and the parts that have others.
  func weights(of model: ModelArchitecture) -> WeightQuantization? {
    guard let narrowest = weights.min(by: { $0.format.bytes < $1.format.bytes }) else { return nil }
    var quantization = WeightQuantization(format: narrowest.format, scheme: narrowest.scheme)
    for part in Self.parts(of: model) {
      guard let stored = weights(of: part, layers: model.layers) else {
        quantization.unquantised.insert(part)
        continue
      }
      if stored.format.bytes > narrowest.format.bytes { quantization.eightBits.insert(part) }
    }
    return quantization
  }

  /// nil: they stay as they are.
  private func weights(of part: WeightMatrix.Part, layers: Int) -> Weights? {
    let names = ModuleNames(part)
    guard !names.areMeant(by: ignored, layers: layers) else { return nil }
    let named = weights.first {
      !$0.targets.isEmpty && names.areMeant(by: $0.targets, layers: layers)
    }
    return named ?? weights.first { $0.targets.isEmpty }
  }

  /// Those that can be quantised.
  fileprivate static func parts(of model: ModelArchitecture) -> [WeightMatrix.Part] {
    let present = Set(model.matrices().map(\.part))
    return [.attention, .linearAttention, .feedForward, .sharedExpert, .expert]
      .filter(present.contains)
  }
}

extension WeightQuantization {
  /// Whether it is what the format alone says.
  func isUsual(of model: ModelArchitecture) -> Bool {
    let stated = Precision(self)
    let usual = Precision(weights: format, of: model)
    return ConfigQuantization.parts(of: model).allSatisfy {
      stated.format(of: $0) == usual.format(of: $0)
        && stated.storedBytes(of: $0) == usual.storedBytes(of: $0)
    }
  }
}

/// What the modules of a part are called in checkpoints.
private struct ModuleNames {
  let part: WeightMatrix.Part

  init(_ part: WeightMatrix.Part) { self.part = part }

  /// Whether patterns (plain names, `*` wildcards, or regular expressions after `re:`) mean most of the
  /// part: those without a layer's number the whole, the others a layer each.
  func areMeant(by patterns: [String], layers: Int) -> Bool {
    var numbered: Set<Substring> = []
    for pattern in patterns.map({ $0.lowercased() }) where isNamed(in: pattern) {
      guard let number = Self.layer(in: pattern) else { return true }
      numbered.insert(number)
    }
    return 2 * numbered.count >= max(1, layers) && !numbered.isEmpty
  }

  private func isNamed(in pattern: String) -> Bool {
    let isShared = pattern.contains("shared_expert")
    let isLinear = ["linear_attn", "mamba", "mixer"].contains { pattern.contains($0) }
    switch part {
    case .attention:
      return pattern.contains("attn") && !isLinear && !Self.isMinor(pattern)
        || pattern.contains("attention") && !isLinear
    case .linearAttention: return isLinear && !pattern.contains("conv1d")
    case .sharedExpert: return isShared && !pattern.contains("gate\\b")
    case .expert: return pattern.contains("experts") && !isShared
    case .feedForward:
      return pattern.contains("mlp") && !pattern.contains("expert")
        && !pattern.hasSuffix("mlp.gate") && !pattern.hasSuffix("mlp.gate$")
    case .embedding, .head, .router: return false
    }
  }

  /// A small matrix of a larger part.
  private static func isMinor(_ pattern: String) -> Bool {
    ["kv_b_proj", "k_norm", "q_norm", "indexer", "rotary", "visual", "vision"]
      .contains { pattern.contains($0) }
  }

  /// `12` in `model.layers.12.self_attn`; nil: no layer's, or every layer's.
  private static func layer(in pattern: String) -> Substring? {
    guard let range = pattern.firstRange(of: "layers.") else { return nil }
    let digits = pattern[range.upperBound...].prefix { $0.isNumber }
    return digits.isEmpty ? nil : digits
  }
}
