package import ServingModel
import TextAndBytes

/// Where a calibration is asked for: the name of a shipped profile, a profile's file, or `none`.
package enum CalibrationChoice {
  /// The profile that `word` on the command line leads to; nil for `none`.
  package static func profile(
    _ word: String, option: String
  ) throws(ScenarioIssues) -> CalibrationProfile? {
    let origin = Origin.file("--\(option) \(word)")
    return try profile(word, path: word, origin: origin, field: "")
  }

  /// The same for a field of a scenario, of which `path` is where a file would be.
  static func profile(
    _ word: String, path: String, origin: Origin, field: String
  ) throws(ScenarioIssues) -> CalibrationProfile? {
    if word == "none" { return nil }
    if let profile = CalibrationProfiles.named(word) { return profile }
    if isFile(word) {
      return try CalibrationProfileFile.read(path, origin: origin, field: field)
    }
    let names = CalibrationProfiles.all.map(\.name) + ["none"]
    throw ScenarioIssues([
      ScenarioIssue(
        origin: origin, path: field,
        message: "found \"\(word)\"; expected \(names.joined(separator: ", ")) or a file .yaml or "
          + ".json" + Spelling.hint(for: word, of: names))
    ])
  }

  private static func isFile(_ word: String) -> Bool {
    word.contains("/") || [".yaml", ".yml", ".json"].contains { word.hasSuffix($0) }
  }
}
