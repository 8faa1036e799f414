import Parquet
package import SimKernel

/// tasks.parquet and fragments.parquet. OpenDC wants 32-bit ids and required columns for CPUs.
extension OpenDCExport.Kind {
  /// A GPU of the topology has one core of so many MHz, of which `gpu_usage` is a share.
  static let gpuSpeed = 1000.0
  /// Also of its only CPU, by which OpenDC places the task, and which draws what the bill counts
  /// beside the accelerator.
  static let cpuSpeed = 1000.0

  package func tasks(start: Int64) -> [UInt8] {
    let count = tasks.count
    func same<Value>(_ value: Value) -> [Value] { [Value](repeating: value, count: count) }
    return ParquetWriter.file(
      [
        .init("id", .int32), .init("name", .text, isOptional: true),
        .init("submission_time", .int64), .init("duration", .int64), .init("cpu_count", .int32),
        .init("cpu_capacity", .double), .init("mem_capacity", .int64),
        .init("gpu_count", .int32, isOptional: true),
        .init("gpu_capacity", .double, isOptional: true),
      ],
      [
        ids, .init(.texts(ParquetTexts(tasks.map(\.name)))), .init(.integers(same(start))),
        .init(.integers(tasks.map(\.milliseconds))), .init(.integers(same(1))),
        .init(.doubles(same(Self.cpuSpeed))), .init(.integers(same(0))),
        .init(.integers(same(1))), .init(.doubles(same(Self.gpuSpeed))),
      ])
  }

  private var ids: ParquetColumn { .init(.integers(tasks.indices.map { Int64($0) })) }

  package func fragments() -> [UInt8] {
    var (ids, durations) = ([Int64](), [Int64]())
    var (cpuUsages, gpuUsages) = ([Double](), [Double]())
    for (id, task) in tasks.enumerated() {
      for fragment in task.fragments {
        ids.append(Int64(id))
        durations.append(fragment.milliseconds)
        cpuUsages.append(fragment.cpuLoad * Self.cpuSpeed)
        gpuUsages.append(fragment.gpuLoad * Self.gpuSpeed)
      }
    }
    return ParquetWriter.file(
      [
        .init("id", .int32), .init("duration", .int64), .init("cpu_usage", .double),
        .init("gpu_usage", .double, isOptional: true),
      ],
      [
        .init(.integers(ids)), .init(.integers(durations)),
        .init(.doubles(cpuUsages)), .init(.doubles(gpuUsages)),
      ])
  }
}

/// How much carbon dioxide a kilowatt-hour makes, over time.
package struct CarbonTrace: Hashable, Sendable {
  /// Milliseconds since 1970 and g/kWh, which holds until the next; ascending.
  package var points: [Point]

  package struct Point: Hashable, Sendable {
    package var time: Int64
    package var intensity: Double

  }

  /// `series` counts from the run's start, which is at `start`. What it has from before begins there.
  package init(_ series: StepSeries, from start: Int64) {
    points = zip(series.starts, series.values).map { time, intensity in
      Point(time: start + max(0, time), intensity: intensity)
    }
    while points.count > 1, points[1].time == start { points.removeFirst() }
  }

  package var bytes: [UInt8] {
    ParquetWriter.file(
      [.init("timestamp", .timestamp(.milliseconds)), .init("carbon_intensity", .double)],
      [.init(.integers(points.map(\.time))), .init(.doubles(points.map(\.intensity)))])
  }
}
