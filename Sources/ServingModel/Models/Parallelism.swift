/// How one replica spreads a model over accelerators.
package struct Parallelism: Hashable, Sendable {
  /// Accelerators that share every matrix of a layer (`tensor_parallel_size`).
  package var tensor: Int
  /// Stages that the layers are split into (`pipeline_parallel_size`).
  package var pipeline: Int
  /// Ranks that each hold all of attention and share the experts (`data_parallel_size`). Every
  /// rank schedules for itself. A step's price takes the others to carry the same load, unless it
  /// is asked for the step of all.
  package var data: Int
  /// Accelerators that the experts are dealt out to whole (`enable_expert_parallel`: tensor x
  /// data); 1: every expert is cut up among all of them.
  package var expert: Int

  package init(tensor: Int = 1, pipeline: Int = 1, data: Int = 1, expert: Int = 1) {
    precondition(
      tensor >= 1 && pipeline >= 1 && data >= 1 && expert >= 1, "a parallel size below one")
    self.tensor = tensor
    self.pipeline = pipeline
    self.data = data
    self.expert = expert
  }

  /// Accelerators a replica (one data-parallel rank) occupies.
  package var accelerators: Int { tensor * pipeline }

  /// Accelerators that share the experts of a layer.
  package var expertGroup: Int { tensor * data }

  /// The accelerators that any talk to each other among, when they serve `model`: data-parallel
  /// ranks only share experts.
  package func widestGroup(of model: ModelArchitecture) -> Int {
    model.feedForward.isMixture ? max(accelerators, expertGroup) : accelerators
  }

  /// Accelerators that each expert is cut up among.
  package var expertTensor: Int { share(expertGroup, expert) }

  /// Which of the sizes does not go with a model, and why.
  package struct Issue: Hashable, Sendable {
    package enum Size: Hashable, Sendable { case tensor, pipeline, expert }

    package var size: Size
    /// A sentence.
    package var message: String
  }

  /// Why the model cannot be split this way; empty when it can. The rules are vLLM's: attention heads
  /// are dealt out whole, KV heads are dealt out or replicated whole.
  package func issues(for model: ModelArchitecture) -> [Issue] {
    var issues: [Issue] = []
    func add(_ size: Issue.Size, _ message: String) {
      issues.append(Issue(size: size, message: message))
    }
    for attention in model.attentions {
      if attention.heads % tensor != 0 {
        add(
          .tensor,
          "\(model.id) has \(attention.heads) attention heads, which tensor_parallel_size "
            + "\(tensor) does not divide")
      }
      if case .grouped(_, let kvHeads, _) = attention,
        kvHeads % tensor != 0, tensor % kvHeads != 0
      {
        add(
          .tensor,
          "\(model.id) has \(kvHeads) KV heads: tensor_parallel_size \(tensor) must divide "
            + "them or be a multiple of them")
      }
    }
    if expert > 1, case .mixture(let experts, _, _, _, _, _, _) = model.feedForward,
      experts % expert != 0
    {
      add(
        .expert,
        "\(model.id) has \(experts) experts, which an expert-parallel group of \(expert) does not "
          + "divide")
    }
    if pipeline > model.layers {
      add(
        .pipeline,
        "\(model.id) has \(model.layers) layers, too few for pipeline_parallel_size \(pipeline)")
    }
    return issues
  }
}
