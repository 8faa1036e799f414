import Glibc
import Impact
import Report
import ServingSim
import TraceArchive

/// The directory of `--out`: either every file of a run gets there whole, or none does.
struct OutputDirectory {
  let path: String

  /// Uses the directory at `path`, and makes it and its parents where they are missing.
  init(path: String) throws {
    self.path = path
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

  /// Throws if no file can be written there, before what is to be written has been made.
  func check() throws {
    let probe = path + "/.kavier.partial"
    let descriptor = Glibc.open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw OutputError(.create, path: path + "/", code: errno) }
    close(descriptor)
    unlink(probe)
  }

  /// Writes `files` beside their places first and moves them there when all are written. After an
  /// error, or Ctrl-C, nothing of them is left behind.
  func write(_ files: [OutputFile]) throws {
    try PartialFiles.guarded(files.map { partial($0.name) }) { try writeBeside(files) }
  }

  private func partial(_ name: String) -> String { path + "/." + name + ".partial" }

  private func writeBeside(_ files: [OutputFile]) throws {
    var partials: [(partial: String, final: String)] = []
    defer { for name in partials { unlink(name.partial) } }
    for file in files {
      let final = path + "/" + file.name
      partials.append((partial(file.name), final))
      try Self.write(file, to: partials[partials.count - 1].partial, final: final)
    }
    while let (partial, final) = partials.first {
      guard rename(partial, final) == 0 else {
        throw OutputError(.create, path: final, code: errno)
      }
      partials.removeFirst()
    }
  }

  /// Writes files whose bytes come alternately: `body` gets a sink a name. Either all of them get
  /// to their places or none.
  func write(together names: [String], _ body: ([ByteSink]) throws -> Void) throws {
    try PartialFiles.guarded(names.map(partial)) { try writeBeside(names, body) }
  }

  private func writeBeside(_ names: [String], _ body: ([ByteSink]) throws -> Void) throws {
    var partials = names.map { (partial: partial($0), final: path + "/" + $0) }
    defer { for name in partials { unlink(name.partial) } }
    try Self.open(partials, []) { descriptors in
      try body(
        zip(descriptors, partials).map { descriptor, name in
          { try Self.write($0, to: descriptor, path: name.final) }
        })
    }
    while let (partial, final) = partials.first {
      guard rename(partial, final) == 0 else {
        throw OutputError(.create, path: final, code: errno)
      }
      partials.removeFirst()
    }
  }

  /// Opens what is left of `names`, one within the other, so that each is closed whatever happens.
  private static func open(
    _ names: [(partial: String, final: String)], _ descriptors: [Int32],
    _ body: ([Int32]) throws -> Void
  ) throws {
    guard descriptors.count < names.count else { return try body(descriptors) }
    let name = names[descriptors.count]
    try written(name.partial, final: name.final) {
      try open(names, descriptors + [$0], body)
    }
  }

  private static func write(_ file: OutputFile, to partial: String, final: String) throws {
    try written(partial, final: final) { descriptor in
      try file.produce { try write($0, to: descriptor, path: final) }
    }
  }

  /// Opens a file for writing, lets `body` write it and closes it.
  private static func written(
    _ partial: String, final: String, _ body: (Int32) throws -> Void
  ) throws {
    let descriptor = Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw OutputError(.create, path: final, code: errno) }
    do {
      try body(descriptor)
      // Full disks of some file systems only show here.
      guard fsync(descriptor) == 0 else { throw OutputError(.write, path: final, code: errno) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw OutputError(.write, path: final, code: errno) }
  }

  private static func write(
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

/// A file's name and what writes it.
struct OutputFile {
  var name: String
  var produce: (@escaping ByteSink) throws -> Void

  init(_ name: String, produce: @escaping (@escaping ByteSink) throws -> Void) {
    self.name = name
    self.produce = produce
  }

  init(_ name: String, text: String) {
    self.init(name) { sink in try Array(text.utf8).withUnsafeBytes { try sink($0) } }
  }

  init(_ name: String, bytes: [UInt8]) {
    self.init(name) { sink in try bytes.withUnsafeBytes { try sink($0) } }
  }

  /// Every file that a run leaves.
  static func all(_ plan: [PlanLine], _ run: FinishedRun, _ metrics: Metrics, _ bill: Bill?)
    -> [OutputFile]
  {
    let report = TextReport.render(metrics) + (bill.map { "\n" + BillText.render($0) } ?? "")
    var files = [
      OutputFile("plan.yaml", text: PlanYAML.render(plan)),
      OutputFile("report.txt", text: report),
      OutputFile("report.json", text: JSONReport.render(metrics, bill: bill)),
      OutputFile("requests.csv") { try RequestsCSV.write(run, to: $0) },
      OutputFile("timeline.csv") { try TimelineCSV.write(run, to: $0) },
      OutputFile(RunFile.name) { try RunFile.write(run, to: $0) },
    ]
    if let bill { files += self.files(of: bill) }
    return files
  }

  /// The tables of a bill.
  static func files(of bill: Bill) -> [OutputFile] {
    var files = [OutputFile(BillCSV.name) { try BillCSV.write(bill, to: $0) }]
    if let tenants = bill.tenants {
      files.append(
        OutputFile(BillPartsCSV.tenants) {
          try BillPartsCSV.write(tenants, kind: "tenant", of: bill, to: $0)
        })
    }
    if let classes = bill.classes {
      files.append(
        OutputFile(BillPartsCSV.classes) {
          try BillPartsCSV.write(classes, kind: "class", of: bill, to: $0)
        })
    }
    return files
  }
}

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
    "cannot \(step == .create ? "create" : "write") \(path): \(String(cString: strerror(code))); \(advice)"
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
