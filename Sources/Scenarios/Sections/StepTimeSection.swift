import SimKernel

/// `step_time`: what prices the engine's steps.
enum StepTimeSection: Sendable {
  case roofline(Stated<String>)
  case linear(LinearSection)

  /// A word, or a mapping whose `model` is that word.
  init?(_ group: Fields) {
    guard let node = group.node("step_time") else { return nil }
    let path = group.path("step_time")
    guard case .mapping = node.content else {
      let word = group.scalar(node, path: path, expected: Self.expected) {
        $0 == "roofline" ? $0 : nil
      }
      guard let word else { return nil }
      self = .roofline(word)
      return
    }
    let fields = Fields(node, path: path, issues: group.issues)
    let model = fields.choice("model", of: StepTimeName.self)
    switch model?.value {
    case .roofline:
      fields.finish()
      self = .roofline(
        Stated(value: "roofline", text: "roofline", path: path, origin: node.origin))
    case .linear:
      self = .linear(LinearSection(fields))
    case nil:
      if fields.node("model") == nil { fields.missing("model", "roofline or linear") }
      return nil
    }
  }

  private static let expected =
    "roofline, or a mapping like {model: linear, base: 8 ms, per_decode_sequence: 0.3 ms}"
}

/// The step-time models by the words of a scenario.
enum StepTimeName: String, CaseIterable, Sendable {
  case roofline
  case linear
}

/// The coefficients of a linear step time; absent ones cost nothing.
struct LinearSection: Sendable {
  var base: Stated<SimDuration>?
  var host: Stated<SimDuration>?
  var perDecodeSequence: Stated<SimDuration>?
  var perDecodeContext: Stated<SimDuration>?
  var perPrefillToken: Stated<SimDuration>?
  var perPrefillSequence: Stated<SimDuration>?
  var perPrefillPair: Stated<SimDuration>?
  var node: DocumentNode
  var path: String

  init(_ fields: Fields) {
    node = fields.whole
    path = fields.path
    base = fields.quantity("base", .duration)
    host = fields.quantity("host", .duration, zeroAllowed: true)
    perDecodeSequence = fields.quantity("per_decode_sequence", .duration, zeroAllowed: true)
    perDecodeContext = fields.quantity("per_decode_context", .duration, zeroAllowed: true)
    perPrefillToken = fields.quantity("per_prefill_token", .duration, zeroAllowed: true)
    perPrefillSequence = fields.quantity("per_prefill_sequence", .duration, zeroAllowed: true)
    perPrefillPair = fields.quantity("per_prefill_pair", .duration, zeroAllowed: true)
    if fields.node("base") == nil { fields.missing("base", "the time of an empty step, like 8 ms") }
    fields.finish()
  }
}
