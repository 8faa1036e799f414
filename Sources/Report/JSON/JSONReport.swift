package import Impact
import ServingSim

/// report.json: the metrics under stable names. Times are in seconds, shares in 0...1; null says
/// that there is nothing to take the figure of.
package enum JSONReport {
  /// The file's text.
  package static func render(_ metrics: Metrics, bill: Bill? = nil) -> String {
    JSONValue.object([
      ("name", .string(metrics.name)),
      ("seed", .integer(metrics.seed)),
      ("hash", .string(metrics.outcomeHashText)),
      ("step_time", .array(metrics.stepTimes.map(stepTime))),
      ("makespan_s", .optional(metrics.makespan)),
      ("requests", requests(metrics.requests)),
      ("latency", latency(metrics)),
      ("queue_growth", metrics.queueGrowth.map(queueGrowth) ?? .null),
      ("throughput", throughput(metrics.throughput)),
      ("slo", objectives(metrics.objectives)),
      ("deadlines", metrics.deadlines.map(deadlines) ?? .null),
      ("kv", cache(metrics.cache)),
      ("fleet", fleet(metrics.fleet)),
      ("engines", .array(metrics.replicas.enumerated().map { engine($0.element, $0.offset) })),
      ("remarks", .array(metrics.remarks.map(remark))),
      ("impact", bill.map { BillJSON.value($0) } ?? .null),
    ]).text
  }

  private static func remark(_ remark: Remark) -> JSONValue {
    .object([
      ("field", .string(remark.field)), ("value", .string(remark.value)),
      ("reason", .string(remark.reason)),
    ])
  }

  private static func stepTime(_ source: StepTimeSource) -> JSONValue {
    .object([
      ("name", .string(source.name)), ("provenance", .string(source.provenance)),
      ("groups", .array(source.groups.map { .string($0) })),
      ("calibration", source.calibration.map(calibration) ?? .null),
      ("steps", .count(source.steps)), ("steps_outside", .count(source.stepsOutside)),
    ])
  }

  private static func requests(_ counts: RequestCounts) -> JSONValue {
    .object([
      ("total", .count(counts.total)),
      ("arrived", .count(counts.arrived)),
      ("finished", .count(counts.finished)),
      ("rejected", .count(counts.rejected)),
      (
        "rejected_by_reason",
        .object(counts.rejections.map { ($0.reason.rawValue, .count($0.count)) })
      ),
      ("under_way", .count(counts.underWay)),
      ("aborted", .count(counts.aborted)),
    ])
  }

  private static func latency(_ metrics: Metrics) -> JSONValue {
    let latency = metrics.latency
    func error(_ metric: ExpectedError.Metric) -> [(String, JSONValue)] {
      [("expected_error", interval(metrics.expectedError(of: metric)))]
    }
    return .object([
      ("ttft", .object(quantiles(latency.timeToFirstToken) + error(.ttft))),
      ("itl", .object(quantiles(latency.interToken))),
      ("tpot", .object(quantiles(latency.timePerOutputToken) + error(.tpot))),
      ("e2e", .object(quantiles(latency.endToEnd) + error(.e2e))),
      ("queueing", .object(quantiles(latency.queueing))),
    ])
  }

  private static func quantiles(_ distribution: Distribution?) -> [(String, JSONValue)] {
    [
      ("mean", .optional(distribution?.mean)),
      ("p50", .optional(distribution?.p50)),
      ("p90", .optional(distribution?.p90)),
      ("p95", .optional(distribution?.p95)),
      ("p99", .optional(distribution?.p99)),
      ("max", .optional(distribution?.max)),
    ]
  }

  private static func throughput(_ throughput: ThroughputMetrics) -> JSONValue {
    .object([
      ("requests_per_s", .optional(throughput.requestsPerSecond)),
      ("output_tokens_per_s", .optional(throughput.outputTokensPerSecond)),
      ("total_tokens_per_s", .optional(throughput.totalTokensPerSecond)),
      ("goodput_requests_per_s", .optional(throughput.goodputRequestsPerSecond)),
    ])
  }

  private static func objectives(_ metrics: ObjectiveMetrics) -> JSONValue {
    .object(
      [
        ("judged", .count(metrics.judged)),
        ("met_all", metrics.metAll.map { .count($0) } ?? .null),
        ("attainment", .optional(metrics.share)),
      ]
        + Objective.allCases.map { objective in
          let stated = metrics.stated.first { $0.objective == objective }
          return (objective.rawValue, stated.map(attainment) ?? .null)
        })
  }

  private static func attainment(_ attainment: Attainment) -> JSONValue {
    .object([
      ("bound_s", .number(attainment.bound)),
      ("met", .count(attainment.met)),
      ("attainment", .optional(attainment.share)),
    ])
  }

  private static func queueGrowth(_ growth: QueueGrowth) -> JSONValue {
    .object([
      ("first_tenth_s", .number(growth.first)), ("last_tenth_s", .number(growth.last)),
      ("service_s", .number(growth.service)), ("is_backlog", .boolean(growth.isBacklog)),
    ])
  }

  private static func deadlines(_ metrics: DeadlineMetrics) -> JSONValue {
    .object([
      ("requests", .count(metrics.requests)),
      ("met", .count(metrics.met)),
      ("held", .count(metrics.held)),
      ("holding", .object(quantiles(metrics.holding))),
    ])
  }

  private static func cache(_ cache: CacheMetrics) -> JSONValue {
    .object([
      ("prefix_hit_ratio", .optional(cache.prefixHitRatio)),
      ("peak_use", .optional(cache.peakUse)),
      ("preemptions", .count(cache.preemptions)),
    ])
  }

  private static func fleet(_ fleet: FleetSize) -> JSONValue {
    .object([
      ("replicas", .count(fleet.replicas)), ("engines", .count(fleet.engines)),
      ("changes", fleet.changes.map(changes) ?? .null),
    ])
  }

  private static func changes(_ changes: FleetChanges) -> JSONValue {
    .object([
      ("least", .count(changes.least)), ("mean", .number(changes.mean)),
      ("most", .count(changes.most)), ("joined", .count(changes.joined)),
      ("gone", .count(changes.gone)),
    ])
  }

  private static func engine(_ replica: ReplicaMetrics, _ number: Int) -> JSONValue {
    .object([
      ("engine", .count(number)),
      ("replica", .count(replica.number.replica)),
      ("dp_rank", replica.number.rank.map { .count($0) } ?? .null),
      ("group", .string(replica.group)),
      ("requests", .count(replica.requests)),
      ("busy_share", .optional(replica.busyShare)),
      ("mean_running", .optional(replica.meanRunning)),
      ("mean_waiting", .optional(replica.meanWaiting)),
      ("mean_kv_use", .optional(replica.meanCacheUse)),
      ("peak_kv_use", .optional(replica.peakCacheUse)),
      ("prefix_hit_ratio", .optional(replica.prefixHitRatio)),
      ("preemptions", .count(replica.preemptions)),
      ("off_share", .optional(replica.offShare)),
      ("wakes", .count(replica.wakes)),
      ("joined_s", .optional(replica.joined)),
      ("gone_s", .optional(replica.gone)),
      ("mfu", .optional(replica.modelFLOPsUtilization)),
      ("mbu", .optional(replica.modelBandwidthUtilization)),
    ])
  }
}
