import ServingModel
import SimKernel

/// `step_time`: what prices the engine's steps.
enum StepTimeSection: Sendable {
  case roofline(Stated<String>)
  case linear(LinearSection)
  case table(TableSection)

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
    case .table:
      guard let section = TableSection(fields) else { return nil }
      self = .table(section)
    case nil:
      if fields.node("model") == nil { fields.missing("model", "roofline, linear or table") }
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
  case table
}

/// The coefficients of a linear step time; absent ones cost nothing, or are those of `file`.
struct LinearSection: Sendable {
  /// A calibration of a recorded engine, and which of its servers is meant.
  var file: Stated<String>?
  var server: Stated<String>?
  var base: Stated<SimDuration>?
  var host: Stated<SimDuration>?
  var perDecodeSequence: Stated<SimDuration>?
  var perDecodeContext: Stated<SimDuration>?
  var perPrefillToken: Stated<SimDuration>?
  var perPrefillSequence: Stated<SimDuration>?
  var perPrefillPair: Stated<SimDuration>?
  var node: DocumentNode
  var path: String

  /// What no step may take, so no part of one.
  private static let longest = SimDuration(seconds: LinearStepTime.Coefficients.longestStep)

  init(_ fields: Fields) {
    node = fields.whole
    path = fields.path
    base = fields.duration("base", upTo: Self.longest)
    host = fields.duration("host", upTo: Self.longest, zeroAllowed: true)
    perDecodeSequence = fields.duration(
      "per_decode_sequence", upTo: Self.longest, zeroAllowed: true)
    perDecodeContext = fields.duration("per_decode_context", upTo: Self.longest, zeroAllowed: true)
    perPrefillToken = fields.duration("per_prefill_token", upTo: Self.longest, zeroAllowed: true)
    perPrefillSequence = fields.duration(
      "per_prefill_sequence", upTo: Self.longest, zeroAllowed: true)
    perPrefillPair = fields.duration("per_prefill_pair", upTo: Self.longest, zeroAllowed: true)
    file = fields.text("file")
    server = fields.text("server")
    if fields.node("base") == nil, fields.node("file") == nil {
      fields.missing("base", "the time of an empty step, like 8 ms, or file: a calibration's")
    }
    if let server, file == nil {
      fields.issues.add(server.origin, server.path, "goes with file, a calibration's")
    }
    fields.finish()
  }
}

/// A step time read from a file of measured steps.
struct TableSection: Sendable {
  /// What becomes of steps larger than those measured.
  enum Outside: String, CaseIterable, Sendable {
    /// A plan that can come to them is refused.
    case refuse
    /// They are priced by the table's last lines, and counted.
    case extend
  }

  var file: Stated<String>
  var outside: Stated<Outside>?
  var node: DocumentNode
  var path: String

  init?(_ fields: Fields) {
    node = fields.whole
    path = fields.path
    outside = fields.choice("outside", of: Outside.self)
    let file = fields.text("file")
    if fields.node("file") == nil { fields.missing("file", "a CSV file of measured steps") }
    fields.finish()
    guard let file else { return nil }
    self.file = file
  }
}
