package import ServingSim
package import SimKernel

/// Kubernetes' horizontal pod autoscaler (autoscaling/v2) over a metric of the pool, with its tolerance,
/// its stabilization windows and the rate limits that it has by default
/// (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale, algorithm details and
/// default behavior); a pool that may be empty goes to no replica and back as KEDA's ScaledObject does
/// (https://keda.sh/docs/2.15/concepts/scaling-deployments, `cooldownPeriod`).
package struct HorizontalPodAutoscaler: Scaler {
  /// What a replica is to have `target` of.
  package enum Metric: String, CaseIterable, Sendable {
    case waiting
    case running
    case outstanding
    case kvUse = "kv_use"

    /// What the scenario reference says of it.
    package var meaning: String {
      switch self {
      case .waiting: "requests that wait, as `vllm:num_requests_waiting`"
      case .running: "requests that run, as `vllm:num_requests_running`"
      case .outstanding: "both together"
      case .kvUse: "the share of KV blocks in use, as `vllm:kv_cache_usage_perc`"
      }
    }
  }

  package struct Settings: Hashable, Sendable {
    package var metric: Metric
    /// Of a replica, above 0.
    package var target: Double
    package var interval: SimDuration
    /// The share by which the metric may be off without effect.
    package var tolerance = 0.1
    /// The pool grows to the least, and shrinks to the most, that was asked for within these times.
    package var scaleUpWindow = SimDuration.zero
    package var scaleDownWindow = Self.usualScaleDownWindow
    /// Without requests for so long, a pool that may be empty is.
    package var cooldown = Self.usualScaleDownWindow

    /// `--horizontal-pod-autoscaler-downscale-stabilization`, and KEDA's `cooldownPeriod`.
    package static let usualScaleDownWindow = SimDuration.second * 300

    package init(metric: Metric, target: Double, interval: SimDuration) {
      precondition(target > 0 && interval > .zero, "a scaler without a target")
      self.metric = metric
      self.target = target
      self.interval = interval
    }
  }

  package var settings: Settings
  /// What was asked for at former looks, within the longer window.
  private var asked: [(time: SimTime, replicas: Int)] = []
  /// Replicas that were added within the last `ratePeriod`.
  private var added: [(time: SimTime, count: Int)] = []
  /// When the pool last had a request.
  private var lastRequest: SimTime?

  /// In it, a pool may double, or grow by four.
  private static let ratePeriod = SimDuration.second * 15
  private static let mostAdded = 4

  package init(_ settings: Settings) { self.settings = settings }

  package mutating func look(at pool: PoolView) -> ScalingDecision {
    let present = pool.ready + pool.starting
    let next = pool.asOf + settings.interval
    // Nobody can have come before the run starts.
    guard pool.asOf > .start else { return ScalingDecision(replicas: present, next: next) }
    let requests = pool.waiting + pool.running + pool.unsent
    if requests > 0 || lastRequest == nil { lastRequest = pool.asOf }
    let wanted = stable(desired(pool, present), present, at: pool.asOf)
    // Only a pool whose bounds allow it comes to none.
    let isIdle = lastRequest.map { $0 + settings.cooldown <= pool.asOf } ?? false
    let isEmpty = present == 0 && requests == 0
    return ScalingDecision(
      replicas: isIdle || isEmpty ? 0 : max(1, wanted), next: next)
  }

  /// By the metric alone.
  private func desired(_ pool: PoolView, _ present: Int) -> Int {
    let total: Double =
      switch settings.metric {
      case .waiting: Double(pool.waiting + pool.unsent)
      case .running: Double(pool.running)
      case .outstanding: Double(pool.waiting + pool.running + pool.unsent)
      case .kvUse: pool.kvUse * Double(pool.ready)
      }
    let share = total / (settings.target * Double(max(present, 1)))
    if present > 0, abs(share - 1) <= settings.tolerance { return present }
    return Int((total / settings.target).rounded(.up))
  }

  /// Within what was asked for lately, and not growing faster than allowed.
  private mutating func stable(_ desired: Int, _ present: Int, at now: SimTime) -> Int {
    let longest = max(settings.scaleUpWindow, settings.scaleDownWindow)
    asked.removeAll { $0.time + longest < now }
    asked.append((now, desired))
    func within(_ window: SimDuration) -> [Int] {
      asked.filter { $0.time + window >= now }.map(\.replicas)
    }
    let least = within(settings.scaleUpWindow).min() ?? desired
    let most = within(settings.scaleDownWindow).max() ?? desired
    let wanted = present < least ? least : present > most ? most : present
    added.removeAll { $0.time + Self.ratePeriod <= now }
    let before = present - added.reduce(0) { $0 + $1.count }
    let limited = min(wanted, max(2 * before, before + Self.mostAdded))
    if limited > present { added.append((now, limited - present)) }
    return limited
  }
}
