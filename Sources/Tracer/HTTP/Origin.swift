/// Where a server answers.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  package var isSecure: Bool
  package var host: String
  package var port: Int
  /// What the path of every request begins with: empty, or from a slash to before one.
  package var path: String

  /// `http://host:port`, perhaps with a path; without a scheme it is http. A path that ends in `/v1`
  /// is the same without. nil: the text is no such address.
  package init?(_ text: String) {
    var rest = text[...]
    isSecure = text.hasPrefix("https://")
    for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let (host, port) = Self.authority(rest[..<slash], isSecure: isSecure) else { return nil }
    self.host = host
    self.port = port
    path = String(rest[slash...])
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix("/v1") { path.removeLast(3) }
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
  }

  private static func authority(
    _ text: Substring, isSecure: Bool
  ) -> (host: String, port: Int)? {
    var host = text
    var port = isSecure ? 443 : 80
    let isBracketed = text.hasPrefix("[")
    let afterHost = isBracketed ? text.firstIndex(of: "]") : text.startIndex
    guard let afterHost else { return nil }
    if let colon = text[afterHost...].firstIndex(of: ":") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number)
      else { return nil }
      port = number
      host = text[..<colon]
    }
    if isBracketed { host = host.dropFirst().dropLast() }
    let isName = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x40 && $0 != 0x2F }
    return host.isEmpty || !isName ? nil : (String(host), port)
  }

  /// As the header `Host` has it.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// Whether the server is on this machine.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  package var description: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}
