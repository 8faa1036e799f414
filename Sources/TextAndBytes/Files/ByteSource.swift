import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Rows that are told as the bytes of lines.
package protocol RowSource: AnyObject {
  /// Fills `buffer` from `offset` on; returns how many bytes were added, 0 at the end.
  func read(into buffer: inout [UInt8], at offset: Int) throws(FileProblem) -> Int
}

/// The bytes of a file, decompressed when it is gzip (zlib tells by the magic bytes), or the rows of
/// a table as lines. A text that grows is read as far as it went when it was opened, so that
/// of files that grow together the one opened first has nothing that the others lack.
package struct ByteSource: ~Copyable {
  let path: String
  private let content: Content

  private enum Content {
    /// `size`: where the file is one that can be longer later.
    case file(gzFile, size: Int?)
    case rows(any RowSource)
  }

  private init(path: String, content: Content) {
    self.path = path
    self.content = content
  }

  /// The rows of the table at `path`.
  package init(path: String, rows: any RowSource) { self.init(path: path, content: .rows(rows)) }

  package static func open(path: String) throws(FileProblem) -> ByteSource {
    guard !Folder.isDirectory(path) else {
      throw FileProblem(file: path, message: "is a directory; a file is needed")
    }
    guard let file = gzopen(path, "rb") else {
      let code = errno
      var problem = FileProblem(
        file: path, message: "cannot be opened: \(String(cString: strerror(code)))")
      problem.isMissingFile = code == ENOENT
      throw problem
    }
    gzbuffer(file, 1 << 17)
    return ByteSource(path: path, content: .file(file, size: Self.size(path)))
  }

  deinit { if case .file(let file, _) = content { gzclose(file) } }

  /// nil: it is a device or a pipe.
  private static func size(_ path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether it has the rows of a table and not the text of a file.
  var isTable: Bool { if case .rows = content { true } else { false } }

  /// Fills `buffer` from `offset` on; returns how many bytes were added, 0 at the end.
  func read(into buffer: inout [UInt8], at offset: Int) throws(FileProblem) -> Int {
    switch content {
    case .rows(let rows): return try rows.read(into: &buffer, at: offset)
    case .file(let file, let size): return try read(file, size, into: &buffer, at: offset)
    }
  }

  private func read(
    _ file: gzFile, _ size: Int?, into buffer: inout [UInt8], at offset: Int
  ) throws(FileProblem) -> Int {
    var room = min(buffer.count - offset, 1 << 30)
    if let size, gzdirect(file) == 1 { room = min(room, size - Int(gztell(file))) }
    guard room > 0 else { return 0 }
    let count = buffer.withUnsafeMutableBytes { bytes in
      gzread(file, bytes.baseAddress.map { $0 + offset }, UInt32(room))
    }
    guard count >= 0 else { throw failure(file) }
    // A truncated file yields what there is first and is then known by its status.
    if count < room {
      var status: Int32 = 0
      gzerror(file, &status)
      if status == Z_BUF_ERROR { throw failure(file) }
    }
    return Int(count)
  }

  /// The whole file, which has at most `limit` bytes.
  package static func contents(path: String, limit: Int = 1 << 24) throws(FileProblem) -> [UInt8] {
    let source = try ByteSource.open(path: path)
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    var filled = 0
    while true {
      let count = try source.read(into: &bytes, at: filled)
      guard count > 0 else { break }
      filled += count
      guard filled <= limit else {
        throw FileProblem(file: path, message: "is longer than \(limit >> 20) MiB")
      }
      if filled == bytes.count {
        bytes.append(contentsOf: repeatElement(0, count: filled))
      }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  private func failure(_ file: gzFile) -> FileProblem {
    var status: Int32 = 0
    let text = gzerror(file, &status).map { String(cString: $0) } ?? "unknown error"
    switch status {
    case Z_BUF_ERROR:
      return FileProblem(
        file: path, message: "the gzip data ends early; is the file a part of a download?")
    case Z_ERRNO:
      return FileProblem(file: path, message: "cannot be read: \(Self.systemError())")
    default:
      return FileProblem(file: path, message: "the gzip data is damaged: \(text)")
    }
  }

  private static func systemError() -> String { String(cString: strerror(errno)) }
}
