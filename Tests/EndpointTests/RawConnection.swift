#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A TCP connection to this machine that sends whatever it is told to.
final class RawConnection {
  struct Failure: Error {
    var code: Int32
  }

  private let descriptor: Int32

  /// Reads give up after `patience` seconds.
  init(port: Int, patience: Int = 10) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(code: errno) }
  }

  deinit { close(descriptor) }

  /// Says that nothing more will be sent.
  func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { throw Failure(code: errno) }
      rest = rest.dropFirst(sent)
    }
  }

  /// What comes next; nil: the connection has ended in order. Throws a reset and lost patience.
  func read() throws -> String? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw Failure(code: errno) }
    return count == 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// All that comes until the connection ends or nothing more does.
  func readAll() -> String {
    var text = ""
    while let part = try? read() { text += part }
    return text
  }

  /// One whole response, so that the next one begins where it ends.
  func readResponse() throws -> String {
    var text = ""
    while let part = try read() {
      text += part
      guard let head = text.firstRange(of: "\r\n\r\n") else { continue }
      if let length = text[..<head.lowerBound].firstRange(of: "content-length: ") {
        let wanted = Int(text[length.upperBound...].prefix { $0 != "\r\n" }) ?? 0
        if text[head.upperBound...].utf8.count >= wanted { return text }
      } else if text.hasSuffix("\r\n0\r\n\r\n") {
        return text
      }
    }
    return text
  }

  /// Reads until `mark` has come.
  func read(until mark: String) throws -> String {
    var text = ""
    while !text.contains(mark) {
      guard let part = try read() else { return text }
      text += part
    }
    return text
  }
}
