import Foundation
import Impact
import Scenarios
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import OpenDC

/// OpenDC's rules over the exported files come to the energy, and the carbon, of the run's bill.
struct BillAgreementTests {
  private static let traces =
    SharedData.isPresent
    ? [
      ("02-azure-conv", "azure/AzureLLMInferenceTrace_conv.csv.gz"),
      ("03-mooncake", "mooncake/conversation_trace.jsonl.gz"),
      ("08-cache-size", "mooncake/conversation_trace.jsonl.gz"),
    ] : []

  /// All examples that end; those of real traces are skipped where these are not.
  private static let examples =
    [
      "01-first-run", "04-sessions", "05-closed-loop", "07-private-gpu-and-model",
      "09-measured-steps", "10-trace-sessions", "11-calibrated", "13-three-grids",
      "14-greener-at-night", "15-idle-replica", "16-power-cap", "17-power-down", "18-batch-shift",
      "19-serve", "20-report", "22-scaling", "36-cold-start",
    ].map { ($0, [String]()) }
    + traces.map { ($0.0, ["workload.trace.path=\(SharedData.path("traces/\($0.1)"))"]) }

  /// What a bill can count beside the accelerators, all at once.
  private static let everything = [
    "impact.host=8-accelerators", "impact.pue=[{load: 0, pue: 1.6}, {load: 1, pue: 1.1}]",
    "impact.power=[fitted, linear, square]",
  ]

  @Test(arguments: examples)
  func `the energy of every example is that of its bill`(
    name: String, overrides: [String]
  ) throws {
    let loaded = try ScenarioLoader.load(
      file: "\(SharedData.repository)/Examples/\(name).yaml", overrides: overrides)
    let run = FinishedRun(plan: loaded.plan, recording: Simulation.run(loaded.plan) { _ in true })
    try check(run, loaded.impact ?? ImpactPlan(), name)
    let everything = try ScenarioLoader.load(
      file: "\(SharedData.repository)/Examples/\(name).yaml",
      overrides: overrides + Self.everything)
    try check(run, everything.impact ?? ImpactPlan(), "\(name), everything")
  }

  @Test func `accelerators that are capped, off and of two kinds in one fleet are billed alike`()
    throws
  {
    let text = """
      workload:
        synthetic:
          requests: 400
          arrivals: {process: gamma, rate: 2 /s, cv: 4}
          prompt_tokens: 1000
          output_tokens: 200
      fleet:
        - {name: a, replicas: 3, model: llama-3.1-8b, accelerator: h100-sxm, power_cap: 400 W,
           power_down: {after: 5 s, wake: 2 s}}
        - {name: b, model: llama-3.1-8b, accelerator: a100-sxm-80}
        - {name: c, model: llama-3.1-8b, accelerator: h100-sxm}
      router: consolidate
      impact: {grid: DEU, pue: 1.3, host: 8-accelerators}
      """
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let loaded = try ScenarioLoader.load(file: file)
    let run = FinishedRun(plan: loaded.plan, recording: Simulation.run(loaded.plan) { _ in true })
    #expect(run.recording.replicas.contains { $0.windows.contains { $0.offTime > 0 } })
    try check(run, loaded.impact ?? ImpactPlan(), "mixed")
  }

  @Test(arguments: UInt64(0)..<12)
  func `replicas that join and leave are billed alike`(seed: UInt64) throws {
    let plan = randomPlanWithScaling(seed: seed)
    var run = FinishedRun(plan: plan, recording: Simulation.run(plan))
    guard run.recording.end.seconds > 0.5 else { return }
    for number in run.replicas.indices {
      run.replicas[number].accelerator = Accelerators.named("h100-sxm")
      run.replicas[number].meter = Self.meter
    }
    var impact = ImpactPlan()
    impact.host = Sourced(
      HostPower(idle: 1150, perAcceleratorWatt: 1.2, accelerators: 8), source: "a test")
    // Of a run of a second or two a millisecond is more.
    try check(run, impact, "seed \(seed)", within: 1e-3)
  }

  private static let meter = WorkMeter(
    flopsPerToken: 1.6e10, flopsPerSampledSequence: 1e9, flopsPerPair: 1e6,
    flopsPerWindowedPair: 0, readBytesPerContext: 1.3e5, readBytesPerWindowedContext: 0,
    writtenBytesPerToken: 1.3e5, weightBytes: [], peakCompute: FLOPsPerSecond(9.89e14),
    peakBandwidth: BytesPerSecond(3.35e12))

  private func check(
    _ run: FinishedRun, _ plan: ImpactPlan, _ name: String, within tolerance: Double = 1e-4
  ) throws {
    let bill = Bill(run, plan: plan)
    guard bill.boundary != nil else {
      // Without an accelerator or a model there is no energy to agree on.
      #expect(throws: OpenDCProblem.self, "\(name)") { try OpenDCExport(run, plan: plan) }
      return
    }
    let export = try OpenDCExport(run, plan: plan)
    let hasCarbon = export.carbon != nil
    let replays = try export.kinds.map { kind in
      let folder = try written(kind, export)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      return try OpenDCReplay(folder: folder, carbon: hasCarbon)
    }
    let joules = replays.reduce(0) { $0 + $1.joules }
    let billed = try #require(bill.energy(bill.total))
    // Whole milliseconds are all that is lost.
    #expect(abs(joules / billed - 1) < tolerance, "\(name): \(joules) J of \(billed) J")
    #expect(abs(joules / export.energy.value - 1) < 1e-9, "\(name): the export knows its energy")
    let milliseconds = run.recording.end.seconds * 1000
    #expect(replays.allSatisfy { abs(Double($0.milliseconds) - milliseconds) <= 2 }, "\(name)")
    guard hasCarbon, let grams = bill.operationalCarbon(bill.total) else { return }
    let theirs = replays.reduce(0) { $0 + $1.grams }
    // Within a window the order of what a replica does is not the run's.
    #expect(abs(theirs / grams - 1) < 2e-3, "\(name): \(theirs) g of \(grams) g")
  }

  private func written(_ kind: OpenDCExport.Kind, _ export: OpenDCExport) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, bytes) in [
      ("tasks.parquet", kind.tasks(start: export.start)), ("fragments.parquet", kind.fragments()),
      ("topology.json", Array(kind.topology(carbonTrace: nil).utf8)),
      ("carbon.parquet", export.carbon?.bytes ?? []),
    ] {
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
    }
    return folder
  }
}
