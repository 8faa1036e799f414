import ServingModel
import ServingSim
import SimKernel

/// What run.json has of a run.
extension RunReader {
  static func time(_ value: RunValue, _ name: String) throws(RunTablesError) -> SimTime {
    let seconds = try value[name + "_s"].integer()
    guard
      let time = RunClock.join(
        seconds: seconds, picoseconds: try value[name + "_ps"].integer())
    else { throw value[name + "_s"].fault("an instant within the clock") }
    return time
  }

  static func span(_ value: RunValue) throws(RunTablesError) -> SimDuration {
    SimDuration(picoseconds: try value.integer(0...RunClock.most))
  }

  mutating func kind(_ value: RunValue) throws(RunTablesError) -> FinishedReplica {
    FinishedReplica(
      group: try value["group"].text(),
      model: try value["model"].optional { value throws(RunTablesError) in try value.text() },
      region: try value["region"].optional { value throws(RunTablesError) in try value.text() },
      accelerator: try accelerator(value["accelerator"]),
      acceleratorCount: try count(value["accelerators"]),
      dataParallelSize: try count(value["data_parallel_size"]),
      meter: try value["meter"].optional(Self.meter),
      powerCap: try value["power_cap_w"].optional { value throws(RunTablesError) in
        Watts(try value.number())
      },
      powersDown: try value["powers_down"].flag(),
      nodes: try value["nodes"].optional(Self.nodes),
      blockSize: try value["block_size"].optional { value throws(RunTablesError) in
        Int(try value.integer(1...Int64(Int32.max)))
      },
      frontendLatency: try value["frontend_latency_ps"].optional(Self.span),
      roundTrips: try roundTrips(value["round_trips"]),
      stepTimeName: try value["step_time"]["name"].text(),
      stepTimeProvenance: try value["step_time"]["provenance"].text(),
      calibration: try value["calibration"].optional(Self.calibration))
  }

  private func roundTrips(_ value: RunValue) throws(RunTablesError) -> [String: SimDuration] {
    var known: [String: SimDuration] = [:]
    guard !value.isAbsent else { return known }
    for item in try value.items() {
      known[try item["region"].text()] = try Self.span(item["latency_ps"])
    }
    return known
  }

  private static func nodes(_ value: RunValue) throws(RunTablesError) -> NodeTerms {
    NodeTerms(
      replicasPerNode: Int(try value["replicas_per_node"].integer(1...Int64(Int32.max))),
      minimumBilling: try span(value["minimum_billing_ps"]))
  }

  private mutating func accelerator(
    _ value: RunValue
  ) throws(RunTablesError) -> Accelerator? {
    guard !value.isAbsent else { return nil }
    var compute: [NumberFormat: FLOPsPerSecond] = [:]
    for format in NumberFormat.allCases {
      let rate = value["dense_flops_per_s"][format.rawValue]
      if !rate.isAbsent { compute[format] = FLOPsPerSecond(try rate.number()) }
    }
    let link = value["scale_up"]
    return Accelerator(
      id: try value["id"].text(), name: try value["name"].text(),
      vendor: try value["vendor"].text(), memory: Bytes(try value["memory_bytes"].number()),
      memoryBandwidth: BytesPerSecond(try value["memory_bytes_per_s"].number()),
      denseCompute: compute,
      scaleUp: link.isAbsent
        ? nil
        : ScaleUpLink(
          technology: try link["technology"].text(),
          bandwidth: BytesPerSecond(try link["bytes_per_s"].number()),
          domain: try count(link["domain"])),
      hostLink: BytesPerSecond(try value["host_bytes_per_s"].number()),
      thermalDesignPower: try value["thermal_design_power_w"].optional {
        value throws(RunTablesError) in Watts(try value.number())
      },
      source: try value["source"].text(), note: try value["note"].text())
  }

  private static func meter(_ value: RunValue) throws(RunTablesError) -> WorkMeter {
    WorkMeter(
      flopsPerToken: try value["flops_per_token"].number(),
      flopsPerSampledSequence: try value["flops_per_sampled_sequence"].number(),
      flopsPerPair: try value["flops_per_pair"].number(),
      flopsPerWindowedPair: try value["flops_per_windowed_pair"].number(),
      readBytesPerContext: try value["read_bytes_per_context"].number(),
      readBytesPerWindowedContext: try value["read_bytes_per_windowed_context"].number(),
      writtenBytesPerToken: try value["written_bytes_per_token"].number(), weightBytes: [],
      // Others are divided by these two.
      peakCompute: FLOPsPerSecond(try value["peak_flops_per_s"].number(from: 1)),
      peakBandwidth: BytesPerSecond(try value["peak_bytes_per_s"].number(from: 1)))
  }

  private static func calibration(
    _ value: RunValue
  ) throws(RunTablesError) -> CalibrationStanding {
    var errors: [ExpectedError] = []
    for item in try value["expected_errors"].items() {
      errors.append(
        ExpectedError(
          try item["status"].word(CalibrationStatus.self),
          try item["metric"].word(ExpectedError.Metric.self),
          median: try item["median"].number(from: Self.numbers.lowerBound),
          ninetieth: try item["ninetieth"].number(from: Self.numbers.lowerBound)))
    }
    return CalibrationStanding(
      profile: try value["profile"].optional { value throws(RunTablesError) in try value.text() },
      status: try value["status"].word(CalibrationStatus.self), errors: errors)
  }

  mutating func histogram(_ value: RunValue) throws(RunTablesError) -> LogHistogram {
    let bounds = try value["bucket_ps"].items()
    let numbers = try value["count"].items()
    guard bounds.count == numbers.count else { throw value["count"].fault("a number a bucket") }
    var counts = [Int64](repeating: 0, count: LogHistogram.bucketCount)
    var last = -1
    for (bound, number) in zip(bounds, numbers) {
      let least = try bound.integer(0...RunClock.most)
      let bucket = LogHistogram.bucket(of: least)
      guard bucket > last, LogHistogram.lowerBound(of: bucket) == least else {
        throw bound.fault("the least span of a bucket behind the one before")
      }
      last = bucket
      counts[bucket] = Int64(try count(number))
    }
    guard last >= 0 else { return LogHistogram() }
    let greatest = try value["greatest_ps"].integer(0...RunClock.most)
    let least = try value["least_ps"].integer(0...greatest)
    guard last <= LogHistogram.bucket(of: greatest) else {
      throw value["greatest_ps"].fault("a span of the last bucket")
    }
    let total = try value["total_ps"].number()
    return counts.withUnsafeBufferPointer {
      LogHistogram(counts: $0, total: total, least: least, greatest: greatest)
    }
  }

  static func slowerRun(_ value: RunValue) throws(RunTablesError) -> SlowerRun {
    var latencies: [Objective: LatencyFigures] = [:]
    for objective in Objective.allCases {
      latencies[objective] = try value[objective.rawValue].optional(latencyFigures)
    }
    return SlowerRun(share: try value["longer_by"].number(from: 0), latencies: latencies)
  }

  private static func latencyFigures(_ value: RunValue) throws(RunTablesError) -> LatencyFigures {
    LatencyFigures(
      mean: try value["mean"].number(from: 0), p50: try value["p50"].number(from: 0),
      p90: try value["p90"].number(from: 0), p95: try value["p95"].number(from: 0),
      p99: try value["p99"].number(from: 0))
  }

  static func remarks(_ value: RunValue) throws(RunTablesError) -> [Remark] {
    var remarks: [Remark] = []
    for item in try value.items() {
      remarks.append(
        Remark(
          field: try item["field"].text(), value: try item["value"].text(),
          reason: try item["reason"].text()))
    }
    return remarks
  }

  static func summaries(_ value: RunValue) throws(RunTablesError) -> [RunTableSummary] {
    var tables: [RunTableSummary] = []
    for item in try value.items() {
      tables.append(
        RunTableSummary(
          file: try item["file"].text(), rows: Int(try item["rows"].integer(0...1 << 48)),
          sum: try item["sha256"].text()))
    }
    return tables
  }
}
