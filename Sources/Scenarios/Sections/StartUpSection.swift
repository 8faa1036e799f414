import ServingModel
import SimKernel

/// `start_up`: how long a new replica takes until it serves, as a whole or in its parts.
struct StartUpSection: Sendable {
  var path: String
  var origin: Origin
  /// Stated as a whole.
  var whole: Stated<SimDuration>?
  var node: Stated<SimDuration>?
  var image: Stated<Bytes>?
  var weights: Stated<Bytes>?
  var networkBandwidth: Stated<BytesPerSecond>?
  var storageBandwidth: Stated<BytesPerSecond>?
  var engine: Stated<SimDuration>?

  /// nil: nothing, or with a problem something else, is stated.
  init?(_ scaling: Fields) {
    let time = Units<SimDuration>.duration.expected
    let stated = scaling.wordOrMapping(
      "start_up",
      "\(time), or a mapping of its parts like {engine: 40 s, storage_bandwidth: 2 GB/s}",
      "From the decision to start a replica until requests can be sent to it.",
      .required("from the decision to start a replica to when it serves, like 2 min"), words: [])
    switch stated {
    case nil: return nil
    case .mapping(let fields): self.init(mapping: fields)
    case .word(let node):
      let path = scaling.path("start_up")
      self.init(whole: scaling.quantity(node, path: path, .duration), path, node.origin)
    }
  }

  private init(whole: Stated<SimDuration>?, _ path: String, _ origin: Origin) {
    self.path = path
    self.origin = origin
    self.whole = whole
  }

  private init(mapping fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "In place of a time, its parts, one after the other. A replica that finds room on a node that is "
        + "there needs no new node and no image.")
    node = fields.quantity(
      "node", .duration, zeroAllowed: true, "From asking for a node until it is there.",
      .default("0 s"))
    image = fields.quantity(
      "image", .size, "The container image that a new node pulls over `network_bandwidth`.",
      .default("none"))
    weights = fields.quantity(
      "weights", .size, zeroAllowed: true,
      "The weights that a replica reads, each byte once, over the slower of the two bandwidths.",
      .default("all weights of `model`, in their precision"))
    networkBandwidth = fields.quantity(
      "network_bandwidth", .bandwidth,
      "Of a node, to the registry of images and to remote storage.",
      .needed("with `image`"))
    storageBandwidth = fields.quantity(
      "storage_bandwidth", .bandwidth, "At which a node reads weights from where they are kept.",
      .needed("unless `network_bandwidth` is stated"))
    engine = fields.quantity(
      "engine", .duration, zeroAllowed: true,
      "From when the weights are there until the engine serves: profiling, compilation, the capture of "
        + "graphs, warm-up.", .required("what the engine takes to be ready, like 40 s"))
    if fields.isStated("image") {
      fields.require("network_bandwidth", "what the image is pulled at, like 10 Gbit/s")
    }
    if fields.stated("network_bandwidth", "storage_bandwidth").isEmpty, !fields.isDeclaring {
      fields.missing("storage_bandwidth", "what weights are read at, like 2 GB/s")
    }
    fields.finish()
  }
}
