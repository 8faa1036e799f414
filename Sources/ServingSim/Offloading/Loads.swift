import SimKernel

/// Requests whose KV entries come from tiers, until all have come or the requests have ended.
struct Loads {
  private var underWay: [Int32: Load] = [:]

  var isEmpty: Bool { underWay.isEmpty }

  subscript(_ number: Int) -> Load? {
    get { underWay.isEmpty ? nil : underWay[Int32(number)] }
    set { underWay[Int32(number)] = newValue }
  }

  /// One request's: from each secondary tier to the host's memory, one after the other, and then all of
  /// it from there.
  struct Load {
    var replica: Int
    /// The one under way first.
    var legs: [Leg]
    /// When the tier begins to send; nil: it has.
    var startsAt: Instant?
    /// The number of its record in the log.
    var record: Int
  }

  struct Leg {
    var from: Transfers.Link
    var to: Transfers.Link
    var bytes: Int64
    var latency: SimDuration
  }
}
