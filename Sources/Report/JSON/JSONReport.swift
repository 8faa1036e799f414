package import Impact
import ServingModel
import ServingSim
import TextAndBytes

/// report.json: the metrics under stable names. Times are in seconds, shares in 0...1; null says
/// that there is nothing to take the figure of.
package enum JSONReport {
  /// The file's text.
  package static func render(_ metrics: Metrics, bill: Bill? = nil) -> String {
    JSON.object(of: [
      ("name", .string(metrics.name)),
      ("seed", .whole(metrics.seed)),
      ("hash", .string(metrics.outcomeHashText)),
      ("verdict", verdict(metrics.verdicts)),
      ("objectives", .array(metrics.verdicts.map(judged))),
      ("step_time", .array(metrics.stepTimes.map(stepTime))),
      ("makespan_s", .optional(metrics.makespan)),
      ("requests", requests(metrics.requests)),
      ("latency", latency(metrics)),
      ("queue_growth", metrics.queueGrowth.map(queueGrowth) ?? .null),
      ("slower_steps", metrics.slower.map(slowerRun) ?? .null),
      ("is_near_limit", .bool(NearLimit(metrics) != nil)),
      ("throughput", throughput(metrics.throughput)),
      ("slo", objectives(metrics.objectives)),
      ("losses", metrics.losses.map(losses) ?? .null),
      ("handovers", metrics.handovers.map(handovers) ?? .null),
      ("kv_tiers", metrics.loads.map(loads) ?? .null),
      ("speculative_decoding", metrics.speculation.map(speculation) ?? .null),
      ("deadlines", metrics.deadlines.map(deadlines) ?? .null),
      ("breakdown", breakdown(metrics.labels)),
      ("kv", cache(metrics.cache)),
      ("fleet", fleet(metrics.fleet)),
      ("engines", .array(metrics.replicas.enumerated().map { engine($0.element, $0.offset) })),
      ("remarks", .array(metrics.remarks.map(remark))),
      ("impact", bill.map { BillJSON.value($0) } ?? .null),
    ]).document
  }

  private static func remark(_ remark: Remark) -> JSON {
    .object(of: [
      ("field", .string(remark.field)), ("value", .string(remark.value)),
      ("reason", .string(remark.reason)),
    ])
  }

  private static func stepTime(_ source: StepTimeSource) -> JSON {
    .object(of: [
      ("name", .string(source.name)), ("provenance", .string(source.provenance)),
      ("groups", .array(source.groups.map { .string($0) })),
      ("calibration", source.calibration.map(calibration) ?? .null),
      ("steps", .count(source.steps)), ("steps_outside", .count(source.stepsOutside)),
    ])
  }

  private static func requests(_ counts: RequestCounts) -> JSON {
    .object(of: [
      ("total", .count(counts.total)),
      ("arrived", .count(counts.arrived)),
      ("finished", .count(counts.finished)),
      ("rejected", .count(counts.rejected)),
      (
        "rejected_by_reason",
        .object(of: counts.rejections.map { ($0.reason.rawValue, .count($0.count)) })
      ),
      ("under_way", .count(counts.underWay)),
      ("aborted", .count(counts.aborted)),
      ("failed", .count(counts.failed)),
    ])
  }

  private static func latency(_ metrics: Metrics) -> JSON {
    let latency = metrics.latency
    func error(_ metric: ExpectedError.Metric) -> [(String, JSON)] {
      [("expected_error", interval(metrics.expectedError(of: metric)))]
    }
    return .object(of: [
      ("ttft", .object(of: quantiles(latency.timeToFirstToken) + error(.ttft))),
      ("itl", .object(of: quantiles(latency.interToken))),
      ("tpot", .object(of: quantiles(latency.timePerOutputToken) + error(.tpot))),
      ("e2e", .object(of: quantiles(latency.endToEnd) + error(.e2e))),
      ("queueing", .object(of: quantiles(latency.queueing))),
    ])
  }

  static func quantiles(_ distribution: Distribution?) -> [(String, JSON)] {
    [
      ("mean", .optional(distribution?.mean)),
      ("p50", .optional(distribution?.p50)),
      ("p90", .optional(distribution?.p90)),
      ("p95", .optional(distribution?.p95)),
      ("p99", .optional(distribution?.p99)),
      ("max", .optional(distribution?.max)),
    ]
  }

  private static func throughput(_ throughput: ThroughputMetrics) -> JSON {
    .object(of: [
      ("requests_per_s", .optional(throughput.requestsPerSecond)),
      ("output_tokens_per_s", .optional(throughput.outputTokensPerSecond)),
      ("total_tokens_per_s", .optional(throughput.totalTokensPerSecond)),
      ("goodput_requests_per_s", .optional(throughput.goodputRequestsPerSecond)),
    ])
  }

  private static func objectives(_ metrics: ObjectiveMetrics) -> JSON {
    .object(
      of: [
        ("judged", .count(metrics.judged)),
        ("met_all", metrics.metAll.map { .count($0) } ?? .null),
        ("attainment", .optional(metrics.share)),
      ]
        + Objective.allCases.map { objective in
          let stated = metrics.stated.first { $0.objective == objective }
          return (objective.rawValue, stated.map(attainment) ?? .null)
        })
  }

  private static func attainment(_ attainment: Attainment) -> JSON {
    .object(of: [
      ("bound_s", .optional(attainment.bound)),
      ("judged", .count(attainment.judged)),
      ("own", .count(attainment.own)),
      ("met", .count(attainment.met)),
      ("attainment", .optional(attainment.share)),
    ])
  }

  private static func queueGrowth(_ growth: QueueGrowth) -> JSON {
    .object(of: [
      ("first_tenth_s", .decimal(growth.first)), ("last_tenth_s", .decimal(growth.last)),
      ("service_s", .decimal(growth.service)), ("is_backlog", .bool(growth.isBacklog)),
    ])
  }

  private static func losses(_ losses: LossMetrics) -> JSON {
    .object(of: [
      ("failures", .count(losses.failures)), ("down_s", .decimal(losses.downTime)),
      ("retries", .count(losses.retries)), ("migrations", .count(losses.migrations)),
      ("attempts", .count(losses.attempts)),
      ("prompt_tokens", .count(losses.promptTokens)),
      ("output_tokens", .count(losses.outputTokens)), ("share", .optional(losses.share)),
    ])
  }

  private static func handovers(_ handovers: HandoverMetrics) -> JSON {
    .object(of: [
      ("prompts", .count(handovers.prompts)), ("arrived", .count(handovers.arrived)),
      ("waiting_s", .object(of: quantiles(handovers.waiting))),
      ("transfer_s", .object(of: quantiles(handovers.transfer))),
    ])
  }

  private static func loads(_ loads: LoadMetrics) -> JSON {
    .object(of: [
      ("loads", .count(loads.loads)), ("arrived", .count(loads.arrived)),
      ("host_tokens", .count(loads.hostTokens)),
      ("secondary_tokens", .count(loads.secondaryTokens)),
      ("offloaded_blocks", .count(loads.offloadedBlocks)),
      ("load_s", .object(of: quantiles(loads.time))),
    ])
  }

  private static func speculation(_ metrics: SpeculationMetrics) -> JSON {
    .object(of: [
      ("drafts", .count(metrics.drafts)), ("draft_tokens", .count(metrics.draftTokens)),
      ("accepted_tokens", .count(metrics.acceptedTokens)),
      ("acceptance_rate", .optional(metrics.acceptanceRate)),
      ("mean_acceptance_length", .optional(metrics.meanAcceptanceLength)),
    ])
  }

  private static func deadlines(_ metrics: DeadlineMetrics) -> JSON {
    .object(of: [
      ("requests", .count(metrics.requests)),
      ("met", .count(metrics.met)),
      ("held", .count(metrics.held)),
      ("holding", .object(of: quantiles(metrics.holding))),
    ])
  }

  private static func cache(_ cache: CacheMetrics) -> JSON {
    .object(of: [
      ("prefix_hit_ratio", .optional(cache.prefixHitRatio)),
      ("peak_use", .optional(cache.peakUse)),
      ("preemptions", .count(cache.preemptions)),
    ])
  }

  private static func fleet(_ fleet: FleetSize) -> JSON {
    .object(of: [
      ("replicas", .count(fleet.replicas)), ("engines", .count(fleet.engines)),
      ("changes", fleet.changes.map(changes) ?? .null),
      ("nodes", fleet.nodes.map(nodes) ?? .null),
    ])
  }

  private static func nodes(_ nodes: NodeUse) -> JSON {
    .object(of: [
      ("changes", changes(nodes.changes)), ("rented_s", .decimal(nodes.rentedSeconds)),
    ])
  }

  private static func changes(_ changes: FleetChanges) -> JSON {
    .object(of: [
      ("least", .count(changes.least)), ("mean", .decimal(changes.mean)),
      ("most", .count(changes.most)), ("joined", .count(changes.joined)),
      ("gone", .count(changes.gone)),
    ])
  }

  private static func engine(_ replica: ReplicaMetrics, _ number: Int) -> JSON {
    .object(of: [
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
