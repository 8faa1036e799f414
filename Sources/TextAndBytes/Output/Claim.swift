import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place that this program writes to and no other may meanwhile: a lock on a file or a directory,
/// which ends with the claim, and with the program however that ends.
package final class Claim: Sendable {
  package let descriptor: Int32

  /// What was in the way, as an `errno`; `EWOULDBLOCK`: another one claims it.
  package struct Refusal: Error, Hashable {
    package var code: Int32
  }

  /// The claim on the directory at `path`, which is one for all of this program.
  package static func directory(_ path: String) throws(Refusal) -> Claim {
    try ours.withLock { (ours) throws(Refusal) in
      if let claim = Place(path).flatMap({ ours[$0]?.claim }) { return claim }
      let claim = try Claim(path, flags: O_RDONLY | O_DIRECTORY)
      if let place = Place(path) { ours[place] = Held(claim: claim) }
      return claim
    }
  }

  private static let ours = Mutex<[Place: Held]>([:])

  private struct Held {
    weak var claim: Claim?
  }

  /// What a path leads to, whatever it is called.
  private struct Place: Hashable {
    var device: UInt64
    var number: UInt64

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
    }
  }

  /// Claims the file at `path`, which is made where it is missing, and empties it.
  package convenience init(file path: String) throws(Refusal) {
    try self.init(path, flags: O_WRONLY | O_CREAT)
    // A device has nothing to empty.
    guard ftruncate(descriptor, 0) == 0 || errno == EINVAL else { throw Refusal(code: errno) }
  }

  /// The same of one of the `UnfinishedFiles`.
  package static func unfinished(file path: String) throws(Refusal) -> Claim {
    try UnfinishedFiles.made { () throws(Refusal) in
      let claim = try Claim(file: path)
      UnfinishedFiles.add(path)
      return claim
    }
  }

  private init(_ path: String, flags: Int32) throws(Refusal) {
    while true {
      let opened = open(path, flags | O_CLOEXEC, 0o666)
      guard opened >= 0 else { throw Refusal(code: errno) }
      // File systems that know no locks claim nothing and refuse nobody.
      if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        close(opened)
        throw Refusal(code: EWOULDBLOCK)
      }
      // Its former owner may have moved it to its place between the two calls.
      if Self.isSame(opened, path) {
        descriptor = opened
        return
      }
      close(opened)
    }
  }

  deinit { close(descriptor) }

  private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (ours, theirs) = (stat(), stat())
    guard fstat(descriptor, &ours) == 0, stat(path, &theirs) == 0 else { return false }
    return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino
  }
}
