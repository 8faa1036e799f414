import FoundationEssentials

/// The scenario file and the files it names.
struct SourceFile: Sendable {
  /// As the user named it.
  var name: String
  var text: String
  /// What relative paths in it start from; empty: the working directory.
  var folder: String

  /// The file's text, or the built-in scenario when there is no file.
  static func scenario(_ path: String?) throws(ScenarioIssues) -> SourceFile {
    guard let path else {
      return SourceFile(name: "built-in", text: BuiltInScenario.text, folder: "")
    }
    let origin = Origin.file(path)
    let bytes = try bytes(of: path, origin: origin, field: "")
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioIssues([ScenarioIssue(origin: origin, message: "not UTF-8 text")])
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return SourceFile(name: path, text: text, folder: folder)
  }

  /// Where `stated` points: from the scenario's folder, or from the working directory when it was
  /// given on the command line.
  func resolve(_ stated: Stated<String>) -> String {
    if case .override = stated.origin { return stated.value }
    return stated.value.hasPrefix("/") ? stated.value : folder + stated.value
  }

  /// The bytes of the file at `path`, which `field` names at `origin`.
  static func bytes(
    of path: String, origin: Origin, field: String
  ) throws(ScenarioIssues) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw ScenarioIssues([unreadable(path, origin: origin, field: field)])
    }
  }

  /// Why the file at `path` cannot be read.
  static func unreadable(_ path: String, origin: Origin, field: String) -> ScenarioIssue {
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let reason = !exists ? "no such file" : isFolder ? "a folder, not a file" : "no permission"
    let message = field.isEmpty ? "cannot read: \(reason)" : "cannot read \"\(path)\": \(reason)"
    return ScenarioIssue(
      origin: origin, path: field, message: message, isMissingFile: !exists)
  }
}
