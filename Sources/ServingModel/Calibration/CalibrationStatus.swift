/// How far what is asked for is from what was measured, from near to far.
package enum CalibrationStatus: String, CaseIterable, Sendable {
  /// The engine was measured with this model, in this precision, on this accelerator.
  case measured
  /// With this model on this accelerator, in another precision alone.
  case newPrecision = "new_precision"
  /// On this accelerator, with other models alone.
  case newModel = "new_model"
  /// On this accelerator, with another kind of parallelism alone.
  case newParallelism = "new_parallelism"
  /// On other accelerators alone.
  case newAccelerator = "new_accelerator"
  /// Only other engines were measured.
  case newEngine = "new_engine"
  /// The engine spans servers, and no such was measured.
  case severalServers = "several_servers"
  /// The engine verifies what a drafter proposes, and no such was measured.
  case withDrafter = "with_drafter"
  /// No measurement was used.
  case uncalibrated

  /// `new model`.
  package var words: String { rawValue.replacing("_", with: " ") }

  /// A sentence's part after "calibration: ".
  package var meaning: String {
    switch self {
    case .measured: "the engine was measured with this model on this accelerator"
    case .newPrecision: "this model was measured on this accelerator in another precision alone"
    case .newModel: "the engine was measured on this accelerator with other models alone"
    case .newParallelism:
      "the engine was measured on this accelerator with another kind of parallelism alone"
    case .newAccelerator: "the engine was measured on other accelerators alone"
    case .newEngine: "only other engines were measured"
    case .severalServers:
      "no engine of this kind was measured across servers: data sheets alone speak of the network"
    case .withDrafter: "no server with a drafter was measured"
    case .uncalibrated: "no measurement is used"
    }
  }
}

/// How an engine's accelerators share the work, as far as measurements of one kind say little of
/// another.
package enum CalibrationLayout: String, CaseIterable, Sendable {
  /// Each matrix is cut up, or layers are dealt out.
  case tensor
  /// Experts are dealt out, or attention is data-parallel.
  case expert
  /// The same across servers.
  case tensorAcrossServers = "tensor_across_servers"
  case expertAcrossServers = "expert_across_servers"

  fileprivate var spansServers: Bool {
    self == .tensorAcrossServers || self == .expertAcrossServers
  }
}

/// A combination that was measured, and by how many cases.
package struct CalibrationEvidence: Hashable, Sendable {
  package var engine: String
  package var accelerator: String
  package var model: String
  /// Of the experts' weights, or of all where there are none.
  package var precision: NumberFormat
  package var layout: CalibrationLayout
  package var cases: Int

  package init(
    engine: String, accelerator: String, model: String, precision: NumberFormat,
    layout: CalibrationLayout, cases: Int
  ) {
    self.engine = engine
    self.accelerator = accelerator
    self.model = model
    self.precision = precision
    self.layout = layout
    self.cases = cases
  }

  /// What `cases` measured cases of `subject` are evidence of.
  package init(_ subject: CalibrationSubject, cases: Int) {
    self.init(
      engine: subject.engine, accelerator: subject.accelerator.id, model: subject.model.id,
      precision: subject.precision.experts, layout: subject.layout, cases: cases)
  }

  /// The same combination, by as many cases.
  package func with(cases: Int) -> CalibrationEvidence {
    var counted = self
    counted.cases = cases
    return counted
  }

  /// Lists of evidence go by this.
  package var order: String {
    [engine, accelerator, model, precision.rawValue, layout.rawValue].joined(separator: " ")
  }
}

extension CalibrationSubject {
  package var layout: CalibrationLayout {
    let dealsOut = parallelism.expert > 1 || parallelism.data > 1 && model.feedForward.isMixture
    guard parallelism.widestGroup(of: model) > accelerator.reach else {
      return dealsOut ? .expert : .tensor
    }
    return dealsOut ? .expertAcrossServers : .tensorAcrossServers
  }

  /// Where `evidence` is all that was measured.
  package func status(among evidence: some Sequence<CalibrationEvidence>) -> CalibrationStatus {
    let asked = CalibrationEvidence(self, cases: 0)
    let ofEngine = evidence.filter { $0.engine == asked.engine }
    let isLaidOut = ofEngine.contains { $0.layout == asked.layout }
    if asked.layout.spansServers, !isLaidOut { return .severalServers }
    if ofEngine.isEmpty { return .newEngine }
    let here = ofEngine.filter { $0.accelerator == asked.accelerator }
    if here.isEmpty { return .newAccelerator }
    if !here.contains(where: { $0.layout == asked.layout }) { return .newParallelism }
    let ofModel = here.filter { $0.model == asked.model }
    if ofModel.isEmpty { return .newModel }
    return ofModel.contains { $0.precision == asked.precision } ? .measured : .newPrecision
  }
}

extension CalibrationProfile {
  package func status(of subject: CalibrationSubject) -> CalibrationStatus {
    subject.status(among: evidence)
  }
}
