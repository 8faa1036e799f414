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
  private let claim: Claim
  /// Of what is in its place: a trace that is still being recorded is not to be replaced.
  private let replaced: Claim?
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
    replaced = ByteSource.isDirectory(path) ? try Self.claim(existing: path) : nil
    let partial = partial
    claim = try UnfinishedFiles.made { () throws(TraceProblem) in
      let claim = try Self.claim(partial, for: path)
      // What one that was killed left behind.
      for name in Folder.names(in: partial) { unlink("\(partial)/\(name)") }
      UnfinishedFiles.add(partial)
      return claim
    }
  }

  deinit {
    if !isCommitted { Self.remove(partial) }
    UnfinishedFiles.remove(below: partial)
  }

  private static func claim(existing path: String) throws(TraceProblem) -> Claim {
    do throws(Claim.Refusal) {
      return try Claim.directory(path)
    } catch {
      throw ByteSink.problem(.create, path, error.code)
    }
  }

  private static func claim(_ partial: String, for path: String) throws(TraceProblem) -> Claim {
    while true {
      guard mkdir(partial, 0o777) == 0 || errno == EEXIST else {
        throw ByteSink.problem(.create, path, errno)
      }
      do throws(Claim.Refusal) {
        return try Claim.directory(partial)
      } catch {
        // Its former owner has just moved it to its place.
        if error.code != ENOENT { throw ByteSink.problem(.create, path, error.code) }
      }
    }
  }

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
    try move()
    UnfinishedFiles.remove(below: partial)
  }

  private func move() throws(TraceProblem) {
    if exchange() { return }
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

  /// Puts it in the place of what is there in one step, so that there always is one of the two; false:
  /// nothing is there, or the file system cannot.
  private func exchange() -> Bool {
    guard ByteSource.exists(path), let swap = Self.swap,
      swap(AT_FDCWD, partial, AT_FDCWD, path, 2) == 0
    else { return false }
    isCommitted = true
    Self.remove(partial)
    return true
  }

  /// `renameat2`, of which 2 is RENAME_EXCHANGE. Swift's view of the C library lacks it, and some C
  /// libraries do.
  private static let swap: Swap? = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Swap.self) }
  private typealias Swap =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  /// Removes a directory of files.
  private static func remove(_ path: String) {
    for name in Folder.names(in: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
