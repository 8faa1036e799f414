import TextAndBytes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scenario file and the files it names.
struct SourceFile: Sendable {
  /// As the user named it.
  var name: String
  var text: String
  /// What relative paths in it start from; empty: the working directory.
  var folder: String
  var files = NamedFiles()

  /// The file's text, or the built-in scenario when there is no file.
  private static let traceEndings = [".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet"]

  static func scenario(_ path: String?) throws(ScenarioIssues) -> SourceFile {
    guard let path else {
      return SourceFile(name: "built-in", text: BuiltInScenario.text, folder: "")
    }
    let origin = Origin.file(path)
    let bytes = try bytes(of: path, origin: origin, field: "")
    guard !traceEndings.contains(where: path.lowercased().hasSuffix) else {
      throw ScenarioIssues([
        ScenarioIssue(
          origin: origin,
          message: "a trace by its name, and no scenario; a scenario has one as "
            + "workload: {trace: {path: \(path)}}")
      ])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioIssues([ScenarioIssue(origin: origin, message: "not UTF-8 text")])
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return SourceFile(name: path, text: text, folder: folder)
  }

  /// Its name without folder and endings.
  var baseName: String {
    let file = name.split(separator: "/").last ?? "scenario"
    return String(file.prefix { $0 != "." })
  }

  /// Where `stated` points: from the scenario's folder, or from the working directory when it was
  /// given on the command line.
  func resolve(_ stated: Stated<String>) -> String {
    var path = stated.value
    if case .override = stated.origin {} else if !path.hasPrefix("/") { path = folder + path }
    files.note(path)
    return path
  }

  /// Where `stated` points, from the root of the file system.
  func absolute(_ stated: Stated<String>) -> String {
    Folder.absolute(resolve(stated))
  }

  /// The `config.json` of the model directory that `stated` points to; nil: it points to no directory.
  func modelConfig(_ stated: Stated<String>) -> String? {
    let path = resolve(stated)
    var status = stat()
    guard !path.isEmpty, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return nil
    }
    return path + (path.hasSuffix("/") ? "" : "/") + "config.json"
  }

  /// Where `stated` points, when a file can be read there; nil, with a problem, when none can.
  func readable(_ stated: Stated<String>, issues: IssueList) -> String? {
    let path = resolve(stated)
    guard access(path, R_OK) == 0 else {
      issues.add(Self.unreadable(path, errno, origin: stated.origin, field: stated.path))
      return nil
    }
    return path
  }

  /// The bytes of the file at `path`, which `field` names at `origin`. Pipes will do.
  static func bytes(
    of path: String, origin: Origin, field: String
  ) throws(ScenarioIssues) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ScenarioIssues([unreadable(path, errno, origin: origin, field: field)])
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else {
        throw ScenarioIssues([unreadable(path, errno, origin: origin, field: field)])
      }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= mostBytes else {
        throw ScenarioIssues([
          ScenarioIssue(origin: .file(path), message: "longer than \(mostBytes >> 20) MiB")
        ])
      }
    }
  }

  /// Far beyond all scenarios and configurations, short of what fills the memory.
  private static let mostBytes = 16 << 20

  /// Why the file at `path` cannot be read, by the `errno` of the call that failed.
  static func unreadable(
    _ path: String, _ code: Int32, origin: Origin, field: String
  ) -> ScenarioIssue {
    let reason = String(cString: strerror(code))
    return ScenarioIssue(
      origin: origin, path: field,
      message: field.isEmpty ? "cannot read: \(reason)" : "cannot read \"\(path)\": \(reason)",
      isMissingFile: code == ENOENT)
  }
}
