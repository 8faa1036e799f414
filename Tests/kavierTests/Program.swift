import Foundation

/// The built program.
enum Program {
  struct Result {
    var code: Int32
    var out: String
    var problems: String
  }

  /// Beside the test bundle, where the build puts it, unless `KAVIER_PROGRAM` says where an optimised one
  /// is, with which these tests take a tenth of the time.
  static let url =
    ProcessInfo.processInfo.environment["KAVIER_PROGRAM"].map { URL(filePath: $0) }
    ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "kavier")

  static let isBuilt = FileManager.default.isExecutableFile(atPath: url.path)

  /// Runs it to its end, in `folder` where one is given; `out` takes what it prints in place of the
  /// result. With `isInterrupted` it gets a Ctrl-C, or another signal, as soon as that holds.
  static func run(
    _ arguments: [String], in folder: String? = nil, out: FileHandle? = nil, signal: Int32 = SIGINT,
    isInterrupted: (() -> Bool)? = nil
  ) throws -> Result {
    let scratch = try Scratch()
    let names = try (scratch.file("out", ""), scratch.file("problems", ""))
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.standardOutput = out ?? FileHandle(forWritingAtPath: names.0)
    process.standardError = FileHandle(forWritingAtPath: names.1)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let isInterrupted {
      while process.isRunning && !isInterrupted() { Thread.sleep(forTimeInterval: 0.01) }
      kill(process.processIdentifier, signal)
    }
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, out: try String(contentsOfFile: names.0, encoding: .utf8),
      problems: try String(contentsOfFile: names.1, encoding: .utf8))
  }
}

extension Program {
  /// The program on its way.
  struct Running {
    fileprivate let process: Process
    fileprivate let problems: String
    fileprivate let scratch: Scratch

    var isRunning: Bool { process.isRunning }

    func send(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for it; the code is the signal's number where one ended it.
    func end() throws -> Result {
      process.waitUntilExit()
      return Result(
        code: process.terminationStatus, out: "",
        problems: try String(contentsOfFile: problems, encoding: .utf8))
    }
  }

  /// Starts it and throws away what it prints.
  static func start(_ arguments: [String], in folder: String) throws -> Running {
    let scratch = try Scratch()
    let problems = try scratch.file("problems", "")
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: problems)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return Running(process: process, problems: problems, scratch: scratch)
  }
}

/// A folder that is gone when nobody holds it any more.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a file there and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}
