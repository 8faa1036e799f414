import Foundation
import Parquet

/// What OpenDC makes of an exported folder, written from its sources alone (atlarge-research/opendc,
/// July 2026) and without any code of the export:
///
/// - `ComputeWorkloadLoader`: the fragments of a task follow each other as they stand in the file.
/// - `ComputeSchedulers`: each host has one core, each task wants one: no two share a host.
/// - `SimCpu`, `SimGpu`: utilisation is the usage over cores times speed, at most 1.
/// - `PowerModels.linear`: `idlePower + (maxPower - idlePower) x utilisation`; quantities have units.
/// - `SimPowerSource`: joules are watts times milliseconds; grams are joules times the intensity of
///   the time, which holds until the next one of the carbon trace.
/// - A host whose task has ended draws its idle power until the last task has.
struct OpenDCReplay {
  private(set) var joules = 0.0
  private(set) var grams = 0.0
  private(set) var milliseconds: Int64 = 0
  private let hosts: Int
  private let cpu: Device
  private let gpu: Device

  /// A processor of one of the hosts.
  private struct Device {
    let capacity: Double
    let idle: Double
    let most: Double

    init(_ host: [String: Any], _ name: String) throws {
      guard let unit = host[name] as? [String: Any],
        let power = host[name + "PowerModel"] as? [String: Any],
        let cores = unit["coreCount"] as? Int, power["modelType"] as? String == "linear"
      else { throw Malformed("\(name) of a host") }
      capacity = Double(cores) * (try Self.quantity(unit["coreSpeed"], "MHz"))
      idle = try Self.quantity(power["idlePower"], "W")
      most = try Self.quantity(power["maxPower"], "W")
      guard idle <= most else { throw Malformed("\(name): idlePower above maxPower") }
    }

    private static func quantity(_ value: Any?, _ unit: String) throws -> Double {
      guard let parts = (value as? String)?.split(separator: " "), parts.count == 2,
        parts[1] == unit, let number = Double(parts[0])
      else { throw Malformed("\(value ?? "nothing"), expected a number of \(unit)") }
      return number
    }

    func watts(_ usage: Double) -> Double { idle + (most - idle) * min(usage / capacity, 1) }
  }

  struct Malformed: Error {
    let message: String
    init(_ message: String) { self.message = message }
  }

  init(folder: String, carbon: Bool) throws {
    let topology = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: folder + "/topology.json")))
    guard let clusters = (topology as? [String: Any])?["clusters"] as? [[String: Any]],
      clusters.count == 1, let hosts = clusters[0]["hosts"] as? [[String: Any]], hosts.count == 1,
      let count = hosts[0]["count"] as? Int
    else { throw Malformed("topology.json") }
    self.hosts = count
    cpu = try Device(hosts[0], "cpu")
    gpu = try Device(hosts[0], "gpu")
    let tasks = try Self.table(folder, "tasks.parquet", ["id", "submission_time", "duration"])
    let grid = carbon ? try Self.grid(folder) : []
    try replay(folder, tasks: tasks, grid: grid)
  }

  private mutating func replay(
    _ folder: String, tasks: [[Double]], grid: [(time: Double, intensity: Double)]
  ) throws {
    guard tasks.count <= hosts, let start = tasks.first?[1],
      tasks.allSatisfy({ $0[1] == start })
    else { throw Malformed("\(tasks.count) tasks on \(hosts) hosts, or of several times") }
    var clocks: [Double: Double] = [:]
    let rows = try Self.table(
      folder, "fragments.parquet", ["id", "duration", "cpu_usage", "gpu_usage"])
    for row in rows {
      let from = clocks[row[0], default: 0]
      clocks[row[0]] = from + row[1]
      draw(cpu.watts(row[2]) + gpu.watts(row[3]), start + from, start + from + row[1], grid)
    }
    let end = clocks.values.max() ?? 0
    for task in tasks {
      guard clocks[task[0]] == task[2] else {
        throw Malformed("task \(task[0]) is of another length")
      }
      draw(cpu.idle + gpu.idle, start + task[2], start + end, grid)
    }
    milliseconds = Int64(end)
  }

  private mutating func draw(
    _ watts: Double, _ from: Double, _ to: Double, _ grid: [(time: Double, intensity: Double)]
  ) {
    joules += watts * (to - from) * 0.001
    var time = from
    // The first intensity holds before its time as well.
    var current = grid.lastIndex { $0.time <= from } ?? 0
    while time < to, !grid.isEmpty {
      let next = current + 1 < grid.count ? min(to, grid[current + 1].time) : to
      grams += watts * (next - time) * 0.001 / 3.6e6 * grid[current].intensity
      time = next
      current += 1
    }
  }

  private static func grid(_ folder: String) throws -> [(time: Double, intensity: Double)] {
    try table(folder, "carbon.parquet", ["timestamp", "carbon_intensity"]).map { ($0[0], $0[1]) }
  }

  private static func table(
    _ folder: String, _ file: String, _ columns: [String]
  ) throws -> [[Double]] {
    let reader = try ParquetReader(path: "\(folder)/\(file)", columns: columns)
    var rows: [[Double]] = []
    while let batch = try reader.next() {
      let values = try batch.map { column in
        switch column.values {
        case .integers(let values): values.map(Double.init)
        case .doubles(let values): values
        default: throw Malformed("\(file): a column of another type")
        }
      }
      for row in values[0].indices { rows.append(values.map { $0[row] }) }
    }
    return rows
  }
}
