/// The KV cache's growth with one token of context, on one accelerator of a tensor-parallel group
/// that holds all layers.
package struct KVSize: Hashable, Sendable {
  /// In layers that keep the whole context.
  package var full: Bytes
  /// In layers that keep a window; they stop growing when it is full.
  package var windowed: Bytes
  /// State of linear layers, fixed for a sequence whatever its length.
  package var state: Bytes

  /// KV heads are dealt out over the group, replicated when there are fewer; an MLA latent is
  /// whole on every accelerator. States are fp32, as vLLM keeps them for the models here.
  package init(_ model: ModelArchitecture, format: NumberFormat, tensorParallel: Int = 1) {
    let kinds = model.layerKinds
    full =
      Bytes(model.attention.kvValues(tensorParallel) * format.bytes) * Double(kinds.full)
    windowed =
      Bytes(model.windowedAttention.kvValues(tensorParallel) * format.bytes)
      * Double(kinds.windowed)
    state =
      Bytes(Double(kinds.linearState) * NumberFormat.float32.bytes) * Double(kinds.linear)
      / Double(tensorParallel)
  }
}

extension Attention {
  /// Values that one token leaves in one layer's cache on one accelerator.
  func kvValues(_ tensorParallel: Int) -> Double {
    switch self {
    case .grouped(_, let kvHeads, let size): Double(2 * share(kvHeads, tensorParallel) * size)
    case .latent(_, _, let kvRank, _, let ropeSize, _): Double(kvRank + ropeSize)
    }
  }
}
