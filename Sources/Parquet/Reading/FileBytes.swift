#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of which parts are read: on a disk, or in memory.
package final class FileBytes {
  package let size: Int64
  private let place: Place

  private enum Place {
    case descriptor(Int32)
    case memory([UInt8])
  }

  package init(path: String) throws(ParquetProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0 else { throw Self.failure("opened") }
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ParquetProblem("is no file")
    }
    place = .descriptor(descriptor)
    size = Int64(status.st_size)
  }

  package init(_ bytes: [UInt8]) {
    place = .memory(bytes)
    size = Int64(bytes.count)
  }

  deinit {
    if case .descriptor(let descriptor) = place { close(descriptor) }
  }

  package func read(at offset: Int64, count: Int) throws(ParquetProblem) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, Int64(count) <= size - offset else {
      throw .cutOff
    }
    switch place {
    case .memory(let bytes): return Array(bytes[Int(offset)..<Int(offset) + count])
    case .descriptor(let descriptor): return try Self.read(descriptor, at: offset, count: count)
    }
  }

  private static func read(
    _ descriptor: Int32, at offset: Int64, count: Int
  ) throws(ParquetProblem) -> [UInt8] {
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
        throw failure("read")
      }
    }
    return bytes
  }

  private static func failure(_ what: String) -> ParquetProblem {
    ParquetProblem("cannot be \(what): \(String(cString: strerror(errno)))")
  }
}
