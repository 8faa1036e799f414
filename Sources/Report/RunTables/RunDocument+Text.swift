import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

extension RunDocument {
  /// The document of a run whose engines are of `kinds`.
  static func text(
    _ run: FinishedRun, kinds: [FinishedReplica], tables: [RunTableSummary]
  ) -> String {
    let end = RunClock.split(run.recording.end) ?? (0, 0)
    let fields: [(key: String, value: JSON)] = [
      ("format", .string(RunTables.format)),
      ("version", .integer(RunTables.version)),
      ("name", .string(run.name)),
      ("seed", .whole(run.seed)),
      ("end_s", .integer(end.seconds)),
      ("end_ps", .integer(end.picoseconds)),
      ("window_ps", span(run.recording.replicas.first?.windowLength)),
      ("objectives", objectives(run.objectives)),
      ("kinds", .array(kinds.map { kind($0) })),
      ("inter_token_latencies", histogram(run.recording.interTokenLatencies)),
      ("slower_steps", run.slower.map { JSONReport.slowerRun($0) } ?? .null),
      ("remarks", .array(run.remarks.map { remark($0) })),
      ("tables", .array(tables.map { table($0) })),
    ]
    return sealed(.object(of: fields)).document
  }

  private static func span(_ duration: SimDuration?) -> JSON {
    duration.map { .integer($0.picoseconds) } ?? .null
  }

  private static func kind(_ replica: FinishedReplica) -> JSON {
    .object(of: [
      ("group", .string(replica.group)),
      ("model", replica.model.map { .string($0) } ?? .null),
      ("region", replica.region.map { .string($0) } ?? .null),
      ("accelerators", .count(replica.acceleratorCount)),
      ("data_parallel_size", .count(replica.dataParallelSize)),
      ("power_cap_w", .optional(replica.powerCap?.value)),
      ("powers_down", .bool(replica.powersDown)),
      ("nodes", replica.nodes.map { nodes($0) } ?? .null),
      ("block_size", replica.blockSize.map { .count($0) } ?? .null),
      ("frontend_latency_ps", span(replica.frontendLatency)),
      ("round_trips", .array(roundTrips(replica.roundTrips))),
      (
        "step_time",
        .object(of: [
          ("name", .string(replica.stepTimeName)),
          ("provenance", .string(replica.stepTimeProvenance)),
        ])
      ),
      ("calibration", replica.calibration.map { calibration($0) } ?? .null),
      ("meter", replica.meter.map { meter($0) } ?? .null),
      ("accelerator", replica.accelerator.map { accelerator($0) } ?? .null),
    ])
  }

  private static func roundTrips(_ known: [String: SimDuration]) -> [JSON] {
    known.sorted { $0.key < $1.key }.map { region, latency in
      .object(of: [("region", .string(region)), ("latency_ps", .integer(latency.picoseconds))])
    }
  }

  private static func nodes(_ terms: NodeTerms) -> JSON {
    .object(of: [
      ("replicas_per_node", .count(terms.replicasPerNode)),
      ("minimum_billing_ps", span(terms.minimumBilling)),
    ])
  }

  private static func calibration(_ standing: CalibrationStanding) -> JSON {
    let errors = standing.errors.map { error in
      JSON.object(of: [
        ("status", .string(error.status.rawValue)),
        ("metric", .string(error.metric.rawValue)),
        ("median", .decimal(error.median)),
        ("ninetieth", .decimal(error.ninetieth)),
      ])
    }
    return .object(of: [
      ("profile", standing.profile.map { .string($0) } ?? .null),
      ("status", .string(standing.status.rawValue)),
      ("expected_errors", .array(errors)),
    ])
  }

  /// The weights read by one step are left out: windows have the sum of them.
  private static func meter(_ meter: WorkMeter) -> JSON {
    .object(of: [
      ("flops_per_token", .decimal(meter.flopsPerToken)),
      ("flops_per_sampled_sequence", .decimal(meter.flopsPerSampledSequence)),
      ("flops_per_pair", .decimal(meter.flopsPerPair)),
      ("flops_per_windowed_pair", .decimal(meter.flopsPerWindowedPair)),
      ("read_bytes_per_context", .decimal(meter.readBytesPerContext)),
      ("read_bytes_per_windowed_context", .decimal(meter.readBytesPerWindowedContext)),
      ("written_bytes_per_token", .decimal(meter.writtenBytesPerToken)),
      ("peak_flops_per_s", .decimal(meter.peakCompute.rate)),
      ("peak_bytes_per_s", .decimal(meter.peakBandwidth.rate)),
    ])
  }

  /// What power, cost and labels depend on; its peaks are the meter's.
  private static func accelerator(_ accelerator: Accelerator) -> JSON {
    let compute = NumberFormat.allCases.compactMap { format in
      accelerator.denseCompute[format].map { (format.rawValue, JSON.decimal($0.rate)) }
    }
    let link = accelerator.scaleUp.map { link in
      JSON.object(of: [
        ("technology", .string(link.technology)),
        ("bytes_per_s", .decimal(link.bandwidth.rate)),
        ("domain", .count(link.domain)),
      ])
    }
    return .object(of: [
      ("id", .string(accelerator.id)),
      ("name", .string(accelerator.name)),
      ("vendor", .string(accelerator.vendor)),
      ("memory_bytes", .decimal(accelerator.memory.count)),
      ("memory_bytes_per_s", .decimal(accelerator.memoryBandwidth.rate)),
      ("dense_flops_per_s", .object(of: compute)),
      ("scale_up", link ?? .null),
      ("host_bytes_per_s", .decimal(accelerator.hostLink.rate)),
      ("thermal_design_power_w", .optional(accelerator.thermalDesignPower?.value)),
      ("source", .string(accelerator.source)),
      ("note", .string(accelerator.note)),
    ])
  }

  /// The buckets that have values: the least span each can have, and how many it has.
  private static func histogram(_ histogram: LogHistogram) -> JSON {
    let buckets = histogram.counts.indices.filter { histogram.counts[$0] > 0 }
    return .object(of: [
      ("total_ps", .decimal(histogram.total)),
      ("least_ps", buckets.isEmpty ? .null : .integer(histogram.least)),
      ("greatest_ps", buckets.isEmpty ? .null : .integer(histogram.greatest)),
      ("bucket_ps", .integers(buckets.map { LogHistogram.lowerBound(of: $0) })),
      ("count", .integers(buckets.map { histogram.counts[$0] })),
    ])
  }

  private static func remark(_ remark: Remark) -> JSON {
    .object(of: [
      ("field", .string(remark.field)),
      ("value", .string(remark.value)),
      ("reason", .string(remark.reason)),
    ])
  }

  private static func table(_ summary: RunTableSummary) -> JSON {
    .object(of: [
      ("file", .string(summary.file)),
      ("rows", .count(summary.rows)),
      ("sha256", .string(summary.sum)),
    ])
  }
}
