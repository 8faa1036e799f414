#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory that is written beside its place and moved there when it is whole. Unless `commit`
/// is reached, nothing of it is left.
package final class StagedDirectory {
  package let path: String
  /// Where its files are written.
  package let partial: String
  private let claim: Claim
  /// Of what is in its place: what is still being written is not to be replaced.
  private let replaced: Claim?
  private var isCommitted = false

  /// What stands at `path` already is replaced.
  package init(path: String) throws(FileProblem) {
    let path = Self.name(path)
    self.path = path
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    partial = path[..<cut] + "." + path[cut...] + ".partial"
    if cut > path.startIndex { Self.makeParents(String(path[..<cut].dropLast())) }
    replaced = Folder.isDirectory(path) ? try Self.claim(existing: path) : nil
    let partial = partial
    claim = try UnfinishedFiles.made { () throws(FileProblem) in
      let claim = try Self.claim(partial, for: path)
      // What one that was killed left behind.
      for name in Folder.names(in: partial) { unlink("\(partial)/\(name)") }
      UnfinishedFiles.add(partial)
      return claim
    }
  }

  /// A path without slashes at its end.
  package static func name(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  deinit {
    if !isCommitted { Self.remove(partial) }
    UnfinishedFiles.remove(below: partial)
  }

  private static func claim(existing path: String) throws(FileProblem) -> Claim {
    do throws(Claim.Refusal) {
      return try Claim.directory(path)
    } catch {
      throw FileWriter.problem(.create, path, error.code)
    }
  }

  private static func claim(_ partial: String, for path: String) throws(FileProblem) -> Claim {
    while true {
      guard mkdir(partial, 0o777) == 0 || errno == EEXIST else {
        throw FileWriter.problem(.create, path, errno)
      }
      do throws(Claim.Refusal) {
        return try Claim.directory(partial)
      } catch {
        // Its former owner has just moved it to its place.
        if error.code != ENOENT { throw FileWriter.problem(.create, path, error.code) }
      }
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
  package func commit() throws(FileProblem) {
    try move()
    UnfinishedFiles.remove(below: partial)
  }

  private func move() throws(FileProblem) {
    if exchange() { return }
    let old = partial + ".old"
    Self.remove(old)
    if Folder.exists(path), rename(path, old) != 0 {
      throw FileWriter.problem(.create, path, errno)
    }
    guard rename(partial, path) == 0 else {
      let code = errno
      rename(old, path)
      throw FileWriter.problem(.create, path, code)
    }
    isCommitted = true
    Self.remove(old)
  }

  /// Puts it in the place of what is there in one step, so that there always is one of the two; false:
  /// nothing is there, or the file system cannot.
  private func exchange() -> Bool {
    guard Folder.exists(path), let swap = Self.swap,
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
