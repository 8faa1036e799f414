#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of which parts are read.
final class FileBytes {
  let size: Int64
  private let descriptor: Int32

  init(path: String) throws(ParquetProblem) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0 else { throw Self.failure("opened") }
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ParquetProblem("is no file")
    }
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  func read(at offset: Int64, count: Int) throws(ParquetProblem) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, Int64(count) <= size - offset else {
      throw .cutOff
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { bytes in
        pread(
          descriptor, bytes.baseAddress.map { $0 + filled }, count - filled,
          off_t(offset) + off_t(filled))
      }
      if got > 0 {
        filled += got
      } else if got == 0 {
        throw .cutOff
      } else if errno != EINTR {
        throw Self.failure("read")
      }
    }
    return bytes
  }

  private static func failure(_ what: String) -> ParquetProblem {
    ParquetProblem("cannot be \(what): \(String(cString: strerror(errno)))")
  }
}
