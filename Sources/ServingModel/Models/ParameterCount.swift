/// How many parameters a model has, by part.
package struct ParameterCount: Hashable, Sendable {
  /// In the order of `WeightMatrix.Part`; parts the model lacks are absent.
  package var parts: [(part: WeightMatrix.Part, parameters: Double)] {
    WeightMatrix.Part.allCases.compactMap { part in
      byPart[part].map { (part, $0) }
    }
  }
  private var byPart: [WeightMatrix.Part: Double] = [:]
  private var idle = 0.0

  /// Counted from the architecture; a head tied to the embedding counts once, as the embedding.
  package init(_ model: ModelArchitecture) {
    for matrix in model.matrices() where !(matrix.part == .head && model.tiedEmbeddings) {
      byPart[matrix.part, default: 0] += matrix.parameters
    }
    idle = self[.expert] * (1 - model.feedForward.activeShare)
    if !model.tiedEmbeddings { idle += self[.embedding] }
  }

  package subscript(part: WeightMatrix.Part) -> Double { byPart[part] ?? 0 }

  /// All parameters.
  package var total: Double { parts.reduce(0) { $0 + $1.parameters } }

  /// Parameters that a token is multiplied with: neither the experts it is not routed to nor an
  /// embedding that is only looked up.
  package var active: Double { total - idle }

  /// Total and declared parameters may differ this much, relative to the declared, before the
  /// declared figure is trusted more (vision towers, unusual layers).
  package static let tolerance = 0.015
}

extension FeedForward {
  /// The share of the experts that one token is routed to; 1 without experts.
  package var activeShare: Double {
    if case .mixture(let experts, let topK, _, _, _, _, _) = self {
      Double(topK) / Double(experts)
    } else {
      1
    }
  }
}

extension ModelArchitecture {
  /// Declared over counted parameters where they differ by more than the tolerance, else 1.
  package var declaredExcess: Double {
    guard let declared = declaredParameters else { return 1 }
    let counted = ParameterCount(self).total
    return abs(counted / declared - 1) > ParameterCount.tolerance ? declared / counted : 1
  }

  /// Bytes of weights on one accelerator, were there a single pipeline stage; a tower is on the first
  /// of them, whole. `expertPadding`: how much larger the kernels make the experts.
  package func weightBytes(
    _ precision: Precision, _ parallelism: Parallelism = Parallelism(), expertPadding: Double = 1
  ) -> Bytes {
    let matrices = matrices(parallelism)
      .filter { !($0.part == .head && tiedEmbeddings) }
    let bytes = matrices.reduce(0) { sum, matrix in
      let padding = matrix.part == .expert ? expertPadding : 1
      return sum + matrix.parameters * precision.storedBytes(of: matrix.part) * padding
    }
    let tower =
      towerParameters * NumberFormat.bfloat16.bytes
      * Double(parallelism.pipeline) / Double(parallelism.tensor)
    return Bytes(bytes * declaredExcess + tower)
  }
}
