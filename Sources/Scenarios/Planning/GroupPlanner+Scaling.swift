import ServingPolicies
import ServingSim
import SimKernel

extension GroupPlanner {
  /// How the group's replicas change while the run goes on; nil: they do not, or, with a problem,
  /// cannot so. `planned` has the replicas that it begins with.
  func scaling(
    of planned: PlannedGroup, lines: inout PlanLines, derived: inout PlanLines
  ) -> ScalingPlan? {
    guard let section = group.scaling else { return nil }
    if let down = group.powerDown {
      issues.add(
        section.origin, section.path,
        "a group has scaling or \(down.path), not both: what nobody needs leaves or is switched off"
      )
    }
    guard let policy = section.policy, let startUp = section.startUp,
      let first = planned.replicas.first
    else { return nil }
    lines.stated(policy)
    let start = self.startUp(
      startUp, checkpoint: planned.checkpoint, lines: &lines, derived: &derived)
    var settings = ScalerSettings(of: first)
    settings.entries = entries(section, lines: &lines)
    lines.stated(section.target)
    settings.target = section.target?.value ?? settings.target
    switch policy.value {
    case .schedule: break
    case .outstanding: resolveInterval(section, into: &settings, lines: &lines)
    case .hpa:
      resolveInterval(section, into: &settings, lines: &lines)
      resolve(section, into: &settings, lines: &lines)
    case .predictive:
      lines.stated(section.interval)
      settings.interval = section.interval?.value ?? settings.interval
      predict(section, start, into: &settings, lines: &lines)
    case .dynamoPlanner: plan(section, into: &settings, lines: &lines)
    }
    let count = planned.replicas.count / first.dataParallelSize
    let bounds = self.bounds(section, beginning: count, settings.entries, lines: &lines)
    guard let bounds, let start else { return nil }
    var replica = first
    replica.nodes = nodes(section, start, beginning: count, lines: &lines)
    return ScalingPlan(
      group: first.group, replica: replica, bounds: bounds,
      startUp: replica.nodes == nil ? start.node + start.replica : start.replica,
      scaler: policy.value.scaler(settings))
  }

  private func resolveInterval(
    _ section: ScalingSection, into settings: inout ScalerSettings, lines: inout PlanLines
  ) {
    settings.interval = lines.resolve(
      section.interval, "\(section.path).interval", default: settings.interval, as: "15 s",
      "default: of Kubernetes' controller")
  }

  /// What `predictive` goes by beside its target and interval.
  private func predict(
    _ section: ScalingSection, _ start: PlannedStartUp?, into settings: inout ScalerSettings,
    lines: inout PlanLines
  ) {
    settings.period = lines.resolve(
      section.period, "\(section.path).period", default: settings.period, as: "1 d",
      "default: a day")
    let whole = start.map { $0.node + $0.replica } ?? .zero
    settings.lookAhead = lines.resolve(
      section.lookAhead, "\(section.path).look_ahead", default: whole,
      as: Self.text(whole), "default: what a start takes")
  }

  /// In seconds, where these say it to the picosecond.
  private static func text(_ time: SimDuration) -> String {
    SimDuration(seconds: time.seconds) == time ? "\(time.seconds) s" : "\(time.picoseconds) ps"
  }

  /// What `dynamo_planner` goes by.
  private func plan(
    _ section: ScalingSection, into settings: inout ScalerSettings, lines: inout PlanLines
  ) {
    let (path, usual, options) = (section.path, "default: Dynamo's", section.planner)
    settings.interval = lines.resolve(
      section.interval, "\(path).interval", default: DynamoPlanner.Settings.usualInterval,
      as: "180 s", usual)
    settings.planner.timeToFirstToken = lines.resolve(
      options.ttft, "\(path).ttft", default: settings.planner.timeToFirstToken, as: "500 ms", usual)
    settings.planner.interTokenLatency = lines.resolve(
      options.itl, "\(path).itl", default: settings.planner.interTokenLatency, as: "50 ms", usual)
    settings.planner.predictor = lines.resolve(
      options.loadPredictor, "\(path).load_predictor", default: .constant,
      as: LoadPredictor.constant.rawValue)
    if settings.planner.predictor == .movingAverage {
      settings.planner.window = lines.resolve(
        options.loadPredictionWindowSize, "\(path).load_prediction_window_size",
        default: settings.planner.window, usual)
    } else if let size = options.loadPredictionWindowSize {
      lines.withoutEffect(size, "it is of moving_average")
    }
    settings.planner.isCorrected = !lines.resolve(
      options.noCorrection, "\(path).no_correction", default: false)
  }

  /// What `hpa` goes by beside its target and interval.
  private func resolve(
    _ section: ScalingSection, into settings: inout ScalerSettings, lines: inout PlanLines
  ) {
    let usual = HorizontalPodAutoscaler.Settings(metric: .outstanding, target: 1, interval: .second)
    settings.metric = lines.resolve(
      section.metric, "\(section.path).metric", default: .outstanding,
      as: HorizontalPodAutoscaler.Metric.outstanding.rawValue)
    settings.tolerance = lines.resolve(
      section.tolerance, "\(section.path).tolerance", default: usual.tolerance,
      "default: Kubernetes'")
    settings.scaleUpWindow = lines.resolve(
      section.scaleUpWindow, "\(section.path).scale_up_window", default: usual.scaleUpWindow,
      as: "0 s", "default: Kubernetes'")
    settings.scaleDownWindow = lines.resolve(
      section.scaleDownWindow, "\(section.path).scale_down_window",
      default: usual.scaleDownWindow, as: "300 s", "default: Kubernetes'")
    settings.cooldown = lines.resolve(
      section.cooldown, "\(section.path).cooldown", default: usual.cooldown, as: "300 s",
      "default: KEDA's")
  }

  private func entries(
    _ section: ScalingSection, lines: inout PlanLines
  ) -> [ScheduledScaler.Entry] {
    var entries: [ScheduledScaler.Entry] = []
    for entry in section.entries {
      guard let at = entry.at, let replicas = entry.replicas else { continue }
      lines.stated(at)
      lines.stated(replicas)
      let time = at.value
      if let last = entries.last, last.time >= time {
        issues.add(
          at.origin, at.path, "found \(at.text), which is not later than the entry before it")
      }
      entries.append(ScheduledScaler.Entry(time: time, replicas: replicas.value))
    }
    return entries
  }

  /// The least and the most replicas, those that the timetable says included; nil, with problems,
  /// when the one is more than the other or something else is not within them.
  private func bounds(
    _ section: ScalingSection, beginning count: Int, _ entries: [ScheduledScaler.Entry],
    lines: inout PlanLines
  ) -> ClosedRange<Int>? {
    let counts = [count] + entries.map(\.replicas)
    let isTimetable = !entries.isEmpty
    let least = lines.resolve(
      section.minReplicas, "\(section.path).min_replicas",
      default: isTimetable ? counts.min() ?? 1 : 1,
      isTimetable ? "default: the least of entries" : "default: Kubernetes'")
    let most = lines.resolve(
      section.maxReplicas, "\(section.path).max_replicas",
      default: max(least, counts.max() ?? 1), "default: the most of entries")
    guard least <= most else {
      issues.add(
        section.maxReplicas?.origin ?? section.origin, "\(section.path).max_replicas",
        "found \(most); min_replicas is \(least)")
      return nil
    }
    var isWithin = true
    func check(_ value: Int, _ origin: Origin, _ path: String) {
      guard !(least...most).contains(value) else { return }
      isWithin = false
      issues.add(
        origin, path, "found \(value); min_replicas and max_replicas are \(least) and \(most)")
    }
    check(count, group.replicas?.origin ?? section.origin, "\(group.path).replicas")
    for case let replicas? in section.entries.map(\.replicas) {
      check(replicas.value, replicas.origin, replicas.path)
    }
    return isWithin ? least...most : nil
  }
}
