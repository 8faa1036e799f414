import SimKernel

/// What routers see of replicas where that is not always fresh: what these said of themselves at the last
/// multiple of an interval.
///
/// While a fleet has nothing to do nothing changes, so nobody asks: reports sleep.
struct Telemetry {
  let interval: Instant
  /// Whether the router goes by tokens, which cost the most to count.
  let hasTokens: Bool
  private(set) var reports: [ReplicaReport] = []
  private(set) var asOf: Instant = 0
  /// When replicas report next; the greatest: not before something happens.
  fileprivate var next = Instant.max
  /// By pool, the member with the fewest outstanding requests by the reports, of this membership.
  fileprivate var least: [Int: (replica: Int, membership: Int)] = [:]

  /// nil: what routers see is fresh.
  init?(_ plan: Plan) {
    guard let interval = plan.routerSettings.refreshInterval else { return nil }
    self.interval = Instant(interval.picoseconds)
    hasTokens = plan.router == .leastOutstandingTokens
  }

  /// What it says is of `time`.
  fileprivate mutating func begin(at time: Instant) {
    asOf = time
    least.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func report(_ i: Int, _ report: ReplicaReport) {
    extend(to: i + 1)
    reports[i] = report
  }

  /// Replicas that have joined since have said nothing.
  fileprivate mutating func extend(to count: Int) {
    while reports.count < count { reports.append(ReplicaReport()) }
  }
}

extension Fleet {
  /// Somebody arrives, or the fleet is changed from outside: from now on there is something to report.
  mutating func expectReports() {
    guard let telemetry else { return }
    let last = instant / telemetry.interval * telemetry.interval
    if telemetry.next == .max {
      self.telemetry?.begin(at: last)
    } else if last > telemetry.asOf {
      report(asOf: last)
    }
    // What comes from outside comes before the next report that was expected to say anything new.
    expectReport(at: last + telemetry.interval)
  }

  private mutating func expectReport(at time: Instant) {
    guard let next = telemetry?.next, time < next else { return }
    telemetry?.next = time
    agenda.add(.report, 0, at: time)
  }

  /// The replicas say how they are.
  mutating func takeReports() {
    // An earlier one may have come in place of that which was expected.
    guard let interval = telemetry?.interval, telemetry?.next == instant else { return }
    telemetry?.next = .max
    report(asOf: instant)
    // Reports between which nothing happens are of no use to anybody.
    let isQuiet = !hasReady && min(agenda.next, clock.least) > now
    let isIdle =
      unsent.isEmpty && travelling.isEmpty && (0..<count).allSatisfy { load(of: $0) == 0 }
    if isIdle || isQuiet && nextInstant == .max { return }
    let useful = isQuiet ? nextInstant / interval * interval : 0
    expectReport(at: max(instant + interval, useful))
  }

  /// What replicas say at `time`, since which nothing has happened.
  private mutating func report(asOf time: Instant) {
    guard let hasTokens = telemetry?.hasTokens else { return }
    telemetry?.begin(at: time)
    for i in 0..<count {
      let report = report(of: i, at: time, withTokens: hasTokens)
      telemetry?.report(i, report)
    }
  }

  private func report(of i: Int, at time: Instant, withTokens: Bool) -> ReplicaReport {
    ReplicaReport(
      waiting: replicas[i].waitingCount + Int(standings[i].expected),
      running: replicas[i].batch.running.count,
      tokens: withTokens ? replicas[i].knownTokens(at: time) : 0,
      usedBlocks: replicas[i].usedBlocks(at: time))
  }

  /// What the router says of a request by what it knows of the replicas.
  @inline(never)
  mutating func routeByReports(_ request: RequestView, in p: Int) -> Int {
    expectReports()
    telemetry?.extend(to: count)
    guard let telemetry else {
      return pools[p].router.route(request, in: view(for: request, in: p))
    }
    let facts = pools[p].facts
    facts.pointee.reportTime = telemetry.asOf
    return telemetry.reports.withUnsafeBufferPointer { reports in
      facts.pointee.reports = reports.baseAddress
      defer { facts.pointee.reports = nil }
      var view = view(for: request, in: p)
      view.leastOutstanding = leastReported(of: p, in: view)
      return pools[p].router.route(request, in: view)
    }
  }

  private mutating func leastReported(of p: Int, in view: FleetView) -> Int {
    if let least = telemetry?.least[p], least.membership == view.membership { return least.replica }
    var best = view.member(0)
    for place in 1..<view.count {
      let replica = view.member(place)
      if view[replica].outstanding < view[best].outstanding { best = replica }
    }
    telemetry?.least[p] = (best, view.membership)
    return best
  }
}
