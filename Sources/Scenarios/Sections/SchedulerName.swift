/// `engine.scheduler`: how batches change.
enum SchedulerName: String, CaseIterable, Sendable {
  /// At every step, as `scheduling_policy` says.
  case continuous
  /// When all of a batch have ended, as `scheduling_policy: static`.
  case staticBatching = "static"

  var meaning: String {
    switch self {
    case .continuous: "at every step, as `scheduling_policy` says"
    case .staticBatching: "as with `scheduling_policy: static`"
    }
  }
}
