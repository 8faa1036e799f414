#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory that is written beside its place and moved there when it is whole. Unless `commit`
/// is reached, nothing of it is left.
final class StagedDirectory {
  let path: String
  /// Where its files are written.
  let partial: String
  private let replaces: Bool
  private var isCommitted = false

  /// A trace that stands at `path` already is replaced where `replaces` allows it; anything else
  /// there is refused.
  init(path: String, replaces: Bool) throws(TraceProblem) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    self.replaces = replaces
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    partial = path[..<cut] + "." + path[cut...] + ".partial"
    try Self.check(path, replaces: replaces)
    if cut > path.startIndex { Self.makeParents(String(path[..<cut].dropLast())) }
    Self.remove(partial)
    guard mkdir(partial, 0o777) == 0 else { throw ByteSink.problem(.create, path, errno) }
  }

  deinit { if !isCommitted { Self.remove(partial) } }

  private static func check(_ path: String, replaces: Bool) throws(TraceProblem) {
    guard ByteSource.exists(path) else { return }
    let names = Folder.names(in: path)
    guard ByteSource.isDirectory(path), names.isEmpty || names.contains("trace.json") else {
      throw TraceProblem(
        file: path, message: "is there and is no trace; choose another place", output: .create)
    }
    guard names.isEmpty || replaces else {
      throw TraceProblem(
        file: path, message: "holds a trace; --replace replaces it", output: .create)
    }
  }

  private static func makeParents(_ path: String) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      mkdir(String(path[..<end]), 0o777)
    }
  }

  /// Moves the directory to its place.
  func commit() throws(TraceProblem) {
    let old = partial + ".old"
    Self.remove(old)
    if ByteSource.exists(path), rename(path, old) != 0 {
      throw ByteSink.problem(.create, path, errno)
    }
    guard rename(partial, path) == 0 else {
      let code = errno
      rename(old, path)
      throw ByteSink.problem(.create, path, code)
    }
    isCommitted = true
    Self.remove(old)
  }

  /// Removes a directory of files.
  private static func remove(_ path: String) {
    for name in Folder.names(in: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
