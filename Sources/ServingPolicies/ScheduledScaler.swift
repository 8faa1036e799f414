package import ServingSim
package import SimKernel

/// As many replicas as a timetable says.
package struct ScheduledScaler: Scaler {
  /// From when on there are to be how many, ascending in time.
  package var entries: [Entry]

  package struct Entry: Hashable, Sendable {
    package var time: SimTime
    package var replicas: Int

    package init(time: SimTime, replicas: Int) {
      self.time = time
      self.replicas = replicas
    }
  }

  package init(_ entries: [Entry]) { self.entries = entries }

  package mutating func look(at pool: PoolView) -> ScalingDecision {
    let now = entries.last { $0.time <= pool.asOf }
    let next = entries.first { $0.time > pool.asOf }
    return ScalingDecision(
      replicas: now?.replicas ?? pool.ready + pool.starting, next: next?.time ?? .never)
  }
}
