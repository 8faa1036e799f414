package import NIOCore

/// How a workload is sent.
package struct LoadOptions: Sendable {
  /// Clients that each send their next request when one has ended; nil: requests are sent when the
  /// workload says.
  package var concurrency: Int?
  package var connectTimeout = TimeAmount.seconds(10)
  package var firstTokenTimeout = TimeAmount.seconds(300)
  package var totalTimeout = TimeAmount.seconds(3600)
  /// How often a request is sent again when the server was busy or not there.
  package var retries = 0
  /// Event loops that send and receive.
  package var threads = 2

  package init() {}
}
