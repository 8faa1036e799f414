import Glibc

/// Small text files.
enum TextFile {
  /// The first `limit` bytes of the file at `path`; nil: it cannot be read.
  static func read(_ path: String, limit: Int) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Glibc.read(descriptor, &bytes, limit)
    return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
