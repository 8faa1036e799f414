import Glibc
import Report
import Synchronization
import TextAndBytes

/// The directory of `--out`: either every file of a run gets there whole, or none does; and nothing
/// of an earlier run stays beside them. Until the program ends no other kavier may write there.
struct OutputDirectory {
  let path: String

  /// Uses the directory at `path`, and makes it and its parents where they are missing. Fails, before
  /// any work is done, where it cannot be written to, and where one of `names` could not be made.
  init(path: String, names: [String] = []) throws {
    try Self.makeDirectory(path)
    self.path = path
    try Self.claim(path)
    try checkRoom()
    for name in names { try checkPlace(of: name) }
    // What a run that was killed left behind.
    for name in names { unlink(partial(name)) }
  }

  /// Makes a directory and its parents where they are missing.
  static func makeDirectory(_ path: String) throws {
    var end = path.startIndex
    repeat {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      let code = mkdir(String(path[..<end]), 0o777) == 0 ? 0 : errno
      // What exists may be one of the parents, and a parent that may not be written to will do.
      if end == path.endIndex, code != 0, !Folder.isDirectory(path) {
        throw OutputError(.create, path: path, code: code == EEXIST ? ENOTDIR : code)
      }
    } while end < path.endIndex
  }

  /// Directories that this program has claimed: until it ends, since what it prints of a run is to
  /// be what stands there.
  private static let claims = Mutex<[String: Claim]>([:])

  private static func claim(_ path: String) throws {
    guard let real = realpath(path, nil) else {
      throw OutputError(.create, path: path, code: errno)
    }
    defer { free(real) }
    let name = String(cString: real)
    do throws(Claim.Refusal) {
      try claims.withLock { (claims) throws(Claim.Refusal) in
        if claims[name] == nil { claims[name] = try Claim.directory(name) }
      }
    } catch {
      throw OutputError(.create, path: path, code: error.code)
    }
  }

  /// Whether this program writes a set of files to the directory at `path`.
  static func isOurs(_ path: String) -> Bool {
    guard let real = realpath(path, nil) else { return false }
    defer { free(real) }
    return claims.withLock { $0[String(cString: real)] != nil }
  }

  /// Makes a file and removes it: what rights say is not all, least of all to root.
  private func checkRoom() throws {
    let probe = partial("kavier-\(getpid())")
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError(.create, path: path, code: errno) }
    close(descriptor)
    unlink(probe)
  }

  private func checkPlace(of name: String) throws {
    guard !Folder.isDirectory(place(name)) else {
      throw OutputError(.create, path: place(name), code: EISDIR)
    }
  }

  private func place(_ name: String) -> String { path + "/" + name }
  private func partial(_ name: String) -> String { path + "/." + name + ".partial" }

  /// Writes `files` beside their places first and moves them there when all are written, the last one
  /// last: a set that was cut off lacks it. `replacing` names what an earlier run can have left,
  /// which goes. After an error nothing of the new files is left behind.
  func write(_ files: [OutputFile], replacing earlier: [String] = []) throws {
    try write(together: files.map(\.name), replacing: earlier) { sinks in
      for (file, sink) in zip(files, sinks) { try file.produce(sink) }
    }
  }

  /// Writes files whose bytes come alternately: `body` gets a sink a name.
  func write(
    together names: [String], replacing earlier: [String] = [],
    _ body: ([ByteSink]) throws -> Void
  ) throws {
    var staged: [StagedOutput] = []
    for name in names {
      try checkPlace(of: name)
      staged.append(try StagedOutput(partial: partial(name), place: place(name)))
    }
    try body(staged.map(\.sink))
    for file in staged { try file.finish() }
    // The old set's last file goes first, so that no mixture of two sets looks whole.
    for name in (earlier + names).reversed() where unlink(place(name)) != 0 && errno != ENOENT {
      throw OutputError(.create, path: place(name), code: errno)
    }
    for file in staged { try file.move() }
  }
}

/// A file that is being written beside its place. Unless it is moved there, nothing of it is left.
final class StagedOutput {
  private let partial: String
  private let place: String
  private let claim: Claim
  private var isMoved = false

  /// Another program that writes to the same place is in the way.
  init(partial: String, place: String) throws {
    self.partial = partial
    self.place = place
    do throws(Claim.Refusal) {
      claim = try Claim.unfinished(file: partial)
    } catch {
      throw OutputError(.create, path: place, code: error.code)
    }
  }

  deinit {
    guard !isMoved else { return }
    unlink(partial)
    UnfinishedFiles.remove(partial)
  }

  var sink: ByteSink {
    { bytes in try Self.write(bytes, to: self.claim.descriptor, path: self.place) }
  }

  /// Full disks of some file systems only show here.
  func finish() throws {
    guard fsync(claim.descriptor) == 0 else {
      throw OutputError(.write, path: place, code: errno)
    }
  }

  func move() throws {
    guard rename(partial, place) == 0 else {
      throw OutputError(.create, path: place, code: errno)
    }
    isMoved = true
    UnfinishedFiles.remove(partial)
  }

  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        throw OutputError(.write, path: path, code: errno)
      }
    }
  }
}
