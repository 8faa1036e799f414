import NIOCore
import NIOHTTP1

/// A request that is coming in, and how much of it may.
struct RequestIntake {
  let head: HTTPRequestHead
  let route: Route
  private var body = ByteBuffer()
  private let shared: EndpointContext

  /// Throws why it gets no answer, before its body has come.
  init(_ head: HTTPRequestHead, isSpare: Bool, _ shared: EndpointContext) throws(APIError) {
    self.head = head
    self.shared = shared
    route = try Route.find(head.method, head.uri)
    guard !isSpare || route.isHealth else {
      throw .overloaded(
        "all \(shared.options.limits.connections) connections are taken",
        retryAfter: shared.options.limits.retryAfter)
    }
    try Self.authorize(head, route, shared.options.token)
    let limit = shared.options.limits.bodyBytes
    let announced = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    guard announced <= limit else { throw .tooLarge(limit: limit) }
  }

  /// The word of `authorization: Bearer WORD`, with the scheme in any case.
  private static func authorize(
    _ head: HTTPRequestHead, _ route: Route, _ token: String?
  ) throws(APIError) {
    guard let token, !route.isHealth else { return }
    let parts = (head.headers.first(name: "authorization") ?? "").split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      isSame(Array(parts[1].utf8), Array(token.utf8))
    else { throw .unauthorized }
  }

  /// Takes as long wherever the first difference is.
  private static func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Takes a part of the body.
  mutating func collect(_ bytes: inout ByteBuffer) throws(APIError) {
    let limits = shared.options.limits
    guard body.readableBytes + bytes.readableBytes <= limits.bodyBytes else {
      throw .tooLarge(limit: limits.bodyBytes)
    }
    guard shared.reserve(bodyBytes: bytes.readableBytes) else {
      throw .overloaded(
        "the requests that are coming in have \(limits.allBodyBytes) bytes together",
        retryAfter: limits.retryAfter)
    }
    body.writeBuffer(&bytes)
  }

  /// Hands over the body, or gives it up. What it took is free again.
  mutating func take() -> [UInt8] {
    shared.release(bodyBytes: body.readableBytes)
    let bytes = body.readBytes(length: body.readableBytes) ?? []
    body = ByteBuffer()
    return bytes
  }
}
