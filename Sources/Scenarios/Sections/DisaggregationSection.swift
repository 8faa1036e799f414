import ServingModel
import SimKernel
import TextAndBytes

/// `disaggregation`: what the group's replicas do of a request.
struct DisaggregationSection: Sendable {
  var path: String
  var origin: Origin
  var mode: Stated<Mode>?
  var nonCachedTokens: Stated<Int>?
  var bandwidth: Stated<BytesPerSecond>?
  var latency: Stated<SimDuration>?
  var bytesPerToken: Stated<Bytes>?

  /// SGLang's `--disaggregation-mode`.
  enum Mode: String, CaseIterable, Sendable {
    case prefill
    case decode

    /// What the scenario reference says of it.
    var meaning: String {
      switch self {
      case .prefill: "they compute prompts for the groups that decode"
      case .decode: "they answer requests whose prompts the groups that prefill have computed"
      }
    }
  }

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "Prompts are computed on one side and answered on the other: [Disaggregation]"
        + "(Disaggregation.md). Groups of both modes have the same model and, where there are any, "
        + "the same `served_model_name` and `region`.")
    mode = fields.choice(
      "mode", of: Mode.self, "What the replicas do: SGLang's `--disaggregation-mode`.",
      .required("prefill or decode"), each: \.meaning)
    nonCachedTokens = fields.wholeNumber(
      "non_cached_tokens", in: 0...10_000_000,
      "A replica that decodes computes a prompt itself when its prefix cache lacks so many tokens of "
        + "it at most: llm-d's `nonCachedTokens`. Only with `mode: decode`.",
      .default("0: prompts are always handed over"))
    bandwidth = fields.quantity(
      "bandwidth", .bandwidth, atLeast: "1 MB/s",
      "What a replica can send of KV entries, and receive at the same time. Transfers share it.",
      .default("the `network` bandwidth of all its accelerators"))
    latency = fields.quantity(
      "latency", .duration, zeroAllowed: true,
      "From when a prompt is computed to when the replica that answers it knows. Only with "
        + "`mode: decode`.", .default("0 s"))
    bytesPerToken = fields.quantity(
      "bytes_per_token", .size, atLeast: "1 B",
      "What the KV entries of a token take, on all accelerators of a replica.",
      .default("counted from the model's shape"))
    fields.finish()
  }
}
