import SimKernel

/// An entry of `regions`: where clients are, and groups of the fleet.
struct RegionSection: Sendable {
  var path: String
  var origin: Origin
  var name: Stated<String>?
  var latency: Stated<SimDuration>?
  var links: [Link]
  var serves: [Stated<String>]

  /// An entry of `links`.
  struct Link: Sendable {
    var path: String
    var to: Stated<String>?
    var latency: Stated<SimDuration>?

    init(_ fields: Fields) {
      path = fields.path
      fields.introduce("The way to another region, the same in both directions.")
      to = fields.text("to", "The other region.", .required("the name of another region"))
      latency = fields.quantity(
        "latency", .duration, zeroAllowed: true, "The round trip between the two.",
        .required("a round trip like 80 ms"))
      fields.finish()
    }
  }

  init(_ fields: Fields) {
    path = fields.path
    origin = fields.origin
    fields.introduce(
      "A place of clients and of groups of the fleet: [Regions and models](RegionsAndModels.md). Each "
        + "pair of regions is linked, by one of the two.")
    name = fields.text("name", "What else calls the region.", .required("a name like us-east"))
    latency = fields.quantity(
      "latency", .duration, zeroAllowed: true,
      "The round trip between the region's own clients and its replicas.", .default("0 s"))
    links = fields.mappings(
      "links", "The way to other regions, like `[{to: eu-west, latency: 80 ms}]`."
    ).map { Link($0) }
    serves = fields.words(
      "serves", like: "[us-east]", "The regions whose clients its replicas may serve.",
      .default("all regions"))
    fields.finish()
  }
}
