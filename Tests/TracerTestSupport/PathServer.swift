import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on loopback that has a document at each of some paths, and nothing elsewhere.
package final class PathServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  package let port: Int

  /// Documents by method and path, such as `GET /v1/models`; `status` is what all others get.
  package init(_ documents: [String: String], others status: Int = 404) async throws {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(PathHandler(documents, status))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  package func stop() async {
    try? await channel.close()
    try? await group.shutdownGracefully()
  }

  /// A list of models.
  package static func list(_ names: String..., owner: String = "x", more: String = "") -> String {
    let items = names.map { #"{"id":"\#($0)","owned_by":"\#(owner)"\#(more)}"# }
    return #"{"object":"list","data":[\#(items.joined(separator: ","))]}"#
  }
}

private final class PathHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let documents: [String: String]
  private let status: Int
  private var asked = ""

  init(_ documents: [String: String], _ status: Int) {
    self.documents = documents
    self.status = status
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): asked = "\(head.method) \(head.uri)"
    case .body: break
    case .end: answer(context)
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    let document = documents[asked]
    let body = ByteBuffer(string: document ?? "")
    var headers: HTTPHeaders = ["content-length": "\(body.readableBytes)"]
    if (300..<400).contains(status), document == nil {
      headers.add(name: "location", value: "/login")
    }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: document == nil ? status : 200),
      headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
