/// `engine.scheduler`: how batches change.
enum SchedulerName: String, CaseIterable, Sendable {
  /// At every step, as `scheduling_policy` says.
  case continuous
  /// When all of a batch have ended, as `scheduling_policy: static`.
  case staticBatching = "static"
}
