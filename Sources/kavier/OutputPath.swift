import Glibc
import Report
import TraceArchive

/// A single file to be written, whole or not at all.
struct OutputPath {
  private let folder: OutputDirectory
  private let name: String

  /// Makes the folder of `path` where it is missing.
  init(_ path: String) throws {
    guard !Folder.isDirectory(path) else {
      throw OutputError(.create, path: path, code: EISDIR)
    }
    let slash = path.lastIndex(of: "/")
    name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    folder = try OutputDirectory(
      path: slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
  }

  func write(_ text: String) throws { try write(bytes: Array(text.utf8)) }

  func write(bytes: [UInt8]) throws {
    try write { sink in try bytes.withUnsafeBytes { try sink($0) } }
  }

  func write(_ produce: @escaping (@escaping ByteSink) throws -> Void) throws {
    try folder.write([OutputFile(name, produce: produce)])
  }
}
