import ServingModel
import SimKernel
import TextAndBytes

/// `kv_offloading`: where a group's replicas keep KV entries outside of their accelerators.
struct OffloadingSection: Sendable {
  var path: String
  var origin: Origin
  var cpuBytes: Stated<Bytes>?
  var bandwidth: Stated<BytesPerSecond>?
  var bytesPerToken: Stated<Bytes>?
  var minLoadTokens: Stated<Int>?
  var load: Stated<Load>?
  var secondaryTiers: [Tier]

  /// When KV entries are loaded.
  enum Load: String, CaseIterable, Sendable {
    case always
    case ifFaster = "if_faster"

    /// What the scenario reference says of it.
    var meaning: String {
      switch self {
      case .always: "whatever a tier has is loaded: vLLM's way"
      case .ifFaster:
        "what would take longer to load, with nothing else under way, than to compute in a step of its "
          + "own is computed"
      }
    }
  }

  /// vLLM's `locality`.
  enum Locality: String, CaseIterable, Sendable {
    case local
    case remote

    /// What the scenario reference says of it.
    var meaning: String {
      switch self {
      case .local: "each engine has one of its own, as on a disk of its node"
      case .remote: "one for all engines of all groups that name it"
      }
    }
  }

  /// An entry of `secondary_tiers`.
  struct Tier: Sendable {
    var path: String
    var origin: Origin
    var name: Stated<String>?
    var locality: Stated<Locality>?
    var bytes: Stated<Bytes>?
    var bandwidth: Stated<BytesPerSecond>?
    var totalBandwidth: Stated<BytesPerSecond>?
    var latency: Stated<SimDuration>?

    init(_ fields: Fields) {
      path = fields.path
      origin = fields.origin
      fields.introduce(
        "A tier behind the host's memory, like a disk or a store on the network. Tiers are asked in "
          + "their order.")
      name = fields.text("name", "What the tier is called.", .required("a name like nvme"))
      locality = fields.choice(
        "locality", of: Locality.self, "Whose it is: vLLM's `locality`.", .default("local"),
        each: \.meaning)
      bytes = fields.quantity(
        "bytes_to_use", .size, atLeast: "1 MiB", "What it holds.", .required("a size like 4 TiB"))
      bandwidth = fields.quantity(
        "bandwidth", .bandwidth, atLeast: "1 MB/s",
        "What comes from it to the host of one engine. Loads share it.",
        .required("a bandwidth like 6 GB/s"))
      totalBandwidth = fields.quantity(
        "total_bandwidth", .bandwidth, atLeast: "1 MB/s",
        "What comes from it to all engines together. Only with `locality: remote`; groups that name "
          + "the tier state the same.", .default("no limit beside those of the engines"))
      latency = fields.quantity(
        "latency", .duration, zeroAllowed: true, "Before anything of a load comes.",
        .default("0 s"))
      fields.finish()
    }
  }

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "KV entries of prompts are kept in the host's memory and in tiers behind it, and come back from "
        + "there: [KV offloading](KVOffloading.md). Names are those of vLLM's OffloadingConnector.")
    cpuBytes = fields.quantity(
      "cpu_bytes_to_use", .size, atLeast: "1 MiB",
      "Memory of the host that an engine keeps KV entries in: vLLM's `cpu_bytes_to_use`.",
      .required("a size like 64 GiB"))
    bandwidth = fields.quantity(
      "bandwidth", .bandwidth, atLeast: "1 MB/s",
      "What comes from the host's memory to the accelerators of an engine. Loads share it.",
      .default("the host links of all its accelerators"))
    bytesPerToken = fields.quantity(
      "bytes_per_token", .size, atLeast: "1 B",
      "What the KV entries of a token take, on all accelerators of an engine.",
      .default("counted from the model's shape"))
    minLoadTokens = fields.wholeNumber(
      "min_load_tokens", in: 0...10_000_000, "Fewer tokens are not loaded but computed.",
      .default("0"))
    load = fields.choice(
      "load", of: Load.self, "When KV entries are loaded.", .default("always"), each: \.meaning)
    secondaryTiers = fields.mappings(
      "secondary_tiers",
      "Tiers behind the host's memory: vLLM's `secondary_tiers`. Every prompt goes to all of them."
    ).map { Tier($0) }
    fields.finish()
  }
}
