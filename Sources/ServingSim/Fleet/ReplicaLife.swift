import SimKernel

/// Where a replica is in its life.
enum ReplicaLife: UInt8, BitwiseCopyable {
  /// It serves.
  case ready
  /// Switched off for want of work; a request that is sent there wakes it.
  case off
  /// It comes back from being off; requests can be sent there and wait until it is up.
  case waking
  /// New, and not up yet; no request is sent there.
  case starting
  /// It ends what it has and gets nothing more.
  case draining
  /// Its machine will be taken back: it ends what it can until then and gets nothing more.
  case reclaimed
  /// Nobody reaches it, which is not known yet: requests are sent there, and wait in vain.
  case cutOff
  /// Nobody reaches it, and no request is sent there.
  case partitioned
  /// It loses its requests as the step under way ends.
  case failing
  /// It is down until it is repaired.
  case failed
  /// It is no longer part of the fleet; its recording is.
  case gone

  /// Whether requests can be sent there.
  var isMember: Bool { self == .ready || self == .off || self == .waking || self == .cutOff }

  /// Whether it is to stay.
  var isPresent: Bool {
    switch self {
    case .ready, .off, .waking, .starting, .reclaimed, .cutOff, .partitioned, .failing, .failed:
      true
    case .draining, .gone: false
    }
  }

  /// Whether it does steps when it has requests.
  var isServing: Bool { self == .ready || self == .draining || self == .reclaimed }

  /// Whether it draws no power.
  var isDark: Bool { self == .off || self == .failed || self == .gone }
}

/// A replica's life so far.
struct ReplicaStanding: BitwiseCopyable {
  var life: ReplicaLife
  /// Since when it has been off, down or gone, as far as that is not recorded yet.
  var offSince: Instant = 0
  /// An `.idled` event of it is to come.
  var isWatched = false
  /// The number of its pool.
  var pool: Int32
  /// The number of the `ScalingPlan` that it belongs to; -1: none.
  var scaling: Int32 = -1
  /// The number of the node of that pool that it stands on; -1: none.
  var node: Int32 = -1
  /// Requests that it is to answer when another replica has computed their prompts.
  var expected: Int32 = 0
  /// How long its repair takes, where it is failing; the greatest: for good.
  var repair: Instant = 0
  /// When its machine is taken back; the greatest: it is not.
  var lostAt = Instant.max
  /// When it is known that nobody reaches it, and when it can be reached again.
  var noticedAt = Instant.max
  var reconnectedAt = Instant.max
  /// Until when its steps take longer.
  var slowUntil: Instant = 0
  /// When it joined the fleet, and when it was gone; greatest: it is not.
  var joined: Instant = 0
  var gone = Instant.max
}
