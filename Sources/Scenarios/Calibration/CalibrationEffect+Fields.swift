import ServingModel
import TextAndBytes

extension CalibrationEffect {
  /// `{of: [layer_latency], accelerator: h100-sxm, factor: 0.93, standard_error: 0.04}`; a trait
  /// that is counted is `per: tensor_doublings`.
  init?(_ fields: Fields) {
    let coefficients = Self.coefficients(fields)
    let trait = Self.trait(fields)
    let factor = fields.positive("factor", .factor)
    let error = fields.number("standard_error", .error)
    fields.require("of", "a list of coefficients, like [layer_latency]")
    fields.require("factor", "a number above 0")
    fields.finish()
    guard let coefficients, let trait, let factor else { return nil }
    self.init(
      coefficients, trait.dimension, trait.value, factor: factor.value,
      standardError: error?.value ?? 0)
  }

  private static func coefficients(_ fields: Fields) -> [Coefficient]? {
    let asked = "a list of coefficients, like [layer_latency]"
    guard let node = fields.node("of", asked) else { return nil }
    let path = fields.path("of")
    guard case .list(let items) = node.content, !items.isEmpty else {
      fields.issues.add(
        node.origin, path, "found \(node.found); expected \(asked)")
      return nil
    }
    let names = Coefficient.allCases.map(\.name)
    let coefficients = items.enumerated().compactMap { index, item -> Coefficient? in
      var found = ""
      let stated: Stated<Coefficient>? = fields.scalar(
        item, path: "\(path).\(index)",
        expected: "one of \(names.joined(separator: ", "))"
          + Spelling.hint(for: found, of: names)
      ) {
        found = $0
        return Coefficient.named($0)
      }
      return stated?.value
    }
    return coefficients.count == items.count ? coefficients : nil
  }

  private static let named = Trait.Dimension.allCases.filter { !$0.isCounted }
  private static let counted = Trait.Dimension.allCases.filter(\.isCounted)

  private static func trait(_ fields: Fields) -> (dimension: Trait.Dimension, value: String)? {
    let per = fields.scalar("per", expected: "one of \(words(counted))") { text in
      counted.first { $0.rawValue == text }
    }
    fields.accept(named.map(\.rawValue))
    let stated = named.filter { fields.isStated($0.rawValue) }
    let count = stated.count + (fields.isStated("per") ? 1 : 0)
    guard count == 1 else {
      fields.problem("found \(count) traits; expected one of \(words(named)), per")
      return nil
    }
    guard let dimension = stated.first else { return per.map { ($0.value, "") } }
    return value(of: dimension, fields).map { (dimension, $0) }
  }

  private static func words(_ dimensions: [Trait.Dimension]) -> String {
    dimensions.map(\.rawValue).joined(separator: ", ")
  }

  private static func value(of dimension: Trait.Dimension, _ fields: Fields) -> String? {
    switch dimension {
    case .layers, .experts, .kvCache:
      fields.choice(dimension.rawValue, of: NumberFormat.self)?.text
    default: fields.text(dimension.rawValue)?.value
    }
  }
}

extension CalibrationEvidence {
  init?(_ fields: Fields) {
    let engine = fields.text("engine")
    let accelerator = fields.text("accelerator")
    let model = fields.text("model")
    let precision = fields.choice("precision", of: NumberFormat.self)
    let layout = fields.choice("layout", of: CalibrationLayout.self)
    let cases = fields.wholeNumber("cases")
    for name in ["engine", "accelerator", "model"] { fields.require(name, "a word") }
    fields.require("precision", "the format of the weights, like fp8")
    fields.require("layout", "how accelerators shared the work, like tensor")
    fields.require("cases", "how many cases were measured")
    fields.finish()
    guard let engine, let accelerator, let model, let precision, let layout, let cases else {
      return nil
    }
    self.init(
      engine: engine.value, accelerator: accelerator.value, model: model.value,
      precision: precision.value, layout: layout.value, cases: cases.value)
  }
}

extension ExpectedError {
  init?(_ fields: Fields) {
    let status = fields.choice("status", of: CalibrationStatus.self)
    let metric = fields.choice("metric", of: ExpectedError.Metric.self)
    let median = fields.number("median", .error)
    let ninetieth = fields.number("ninetieth", .error)
    fields.require("status", "how far plans are from what was measured, like new_model")
    fields.require("metric", "what it is the error of")
    for name in ["median", "ninetieth"] {
      fields.require(name, "the error as a share of the measured value")
    }
    if let median, let ninetieth, median.value > ninetieth.value {
      fields.problem("median \(median.text) is above ninetieth \(ninetieth.text)")
    }
    fields.finish()
    guard let status, let metric, let median, let ninetieth else { return nil }
    self.init(
      status.value, metric.value, median: median.value, ninetieth: ninetieth.value)
  }
}
