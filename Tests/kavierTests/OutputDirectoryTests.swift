import Glibc
import Testing

@testable import kavier

@Suite(.timeLimit(.minutes(30))) struct OutputDirectoryTests {
  /// A directory that goes when the test ends.
  final class Scratch {
    let path: String

    init() throws {
      var template = Array((P_tmpdir + "/kavier-output-XXXXXX").utf8CString)
      path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { remove(path) }

    private func remove(_ path: String) {
      for name in Self.names(in: path) { remove(path + "/" + name) }
      unlink(path)
      rmdir(path)
    }

    var names: [String] { Self.names(in: path) }

    private static func names(in path: String) -> [String] {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        let directory = opendir(path)
      else { return [] }
      defer { closedir(directory) }
      var names: [String] = []
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      return names.sorted()
    }

    func text(_ name: String) -> String {
      guard let file = fopen(path + "/" + name, "r") else { return "" }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      return String(decoding: bytes[..<count], as: UTF8.self)
    }
  }

  @Test func `files get their names and whole contents`() throws {
    let scratch = try Scratch()
    let directory = try OutputDirectory(path: scratch.path)
    try directory.write([
      OutputFile("a.txt", text: "one\n"),
      OutputFile("b.csv") { sink in
        for part in ["x,", "y\n"] { try Array(part.utf8).withUnsafeBytes { try sink($0) } }
      },
      OutputFile("empty", text: ""),
    ])
    #expect(scratch.names == ["a.txt", "b.csv", "empty"])
    #expect(scratch.text("a.txt") == "one\n")
    #expect(scratch.text("b.csv") == "x,y\n")
  }

  @Test func `a directory and its parents are made, and made use of`() throws {
    let scratch = try Scratch()
    for text in ["1", "2"] {
      let directory = try OutputDirectory(path: scratch.path + "/deep/er/")
      try directory.write([OutputFile("a", text: text)])
    }
    #expect(scratch.text("deep/er/a") == "2")
  }

  @Test func `an error while writing leaves the directory as it was`() throws {
    struct Stop: Error {}
    let scratch = try Scratch()
    let directory = try OutputDirectory(path: scratch.path)
    try directory.write([OutputFile("a", text: "old")])
    #expect(throws: Stop.self) {
      try directory.write([OutputFile("a", text: "new"), OutputFile("b") { _ in throw Stop() }])
    }
    #expect(scratch.names == ["a"])
    #expect(scratch.text("a") == "old")
  }

  @Test func `a full disk is told with the file's path and leaves nothing`() throws {
    let scratch = try Scratch()
    let directory = try OutputDirectory(path: scratch.path)
    // Where the file is first written stands the device that is always full.
    try #require(symlink("/dev/full", scratch.path + "/.b.partial") == 0)
    let error = #expect(throws: OutputError.self) {
      try directory.write([OutputFile("a", text: "1"), OutputFile("b", text: "2")])
    }
    #expect(error == OutputError(.write, path: scratch.path + "/b", code: ENOSPC))
    #expect(error?.exitCode == 74)
    #expect(
      error?.description == "cannot write \(scratch.path)/b: No space left on device; "
        + "free some space or choose another directory")
    #expect(scratch.names.isEmpty)
  }

  @Test func `a file in the directory's place is an error`() throws {
    let scratch = try Scratch()
    try OutputDirectory(path: scratch.path).write([OutputFile("file", text: "")])
    for path in ["/file", "/file/below"] {
      let error = #expect(throws: OutputError.self) {
        try OutputDirectory(path: scratch.path + path)
      }
      #expect(error?.exitCode == 73)
      #expect(
        error?.description.contains("\(scratch.path)\(path): Not a directory; a file is in") == true
      )
    }
  }

  @Test func `a directory in a file's place is an error and stays`() throws {
    let scratch = try Scratch()
    let directory = try OutputDirectory(path: scratch.path)
    try #require(mkdir(scratch.path + "/a", 0o777) == 0)
    let error = #expect(throws: OutputError.self) {
      try directory.write([OutputFile("a", text: "1")])
    }
    #expect(error == OutputError(.create, path: scratch.path + "/a", code: EISDIR))
    #expect(scratch.names == ["a"])
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func `a directory that may not be written to is an error`() throws {
    let scratch = try Scratch()
    try #require(chmod(scratch.path, 0o555) == 0)
    let error = #expect(throws: OutputError.self) {
      try OutputDirectory(path: scratch.path).write([OutputFile("a", text: "1")])
    }
    #expect(error == OutputError(.create, path: scratch.path, code: EACCES))
    #expect(error?.description.hasSuffix("choose a directory that you may write to") == true)
  }

  @Test func `a place where nobody can write is an error`() {
    let error = #expect(throws: OutputError.self) { try OutputDirectory(path: "/proc/kavier/a") }
    #expect(error?.path == "/proc/kavier/a")
    #expect(error?.exitCode == 73)
    #expect(throws: OutputError.self) { try OutputDirectory(path: "") }
  }
}
