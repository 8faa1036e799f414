import Glibc

/// SVG to PNG by librsvg's program, since drawing pixels is a library's work.
enum Rasterizer {
  /// Enough for print.
  static let pixelsPerInch = 300

  static func png(_ svg: String) throws -> [UInt8] {
    // mkdtemp puts letters of its own in place of the last six.
    let name = "/kavier-" + String(repeating: "X", count: 6)
    var template = Array((temporaryFolder + name).utf8CString)
    guard mkdtemp(&template) != nil else { throw RasterizerError(reason: .noFolder) }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let (source, result) = (folder + "/figure.svg", folder + "/figure.png")
    defer {
      unlink(source)
      unlink(result)
      rmdir(folder)
    }
    try OutputPath(source).write(svg)
    let resolution = String(pixelsPerInch)
    try run(["rsvg-convert", "-d", resolution, "-p", resolution, "-o", result, source])
    guard let bytes = WholeFile.read(result) else { throw RasterizerError(reason: .failed) }
    return bytes
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  private static func run(_ arguments: [String]) throws {
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var process: pid_t = 0
    guard posix_spawnp(&process, arguments[0], nil, nil, words, environ) == 0 else {
      throw RasterizerError(reason: .missing)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw RasterizerError(reason: .failed) }
  }
}

struct RasterizerError: UserError, Hashable {
  enum Reason { case missing, failed, noFolder }

  var reason: Reason
  var exitCode: Int32 { Failure.unavailable }

  var description: String {
    let cause =
      switch reason {
      case .missing: "which is not installed (Debian and Ubuntu: apt-get install librsvg2-bin)"
      case .failed: "which failed"
      case .noFolder: "which needs room in TMPDIR, or in /tmp where that is not set"
      }
    return "PNG is made by rsvg-convert, \(cause); SVG and PDF need nothing"
  }
}

/// A file that is small enough to be held whole.
enum WholeFile {
  /// nil when it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return ferror(file) == 0 ? bytes : nil }
      bytes += buffer[..<count]
    }
  }
}
