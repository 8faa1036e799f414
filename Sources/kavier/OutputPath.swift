import Glibc
import Report
import TextAndBytes

/// A single file to be written, whole or not at all. From the start on no other kavier may write it.
struct OutputPath {
  private let path: String
  private let staged: StagedOutput?

  /// Makes the folder of `path` where it is missing.
  init(_ path: String) throws {
    guard !Folder.isDirectory(path) else {
      throw OutputError(.create, path: path, code: EISDIR)
    }
    self.path = path
    guard !Self.isDevice(path) else {
      staged = nil
      return
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty else { throw OutputError(.create, path: path, code: EISDIR) }
    try OutputDirectory.makeDirectory(folder)
    guard !Self.isOfRun(name, folder) else {
      throw OutputError(.create, path: path, code: EBUSY)
    }
    staged = try StagedOutput(partial: "\(folder)/.\(name).partial", place: path)
  }

  func write(_ text: String) throws { try write(bytes: Array(text.utf8)) }

  func write(bytes: [UInt8]) throws {
    try write { sink in try bytes.withUnsafeBytes { try sink($0) } }
  }

  func write(_ produce: @escaping (@escaping ByteSink) throws -> Void) throws {
    guard let staged else { return try writeToDevice(produce) }
    try produce(staged.sink)
    try staged.finish()
    try staged.move()
  }

  /// A pipe or a device is written to as it is: a file in its place would be another thing.
  private func writeToDevice(_ produce: (@escaping ByteSink) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(.create, path: path, code: errno) }
    defer { close(descriptor) }
    let path = path
    try produce { try StagedOutput.write($0, to: descriptor, path: path) }
  }

  /// Whether a run has, or is about to have, a file of this name there.
  private static func isOfRun(_ name: String, _ folder: String) -> Bool {
    OutputFile.namesOfRun.contains(name)
      && (Folder.exists("\(folder)/\(RunTables.documentName)") || OutputDirectory.isOurs(folder))
  }

  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }
}
