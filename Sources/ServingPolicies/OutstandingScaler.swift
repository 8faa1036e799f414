package import ServingSim
package import SimKernel

/// As many replicas as hold the pool's requests with `target` of them each, looked at every
/// `interval`: the rule of Kubernetes' horizontal pod autoscaler for an average value, which also
/// leaves a pool as it is while that is within a tenth of what it should be
/// (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale, algorithm details).
package struct OutstandingScaler: Scaler {
  package var target: Double
  package var interval: SimDuration
  /// Share of the target that makes no difference.
  static let tolerance = 0.1

  package init(target: Double, interval: SimDuration) {
    precondition(target > 0 && interval > .zero, "a scaler without a target")
    self.target = target
    self.interval = interval
  }

  package mutating func look(at pool: PoolView) -> ScalingDecision {
    let present = pool.ready + pool.starting
    let next = pool.asOf + interval
    // Nobody can have come before the run starts.
    guard pool.asOf > .start else { return ScalingDecision(replicas: present, next: next) }
    let requests = Double(pool.waiting + pool.running + pool.unsent)
    let share = requests / (target * Double(max(present, 1)))
    let isNear = present > 0 && abs(share - 1) <= Self.tolerance
    let wanted = isNear ? present : Int((requests / target).rounded(.up))
    return ScalingDecision(replicas: wanted, next: next)
  }
}
