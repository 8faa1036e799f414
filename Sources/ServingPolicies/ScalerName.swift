package import ServingSim
package import SimKernel

/// The scalers by the words of a scenario. A new one is a case here and a line in `meaning`,
/// `settings` and `scaler`.
package enum ScalerName: String, CaseIterable, Sendable {
  case schedule
  case outstanding

  /// What the scenario reference says of it.
  package var meaning: String {
    switch self {
    case .schedule: "the timetable in `entries`"
    case .outstanding: "as many replicas as hold all requests with `target` of them each"
    }
  }

  /// What a scenario has to say for it.
  package var settings: Set<ScalerSetting> {
    switch self {
    case .schedule: [.entries]
    case .outstanding: [.target, .interval]
    }
  }

  package func scaler(_ values: ScalerSettings) -> any Scaler {
    switch self {
    case .schedule: ScheduledScaler(values.entries)
    case .outstanding: OutstandingScaler(target: values.target, interval: values.interval)
    }
  }
}

/// The fields of `scaling` that tell one scaler from another of its kind.
package enum ScalerSetting: String, CaseIterable, Sendable {
  case entries, target, interval
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

  package init() {}
}
