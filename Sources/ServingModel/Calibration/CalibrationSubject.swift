/// What steps are priced for: everything that a calibration may depend on.
package struct CalibrationSubject: Sendable {
  package var model: ModelArchitecture
  package var accelerator: Accelerator
  package var parallelism: Parallelism
  package var precision: Precision
  /// `vllm`, `tensorrt-llm`, `sglang` ...
  package var engine: String
  /// As its makers number it; nil: the newest.
  package var engineVersion: String?

  /// Whose servers and load generator these are, where that is known to matter: their settings
  /// are not stated with their measurements. nil: a server as it comes.
  package var harness: String?

  package init(
    model: ModelArchitecture, accelerator: Accelerator, parallelism: Parallelism,
    precision: Precision, engine: String, engineVersion: String? = nil, harness: String? = nil
  ) {
    self.model = model
    self.accelerator = accelerator
    self.parallelism = parallelism
    self.precision = precision
    self.engine = engine
    self.engineVersion = engineVersion
    self.harness = harness
  }

  /// What the subject is, in the words that effects of a profile go by.
  package var traits: [Trait] {
    var traits: [Trait] = [
      Trait(.engine, engine),
      Trait(.era, EngineEra.name(of: engine, version: engineVersion)),
      Trait(.architecture, accelerator.architecture),
      Trait(.accelerator, accelerator.chip),
      Trait(.layers, precision.layers.rawValue),
      Trait(.kvCache, precision.kvCache.rawValue),
      Trait(.tensorDoublings, weight: Double(parallelism.tensor.doublings)),
    ]
    if let software = accelerator.earlySoftware(of: engine, version: engineVersion) {
      traits.append(Trait(.software, software))
    }
    if parallelism.data > 1 { traits.append(Trait(.dataParallel, engine)) }
    if let harness { traits.append(Trait(.harness, "\(engine) \(harness)")) }
    if model.feedForward.isMixture {
      let format = precision.experts.rawValue
      traits.append(Trait(.experts, format))
      traits.append(Trait(.expertKernel, "\(engine) \(format)"))
      traits.append(Trait(.expertSize, weight: expertDoublings))
    }
    return traits
  }

  /// How often the matrix of an expert on one accelerator is twice as large as one of 2 x 2 Ki.
  private var expertDoublings: Double {
    let expert = model.matrices(parallelism).first { $0.part == .expert }
    let values = expert.map { $0.inputs * $0.outputs } ?? 1
    return Double((values >> 22).doublings)
  }
}

/// One thing that a subject is, or how much of it.
package struct Trait: Hashable, Sendable {
  package enum Dimension: String, CaseIterable, Sendable {
    case engine, era, architecture, accelerator, layers, experts
    /// The engine with the format of the experts: which kernel they run in.
    case expertKernel = "expert_kernel"
    case kvCache = "kv_cache"
    /// Kernels of a time when a maker's were not yet what they became.
    case software
    /// The engine that runs data-parallel attention.
    case dataParallel = "data_parallel"
    /// The engine with whose set-up it is.
    case harness
    /// Counted: log2 of the tensor-parallel size, and of the experts' size.
    case tensorDoublings = "tensor_doublings"
    case expertSize = "expert_size"

    /// Of such a dimension a subject has more or less, and no name.
    package var isCounted: Bool { self == .tensorDoublings || self == .expertSize }
  }

  package var dimension: Dimension
  /// Empty for what is counted.
  package var value: String
  package var weight: Double

  package init(_ dimension: Dimension, _ value: String = "", weight: Double = 1) {
    self.dimension = dimension
    self.value = value
    self.weight = weight
  }
}

/// Versions of an engine that are alike in speed.
package enum EngineEra {
  /// `vllm 0.13-`: the engine with the range of versions that `version` is in. A version that
  /// says nothing, such as a nightly build, is of the newest.
  package static func name(of engine: String, version: String?) -> String {
    guard let eras = eras[engine], let newest = eras.last else { return engine }
    let number = version.flatMap(number) ?? .infinity
    let era = eras.last { number >= $0.from } ?? newest
    return "\(engine) \(era.name)"
  }

  /// Where measurements of one engine part: vLLM before its V1 engine, with it, and with
  /// scheduling beside execution; TensorRT-LLM of 2024, with C++ sessions, and with PyTorch.
  private static let eras: [String: [(from: Double, name: String)]] = [
    "vllm": [(0, "2023"), (4, "0.4-0.7"), (8, "0.8-0.12"), (13, "0.13-")],
    "tensorrt-llm": [(0, "2024"), (14, "0.14-0.20"), (100, "1.0-")],
  ]

  /// `0.15.1` as 15, `1.2` as 102, and years as the versions of their time.
  static func number(_ version: String) -> Double? {
    if version.contains("2023") { return 3 }
    if version.contains("2024") { return 6 }
    let words = version.split { !($0.isNumber || $0 == ".") }
    for word in words where word.contains(".") {
      let parts = word.split(separator: ".").compactMap { Double($0) }
      guard parts.count >= 2, parts[0] < 100 else { continue }
      return parts[0] * 100 + parts[1]
    }
    return nil
  }
}

extension Int {
  /// The whole part of its binary logarithm; 0 below 2.
  fileprivate var doublings: Int { self < 2 ? 0 : bitWidth - 1 - leadingZeroBitCount }
}

extension Accelerator {
  /// The generation its kernels are written for: `hopper`. Its maker where generations are not
  /// told apart here.
  package var architecture: String {
    for (architecture, products) in Self.generations
    where products.contains(where: id.hasPrefix) { return architecture }
    return vendor.lowercased()
  }

  /// AMD's Instinct with vLLM of 2024: measured products reach a fifth of what later kernels do.
  fileprivate func earlySoftware(of engine: String, version: String?) -> String? {
    guard vendor == "AMD", engine == "vllm", let version,
      let number = EngineEra.number(version), number < 8
    else { return nil }
    return "rocm 2024"
  }

  /// The accelerator whose chip it has: what kernels reach of its peaks is one chip's, whatever memory or
  /// board it comes with.
  package var chip: String {
    Self.chips.first { $0.boards.contains(id) }?.chip ?? id
  }

  private static let chips: [(chip: String, boards: Set<String>)] = [
    ("a10", ["a10g"]), ("a100-sxm-80", ["a100-sxm-40", "a100-pcie-40", "a100-pcie-80"]),
    ("l40s", ["l40", "rtx-6000-ada"]), ("h100-sxm", ["h100-pcie", "h100-nvl", "gh200"]),
    ("b200-sxm", ["gb200"]), ("b300-sxm", ["gb300"]), ("mi300x", ["mi325x"]),
    ("mi355x", ["mi350x"]),
  ]

  private static let generations: [(String, [String])] = [
    ("hopper", ["h100", "h200", "h20", "gh200"]),
    ("blackwell", ["b200", "gb200", "b300", "gb300"]),
    ("ampere", ["a100", "a10", "a30", "a40"]),
    ("ada", ["l4", "rtx-4090", "rtx-6000-ada", "rtx-pro-6000"]),
    ("volta", ["v100", "t4"]),
    ("cdna", ["mi"]),
  ]
}
