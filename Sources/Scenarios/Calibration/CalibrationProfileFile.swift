package import ServingModel
import SimKernel
import TextAndBytes

/// Reads calibration profiles from YAML or JSON.
package enum CalibrationProfileFile {
  /// The profile in the file at `path`. Throws all that is wrong with it.
  package static func read(_ path: String) throws(ScenarioIssues) -> CalibrationProfile {
    try read(path, origin: .file(path), field: "")
  }

  /// The same for a file that `field` names at `origin`.
  static func read(
    _ path: String, origin: Origin, field: String
  ) throws(ScenarioIssues) -> CalibrationProfile {
    let bytes = try SourceFile.bytes(of: path, origin: origin, field: field)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioIssues([ScenarioIssue(origin: .file(path), message: "not UTF-8 text")])
    }
    return try profile(text, file: path)
  }

  /// The profile that `text` states; problems name `file`.
  package static func profile(
    _ text: String, file: String
  ) throws(ScenarioIssues) -> CalibrationProfile {
    let root = try YAMLReader.read(text) { .line(file: file, $0) }
    let issues = IssueList()
    let profile = CalibrationProfile(Fields(root, path: "", issues: issues))
    try issues.throwIfAny()
    guard let profile else {
      throw ScenarioIssues([ScenarioIssue(origin: .file(file), message: "no profile in it")])
    }
    return profile
  }
}

extension CalibrationProfile {
  /// nil, with problems, when something needed is missing or wrong.
  fileprivate init?(_ fields: Fields) {
    let name = fields.text("name")
    let source = fields.text("source")
    let parent = Self.extended(fields)
    let base = Self.base(fields, over: parent)
    let effects = fields.mappings("effects").compactMap { CalibrationEffect($0) }
    let evidence = fields.mappings("evidence").compactMap { CalibrationEvidence($0) }
    let errors = fields.mappings("errors").compactMap { ExpectedError($0) }
    fields.require("name", "what plans and reports call the profile")
    fields.require("source", "what it was fitted to, in a sentence")
    fields.finish()
    guard let name, let source, let base else { return nil }
    self.init(
      name: name.value, source: source.value, base: base,
      effects: Self.merged(parent?.effects ?? [], with: effects), evidence: evidence,
      errors: errors)
  }

  private static func extended(_ fields: Fields) -> CalibrationProfile? {
    guard let stated = fields.text("extends") else { return nil }
    if let profile = CalibrationProfiles.named(stated.value) { return profile }
    let names = CalibrationProfiles.all.map(\.name)
    fields.issues.add(
      stated.origin, stated.path,
      "no shipped profile \"\(stated.value)\"; shipped are \(names.joined(separator: ", "))"
        + Spelling.hint(for: stated.value, of: names))
    return nil
  }

  /// By `Coefficient.rawValue`; what is not stated is `parent`'s.
  private static func base(_ fields: Fields, over parent: CalibrationProfile?) -> [Double]? {
    let isExtension = fields.isStated("extends")
    guard let section = fields.fields("base") else {
      if !isExtension { fields.require("base", "a mapping with every coefficient") }
      return parent?.base
    }
    let values = Coefficient.allCases.map { coefficient -> Double? in
      if let stated = section.value(of: coefficient) { return stated.value }
      if !isExtension {
        section.require(
          coefficient.name, "\(Fields.expected(of: coefficient)), or extends beside base")
      }
      return parent?.base[coefficient.rawValue]
    }
    section.finish()
    let known = values.compactMap { $0 }
    return known.count == values.count ? known : nil
  }

  /// `effects`, and those of `others` that they do not speak of.
  private static func merged(
    _ others: [CalibrationEffect], with effects: [CalibrationEffect]
  ) -> [CalibrationEffect] {
    others.filter { other in !effects.contains { $0.isAbout(other) } } + effects
  }
}

extension Fields {
  /// What may stand for `coefficient`.
  fileprivate static func expected(of coefficient: Coefficient) -> String {
    let bounds = coefficient.bounds
    switch coefficient.unit {
    case .share: return "a share from \(bounds.lowerBound) to 1, like 0.8"
    case .seconds: return "a time with its unit, like 40 us, up to 1 s"
    case .count: return "a number from 0 to \(Int(bounds.upperBound))"
    }
  }

  /// In the coefficient's unit.
  fileprivate func value(of coefficient: Coefficient) -> Stated<Double>? {
    scalar(coefficient.name, expected: Self.expected(of: coefficient)) { text in
      let value =
        coefficient.unit == .seconds
        ? Units.duration.parse(text).map { Double($0.picoseconds) / 1e12 } : Self.number(text)
      return value.flatMap { coefficient.bounds.contains($0) ? $0 : nil }
    }
  }
}
