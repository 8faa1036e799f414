import Foundation
import Impact
import Parquet
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import OpenDC

/// A run of 2.75 s with replicas of these accelerators, each with two.
private func run(on accelerators: [Accelerator?]) -> FinishedRun {
  var window = WindowTotals()
  window.decodeSteps.busy = 0.75e12
  window.decodeSteps.decodeTokens = 100
  window.decodeSteps.context = 5e4
  let recording = ReplicaRecording(
    windows: [window, WindowTotals(), window], windowLength: .second, steps: 9, preemptions: 0,
    peakUsedBlocks: 0, usableBlocks: 1, lookedUpTokens: 0, cachedTokens: 0)
  let meter = WorkMeter(
    flopsPerToken: 1.6e10, flopsPerSampledSequence: 0, flopsPerPair: 0, flopsPerWindowedPair: 0,
    readBytesPerContext: 1e5, readBytesPerWindowedContext: 0, writtenBytesPerToken: 0,
    weightBytes: [], peakCompute: FLOPsPerSecond(2e15), peakBandwidth: BytesPerSecond(6e12))
  return FinishedRun(
    name: "a run", seed: 1, objectives: ServiceLevelObjectives(), promptTokens: [],
    replicas: accelerators.map {
      FinishedReplica(
        group: "g", accelerator: $0, acceleratorCount: 2, meter: meter, stepTimeName: "",
        stepTimeProvenance: "")
    },
    recording: Recording(
      outcomes: [], replicas: accelerators.map { _ in recording },
      interTokenLatencies: LogHistogram(), end: SimTime(seconds: 2.75)))
}

private func accelerator(_ id: String, watts: Double? = 700) -> Accelerator {
  Accelerator(
    id: id, name: "\(id) \"quoted\"", vendor: "v", memory: Bytes(1),
    memoryBandwidth: BytesPerSecond(1),
    denseCompute: [:], scaleUp: nil, hostLink: BytesPerSecond(1),
    thermalDesignPower: watts.map { Watts($0) }, source: "")
}

private func table(_ bytes: [UInt8]) throws -> (fields: [ParquetField], columns: [ParquetColumn]) {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try Data(bytes).write(to: URL(filePath: path))
  let reader = try ParquetReader(path: path)
  return (reader.fields, try reader.next() ?? [])
}

@Test func `each accelerator is a task that lasts as long as the run`() throws {
  let export = try OpenDCExport(
    run(on: [accelerator("h"), accelerator("h")]), plan: ImpactPlan(start: 7))
  #expect(export.kinds.count == 1)
  let (fields, columns) = try table(export.kinds[0].tasks(start: export.start))
  #expect(
    fields.map { "\($0.name) \($0.type) \($0.isOptional)" } == [
      "id int32 false", "name text true", "submission_time int64 false", "duration int64 false",
      "cpu_count int32 false", "cpu_capacity double false", "mem_capacity int64 false",
      "gpu_count int32 true", "gpu_capacity double true",
    ])
  #expect(columns[0].values == .integers([0, 1, 2, 3]))
  #expect(columns[2].values == .integers([7, 7, 7, 7]))
  #expect(columns[3].values == .integers([2750, 2750, 2750, 2750]))
}

@Test func `fragments have busy time to the millisecond and lie within the GPU`() throws {
  let export = try OpenDCExport(run(on: [accelerator("h")]), plan: ImpactPlan(start: 0))
  let (fields, columns) = try table(export.kinds[0].fragments())
  #expect(
    fields.map { "\($0.name) \($0.type) \($0.isOptional)" } == [
      "id int32 false", "duration int64 false", "cpu_usage double false", "gpu_usage double true",
    ])
  guard case .doubles(let usage) = columns[3].values else { throw Unexpected() }
  #expect(columns[0].values == .integers([0, 0, 0, 1, 1, 1]))
  #expect(columns[1].values == .integers([750, 1250, 750, 750, 1250, 750]))
  #expect(usage[1] == 0 && usage[0] > 0 && usage[0] <= 1000 && usage[0] == usage[2])
  #expect(export.kinds[0].tasks.map(\.busyMilliseconds) == [1500, 1500])
}

private struct Unexpected: Error {}

@Test func `the plan's power model is that of the GPU`() throws {
  let linear = ImpactPlan(power: [.curve(PowerCurve(.linear, idle: 0.2, max: 0.8))])
  let export = try OpenDCExport(run(on: [accelerator("h")]), plan: linear)
  let power = export.kinds[0].power
  #expect(power.gpu == LinearPower(least: Watts(140), most: Watts(560)))
  #expect(power.cpu == LinearPower(least: Watts(0), most: Watts(0)))
  #expect(export.start == 1_767_225_600_000, "2026 where there is no date")
}

@Test func `a curve that bulges above its end keeps its energy`() throws {
  let finished = run(on: [accelerator("h")])
  let plan = ImpactPlan(power: [.curve(PowerCurve(.mse(r: 4), idle: 0.2, max: 0.8))])
  let bill = Bill(finished, plan: plan)
  let export = try OpenDCExport(finished, plan: plan)
  #expect(abs(export.energy.value / bill.total.facilityEnergy - 1) < 1e-9)
}

@Test func `two accelerators of one id have two folders and two experiments`() throws {
  var finished = run(on: [accelerator("a/b"), accelerator("a/b", watts: 500)])
  finished.name = "../x"
  let export = try OpenDCExport(finished, plan: ImpactPlan(start: 0))
  #expect(export.kinds.map(\.name) == ["a-b", "a-b-2"])
  #expect(export.kinds.map { export.experimentName($0) } == ["..-x-a-b", "..-x-a-b-2"])
}

@Test func `a bill is held against one file a kind`() throws {
  let finished = run(on: [accelerator("h"), accelerator("a")])
  let plan = ImpactPlan(start: 0)
  let export = try OpenDCExport(finished, plan: plan)
  let source = PowerSource(energy: Joules(1), carbonGrams: nil, seconds: 1, rows: 1)
  let problem = #expect(throws: OpenDCProblem.self) {
    try OpenDCComparison(finished, export, Bill(finished, plan: plan), [source])
  }
  #expect(
    problem?.message
      == "found 1 of OpenDC's files; expected 2, one for each kind of accelerator of the run (h, a)"
  )
}

@Test func `a grid over time holds from the run's start`() {
  let series = StepSeries(starts: [-7200, -3600, 1800], values: [1, 2, 3], end: 5400)
  let trace = CarbonTrace(series, from: 10_000)
  #expect(trace.points.map(\.time) == [10_000, 11_800])
  #expect(trace.points.map(\.intensity) == [2, 3])
}

@Test func `kinds of accelerators are kept apart`() throws {
  let export = try OpenDCExport(
    run(on: [accelerator("h"), accelerator("a"), accelerator("h")]), plan: ImpactPlan(start: 0))
  #expect(export.kinds.map(\.accelerator.id) == ["h", "a"])
  #expect(export.kinds.map(\.tasks.count) == [4, 2])
}

@Test func `what power needs is asked for`() {
  let unnamed = #expect(throws: OpenDCProblem.self) {
    try OpenDCExport(run(on: [accelerator("h"), nil]), plan: ImpactPlan(start: 0))
  }
  #expect(
    unnamed?.message
      == "group g names no accelerator or no model; power needs both (1 of 2 replicas)")
  let powerless = #expect(throws: OpenDCProblem.self) {
    try OpenDCExport(run(on: [accelerator("h", watts: nil)]), plan: ImpactPlan(start: 0))
  }
  #expect(powerless?.message.hasPrefix("h of group g has no thermal design power") == true)
}

@Test func `the documents are JSON with a GPU of the exported power`() throws {
  let export = try OpenDCExport(run(on: [accelerator("h")]), plan: ImpactPlan(start: 0))
  let text = export.kinds[0].topology(carbonTrace: "x/carbon.parquet")
  let json = try #require(
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
  let cluster = try #require(json["clusters"]?.first)
  let host = try #require((cluster["hosts"] as? [[String: Any]])?.first)
  let power = try #require(host["gpuPowerModel"] as? [String: Any])
  #expect(host["count"] as? Int == 2 && power["maxPower"] as? String == "700.0 W")
  #expect(power["idlePower"] as? String == "77.0 W" && power["modelType"] as? String == "linear")
  #expect((cluster["powerSource"] as? [String: String])?["carbonTracePath"] == "x/carbon.parquet")
  #expect((host["gpu"] as? [String: Any])?["coreSpeed"] as? String == "1000.0 MHz")
  #expect((host["memory"] as? [String: String])?["memorySize"] == "1 GiB")
  let experiment = export.kinds[0].experiment(name: "a \"b\"", folder: "x")
  #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(experiment.utf8)) }
}

/// What OpenDC makes of the files, in a few lines: each task on a host of its own.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
struct OpenDCReadsTests {
  @Test func `another program finds our energy in the files`() throws {
    let finished = run(on: [accelerator("h"), accelerator("h")])
    let plan = ImpactPlan(
      grid: Sourced(StepSeries(constant: 250), source: ""), start: 1_767_225_600_000)
    let export = try OpenDCExport(finished, plan: plan)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let kind = export.kinds[0]
    for (name, bytes) in [
      ("tasks.parquet", kind.tasks(start: export.start)), ("fragments.parquet", kind.fragments()),
      ("topology.json", Array(kind.topology(carbonTrace: nil).utf8)),
      ("carbon.parquet", export.carbon?.bytes ?? []),
    ] {
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
    }
    let printed = try Python.run(
      """
      import pyarrow.parquet as p, json, sys, collections
      d = sys.argv[1]
      value = lambda text: float(text.split(" ")[0])
      host = json.load(open(d + "/topology.json"))["clusters"][0]["hosts"][0]
      gpu, power = host["gpu"], host["gpuPowerModel"]
      tasks = p.read_table(d + "/tasks.parquet").to_pylist()
      assert len(tasks) <= host["count"]
      length, joules = collections.Counter(), 0
      for f in p.read_table(d + "/fragments.parquet").to_pylist():
        use = f["gpu_usage"] / (gpu["coreCount"] * value(gpu["coreSpeed"]))
        assert 0 <= use <= 1
        length[f["id"]] += f["duration"]
        low, high = value(power["idlePower"]), value(power["maxPower"])
        joules += f["duration"] / 1000 * (low + (high - low) * use)
      assert all(length[t["id"]] == t["duration"] for t in tasks)
      carbon = p.read_table(d + "/carbon.parquet")
      print(joules)
      print(carbon.schema.field("timestamp").type, carbon.to_pylist()[0]["carbon_intensity"])
      """, [folder])
    let lines = printed.split(separator: "\n")
    let joules = try #require(Double(lines[0]))
    #expect(abs(joules / export.energy.value - 1) < 1e-9)
    #expect(abs(joules / Bill(finished, plan: plan).total.facilityEnergy - 1) < 1e-3)
    #expect(lines[1] == "timestamp[ms] 250.0")
  }
}
