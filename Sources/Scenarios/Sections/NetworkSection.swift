import ServingModel
import TextAndBytes

/// `network`: what joins accelerators of different servers.
struct NetworkSection: Sendable {
  var path: String
  var origin: Origin
  /// The share of one accelerator.
  var bandwidth: Stated<BytesPerSecond>?
  var serverSize: Stated<Int>?

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "It counts for engines whose accelerators do not all stand in one server or link domain.")
    bandwidth = fields.quantity(
      "bandwidth", .bandwidth, atLeast: "1 MB/s",
      "Between servers, in one direction: the share of one accelerator.",
      .default("50 GB/s; 25 GB/s up to Ampere, 100 GB/s with Blackwell and CDNA 4"))
    serverSize = fields.wholeNumber(
      "accelerators_per_server", in: 1...1024,
      "How many accelerators stand in one server. A link domain may join several servers.",
      .default("8; 1 with gh200"))
    fields.finish()
  }
}
