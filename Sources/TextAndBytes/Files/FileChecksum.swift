import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A quick sum of a file's bytes, to tell versions of it apart that nobody forges.
package enum FileChecksum {
  /// CRC-32 and the length, as `89abcdef-1234`; nil when it cannot be read.
  package static func crc32(ofFile path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var sum = CZlib.crc32(0, nil, 0)
    var length = 0
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { return nil }
      guard count > 0 else { return "\(String(sum, radix: 16))-\(length)" }
      sum = CZlib.crc32(sum, buffer, UInt32(count))
      length += count
    }
  }
}
