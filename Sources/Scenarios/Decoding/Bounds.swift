/// What numbers of files may be: the one table of bounds.
///
/// They are wider than anything that is built or measured, and narrow enough that no arithmetic
/// between a file and a report leaves what its type holds. Quantities with a unit have theirs in
/// `Units`. The scenario reference has both.
struct Bounds<Number: Comparable & Sendable>: Sendable {
  /// What is bounded, for people.
  var name: String
  var range: ClosedRange<Number>
  /// 0 is allowed, too, where the field allows it.
  var words: String

  init(_ name: String, _ range: ClosedRange<Number>, _ words: String) {
    self.name = name
    self.range = range
    self.words = words
  }
}

extension Bounds where Number == Double {
  static let money = Bounds("an amount of money", 1e-9...1e12, "0.000000001 to 1e12")
  static let share = Bounds("a share", 1e-9...1, "0.000000001 to 1")
  static let kilowatts = Bounds("kW an accelerator", 1e-6...1e6, "0.000001 to 1000000")
  static let usageEffectiveness = Bounds("a pue", 1...100, "1 to 100")
  static let exponent = Bounds("a sigma or a zipf", 1e-9...100, "0.000000001 to 100")
  static let tokens = Bounds("a median or a scale", 1e-6...2_147_483_647, "0.000001 to 2147483647")
  static let shape = Bounds("a shape", 1e-3...1e9, "0.001 to 1000000000")
  static let turns = Bounds("a mean number of turns", 1...1e6, "1 to 1000000")
  static let curve = Bounds("a parameter of a power curve", 1e-3...1000, "0.001 to 1000")
  static let parameters = Bounds("declared parameters", 1...1e14, "1 to 1e14")
  static let factor = Bounds("a factor of a profile", 1e-6...1e6, "0.000001 to 1000000")
  static let error = Bounds("an error of a profile", 1e-9...1e6, "0.000000001 to 1000000")

  static let swapSpace = Bounds("a swap_space", 1e-9...1e6, "0.000000001 to 1000000")
  static let queue = Bounds("a target", 1e-3...1e9, "0.001 to 1000000000")

  static let all = [
    money, share, kilowatts, usageEffectiveness, exponent, tokens, shape, turns, curve,
    parameters, factor, error, swapSpace, queue,
  ]
}

/// Sizes of models, in scenarios and in config.json alike: so that no product of those that make up
/// a count of bytes or operations overflows.
extension Bounds where Number == Int {
  static let layers = Bounds("layers", 1...10_000, "1 to 10000")
  static let width = Bounds("a width in a model", 1...1_000_000, "1 to 1000000")
  static let heads = Bounds("heads, and sizes of one", 1...100_000, "1 to 100000")
  static let stateSizes = Bounds("sizes of a layer's state", 1...10_000, "1 to 10000")
  static let experts = Bounds("experts", 1...100_000, "1 to 100000")
  static let topK = Bounds("experts a token", 1...1000, "1 to 1000")
  static let vocabulary = Bounds("a vocabulary", 1...100_000_000, "1 to 100000000")
  static let context = Bounds("a context", 1...1_000_000_000, "1 to 1000000000")

  // Of an engine, in scenarios, servers.yaml and recordings alike.
  static let sequences = Bounds("max_num_seqs", 1...1_000_000, "1 to 1000000")
  static let batchedTokens = Bounds("max_num_batched_tokens", 1...10_000_000, "1 to 10000000")
  static let modelLength = Bounds("max_model_len", 1...Int(Int32.max), "1 to 2147483647")
  static let blockSize = Bounds("block_size", 1...4096, "1 to 4096")
  static let blocks = Bounds("num_gpu_blocks", 2...1_000_000_000, "2 to 1000000000")

  static let sizes = [
    layers, width, heads, experts, topK, vocabulary, context, sequences, batchedTokens,
    modelLength, blockSize, blocks,
  ]
}
