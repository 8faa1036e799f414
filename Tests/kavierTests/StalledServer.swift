import Foundation

/// A server on loopback that takes connections and never says a word.
final class StalledServer {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    // The backlog takes connections in; nobody accepts them.
    guard isBound, listen(socket, 8) == 0 else { throw NotBound() }
    port = UInt16(bigEndian: address.sin_port)
  }

  func stop() { close(descriptor) }

  struct NotBound: Error {}
}
