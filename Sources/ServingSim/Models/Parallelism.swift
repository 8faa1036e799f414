/// How one replica spreads a model over accelerators.
package struct Parallelism: Hashable, Sendable {
  /// Accelerators that share every matrix of a layer (`tensor_parallel_size`).
  package var tensor: Int
  /// Stages that the layers are split into (`pipeline_parallel_size`).
  package var pipeline: Int

  package init(tensor: Int = 1, pipeline: Int = 1) {
    precondition(tensor >= 1 && pipeline >= 1, "a parallel size below one")
    self.tensor = tensor
    self.pipeline = pipeline
  }

  /// Accelerators a replica occupies.
  package var accelerators: Int { tensor * pipeline }

  /// Why the model cannot be split this way, in sentences; empty when it can. The rules are
  /// vLLM's: attention heads are dealt out whole, KV heads are dealt out or replicated whole.
  package func issues(for model: ModelArchitecture) -> [String] {
    var issues: [String] = []
    for attention in model.attentions {
      if attention.heads % tensor != 0 {
        issues.append(
          "\(model.id) has \(attention.heads) attention heads, which tensor_parallel_size "
            + "\(tensor) does not divide")
      }
      if case .grouped(_, let kvHeads, _) = attention,
        kvHeads % tensor != 0, tensor % kvHeads != 0
      {
        issues.append(
          "\(model.id) has \(kvHeads) KV heads: tensor_parallel_size \(tensor) must divide "
            + "them or be a multiple of them")
      }
    }
    if pipeline > model.layers {
      issues.append(
        "\(model.id) has \(model.layers) layers, too few for pipeline_parallel_size \(pipeline)")
    }
    return issues
  }
}
