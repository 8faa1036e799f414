import SimKernel

/// What is known of a pool that is of no single replica, for policies.
struct FleetFacts {
  /// Requests sent to members that have not ended.
  var underWay = 0
  /// Requests that its members run at once, at most.
  var seats = 0
  /// How often replicas have become members or ceased to be.
  var membership = 0
  /// The chains of the prompts; the fleet keeps them.
  let paths: Unmanaged<ContentPaths>?
  /// What replicas said of themselves when they were last asked, and when that was; nil: whoever looks
  /// now asks now.
  var reports: UnsafePointer<ReplicaReport>?
  var reportTime: Instant = 0

  init(_ paths: ContentPaths?) { self.paths = paths.map { .passUnretained($0) } }

  /// The same over a copy of the chains.
  func copy(_ paths: ContentPaths?) -> FleetFacts {
    var copy = FleetFacts(paths)
    copy.underWay = underWay
    copy.seats = seats
    copy.membership = membership
    copy.reportTime = reportTime
    return copy
  }
}
