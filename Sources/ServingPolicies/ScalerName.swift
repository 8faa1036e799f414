package import ServingSim
package import SimKernel

/// The scalers by the words of a scenario. A new one is a case here and a line in `meaning`,
/// `settings` and `scaler`.
package enum ScalerName: String, CaseIterable, Sendable {
  case schedule
  case outstanding
  case hpa
  case predictive
  case dynamoPlanner = "dynamo_planner"

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .schedule: "the timetable in `entries`"
    case .outstanding: "as many replicas as hold all requests with `target` of them each"
    case .hpa:
      "Kubernetes' horizontal pod autoscaler: `target` of `metric` for each replica, with its "
        + "tolerance, stabilization windows and rate limits; to no replica as KEDA does"
    case .predictive:
      "`target` requests a second for each replica, of those that came one `period` before the time "
        + "that lies ahead, or just now if that is more"
    case .dynamoPlanner:
      "NVIDIA Dynamo's planner by throughput: the requests that are expected in the next interval, by "
        + "what a replica serves within `ttft` and `itl`"
    }
  }

  /// What a scenario has to say for it.
  package var settings: Set<ScalerSetting> {
    switch self {
    case .schedule: [.entries]
    case .outstanding: [.target, .interval]
    case .hpa:
      [
        .target, .interval, .metric, .tolerance, .scaleUpWindow, .scaleDownWindow, .cooldown,
      ]
    case .predictive: [.target, .interval, .period, .lookAhead]
    case .dynamoPlanner:
      [.interval, .ttft, .itl, .loadPredictor, .loadPredictionWindowSize, .noCorrection]
    }
  }

  package func scaler(_ values: ScalerSettings) -> any Scaler {
    switch self {
    case .schedule: ScheduledScaler(values.entries)
    case .outstanding: OutstandingScaler(target: values.target, interval: values.interval)
    case .hpa: HorizontalPodAutoscaler(values.autoscaler)
    case .predictive: PredictiveScaler(values.predictive)
    case .dynamoPlanner: DynamoPlanner(values.throughput, of: EngineCapacity(values.replica))
    }
  }
}

/// The fields of `scaling` that tell one scaler from another of its kind.
package enum ScalerSetting: String, CaseIterable, Sendable {
  case entries, target, interval, metric, tolerance
  case scaleUpWindow = "scale_up_window"
  case scaleDownWindow = "scale_down_window"
  case cooldown, period
  case lookAhead = "look_ahead"
  case ttft, itl
  case loadPredictor = "load_predictor"
  case loadPredictionWindowSize = "load_prediction_window_size"
  case noCorrection = "no_correction"
}

/// Their values, each checked where it is read; those that a scaler does not ask for mean nothing.
package struct ScalerSettings: Sendable {
  /// Ascending in time.
  package var entries: [ScheduledScaler.Entry] = []
  /// Requests a replica, above 0.
  package var target = 1.0
  /// From one look to the next, above 0.
  package var interval = Self.usualInterval

  /// What Kubernetes' controller waits between two looks:
  /// `--horizontal-pod-autoscaler-sync-period` of kube-controller-manager.
  package static let usualInterval = SimDuration.second * 15

  /// Of `hpa`, beside these.
  package var metric = HorizontalPodAutoscaler.Metric.outstanding
  package var tolerance: Double?
  package var scaleUpWindow: SimDuration?
  package var scaleDownWindow: SimDuration?
  package var cooldown: SimDuration?

  /// Of `predictive`, beside target and interval.
  package var period = PredictiveScaler.Settings.usualPeriod
  package var lookAhead = SimDuration.zero

  /// Of `dynamo_planner`, but for its interval.
  package var planner = DynamoPlanner.Settings()

  /// What a replica of the pool is.
  fileprivate let replica: ReplicaPlan

  package init(of replica: ReplicaPlan) { self.replica = replica }

  fileprivate var predictive: PredictiveScaler.Settings {
    var settings = PredictiveScaler.Settings(
      target: target, interval: interval, lookAhead: lookAhead)
    settings.period = period
    return settings
  }

  fileprivate var throughput: DynamoPlanner.Settings {
    var settings = planner
    settings.interval = interval
    return settings
  }

  fileprivate var autoscaler: HorizontalPodAutoscaler.Settings {
    var settings = HorizontalPodAutoscaler.Settings(
      metric: metric, target: target, interval: interval)
    settings.tolerance = tolerance ?? settings.tolerance
    settings.scaleUpWindow = scaleUpWindow ?? settings.scaleUpWindow
    settings.scaleDownWindow = scaleDownWindow ?? settings.scaleDownWindow
    settings.cooldown = cooldown ?? settings.cooldown
    return settings
  }
}
