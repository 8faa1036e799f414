import Glibc

/// Why a file could not be written, and what to do about it.
struct OutputError: UserError, Hashable {
  enum Step: Hashable { case create, write }

  var step: Step
  var path: String
  /// The `errno` of the call that failed.
  var code: Int32

  init(_ step: Step, path: String, code: Int32) {
    self.step = step
    self.path = path
    self.code = code
  }

  /// `EX_CANTCREAT` or `EX_IOERR` of sysexits.h.
  var exitCode: Int32 { step == .create ? Failure.cannotCreate : Failure.cannotWrite }

  var description: String {
    if code == EBUSY {
      return "cannot create \(path): it is one of the files of a run; choose another name"
    }
    guard code != EWOULDBLOCK else {
      return "another kavier is writing to \(path); wait for it to end or choose another place"
    }
    return explained
  }

  private var explained: String {
    let verb = step == .create ? "create" : "write"
    let name = path.isEmpty ? "a place without a name" : path
    return "cannot \(verb) \(name): \(String(cString: strerror(code))); \(advice)"
  }

  private var advice: String {
    switch code {
    case ENOSPC, EDQUOT: "free some space or choose another directory"
    case EACCES, EPERM: "choose a directory that you may write to"
    case EROFS: "the file system is read-only: choose another directory"
    case ENOTDIR, EEXIST: "a file is in the way: move it or choose another directory"
    case EISDIR, ENOTEMPTY: "a directory is in the way: move it or choose another directory"
    default: "choose another directory"
    }
  }
}
