import ServingModel
import SimKernel

/// `step_time`: what prices the engine's steps.
enum StepTimeSection: Sendable {
  case roofline(Stated<String>)
  case linear(LinearSection)
  case table(TableSection)

  /// A word, or a mapping whose `model` is that word.
  init?(_ group: Fields) {
    let node = group.node(
      "step_time", Self.expected, "What tells how long a step takes.", .default("roofline"))
    guard let node else { return nil }
    let path = group.path("step_time")
    guard case .mapping = node.content else {
      let word = group.scalar(node, path: path, expected: Self.expected) {
        $0 == "roofline" ? $0 : nil
      }
      guard let word else { return nil }
      self = .roofline(word)
      return
    }
    let fields = group.below("step_time", node)
    fields.introduce(
      "The word `roofline`, or a mapping. A group with linear step times or a table needs no model and "
        + "no accelerator.")
    let model = fields.choice(
      "model", of: StepTimeName.self, "Where step times come from.",
      .required("roofline, linear or table"), each: \.meaning)
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

  var meaning: String {
    switch self {
    case .roofline: "from data sheets; it takes no other field"
    case .linear: "the sum of the costs from `base` to `per_prefill_pair`"
    case .table: "from a file of measured steps: [Calibrating](Calibrating.md)"
    }
  }
}

extension StepTimeName {
  /// What `file` is, of either model that has one.
  fileprivate static let file = """
    With `table`: a CSV file of measured steps. With `linear`: a calibration that [`kavier \
    calibrate`](Calibrating.md) wrote of a recorded engine. It has the costs, the \
    engine's settings and its `frontend_latency`; the scenario's own values override them. Relative \
    paths start from the scenario's folder; in `--set`, from the working directory.
    """
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
    file = fields.text("file", StepTimeName.file, .needed("with `table`"))
    server = fields.text(
      "server", "Which server of `file` is meant.", .needed("with a `file` of several servers"))
    base = fields.duration(
      "base", upTo: Self.longest, "The time of every step.",
      .needed("with `linear` without `file`"))
    func cost(_ name: String, _ meaning: String) -> Stated<SimDuration>? {
      fields.duration(
        name, upTo: Self.longest, zeroAllowed: true, meaning, .default("0 s, or that of `file`"))
    }
    host = cost("host", "The time that the host adds to every step.")
    perDecodeSequence = cost("per_decode_sequence", "For each decoding request.")
    perDecodeContext = cost("per_decode_context", "For each token of their contexts.")
    perPrefillToken = cost("per_prefill_token", "For each prompt token.")
    perPrefillSequence = cost(
      "per_prefill_sequence", "For each request with prompt tokens in the step.")
    perPrefillPair = cost(
      "per_prefill_pair",
      "For each query-key pair: n c + n (n + 1) / 2 pairs for n new tokens after c computed ones.")
    if !fields.isStated("file") {
      fields.require("base", "the time of an empty step, like 8 ms, or file: a calibration's")
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

    var meaning: String {
      switch self {
      case .refuse: "a plan that can come to larger steps than those measured is refused"
      case .extend: "larger steps follow the last lines of the table"
      }
    }
  }

  var file: Stated<String>
  var outside: Stated<Outside>?
  var node: DocumentNode
  var path: String

  init?(_ fields: Fields) {
    node = fields.whole
    path = fields.path
    outside = fields.choice(
      "outside", of: Outside.self,
      "With `table`: what becomes of steps that are larger than those measured.",
      .default("refuse"), each: \.meaning)
    let file = fields.text("file", StepTimeName.file, .needed("with `table`"))
    fields.require("file", "a CSV file of measured steps")
    fields.finish()
    guard let file else { return nil }
    self.file = file
  }
}
