import Glibc
import Report
import ServingSim
import TextAndBytes

/// What `kavier simulate --out` left in a directory, or its run.bin.
enum RunDirectory {
  /// The run recorded at `path`: the directory or the file itself.
  static func read(_ path: String) throws -> FinishedRun {
    let file = Folder.isDirectory(path) ? path + "/" + RunFile.name : path
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunDirectoryError(file: file, cause: .unreadable(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw RunDirectoryError(file: file, cause: .unreadable(errno))
    }
    guard status.st_size > 0 else { throw RunDirectoryError(file: file, cause: .run(.notARun)) }
    let size = Int(status.st_size)
    // Mapped, since a run of many requests is large and read once.
    let mapped = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      throw RunDirectoryError(file: file, cause: .unreadable(errno))
    }
    defer { munmap(mapped, size) }
    do {
      return try RunFile.read(UnsafeRawBufferPointer(start: mapped, count: size))
    } catch {
      throw RunDirectoryError(file: file, cause: .run(error))
    }
  }

  /// Where the plan of the run at `path` is, if it is.
  static func planFile(_ path: String) -> String {
    if Folder.isDirectory(path) { return path + "/plan.yaml" }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return folder + "plan.yaml"
  }

  /// The lines of the plan.yaml beside the run; empty where there is none.
  static func plan(_ path: String) -> [PlanLine] {
    guard let bytes = WholeFile.read(planFile(path)) else { return [] }
    return PlanYAML.lines(of: String(decoding: bytes, as: UTF8.self))
  }
}

/// Why a recorded run cannot be had.
struct RunDirectoryError: UserError, Hashable {
  enum Cause: Hashable {
    /// The `errno` of the call that failed.
    case unreadable(Int32)
    case run(RunFileError)
  }

  var file: String
  var cause: Cause

  var exitCode: Int32 {
    if case .unreadable = cause { Failure.missingInput } else { Failure.badInput }
  }

  var description: String {
    switch cause {
    case .unreadable(let code):
      """
      cannot read \(file): \(String(cString: strerror(code))); expected a directory that \
      `kavier simulate --out` wrote
      """
    case .run(let error): "\(file): \(error)"
    }
  }
}
