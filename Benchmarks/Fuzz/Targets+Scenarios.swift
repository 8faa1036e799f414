import Impact
import OpenDC
import Report
import ReportTestSupport
import Scenarios
import ServingSim
import SimKernel

/// Scenarios and the files that they name: planned, run where that is soon done, and reported.
let scenarioTargets = [
  Target(
    name: "scenario", seeds: Seeds.scenarios,
    command: "kavier simulate DIR/scenario.yaml --out /tmp/out",
    weight: 8
  ) { folder in
    let loaded = try load(folder)
    _ = PlanYAML.render(loaded.plan.lines) + PlanText.render(loaded.plan.lines)
    guard let run = SmallRun(loaded.plan) else { return true }
    try run.report(loaded.impact)
    return true
  },
  Target(
    name: "scenario-page", seeds: Seeds.scenarios,
    command: "kavier simulate DIR/scenario.yaml --report /tmp/page.html"
  ) { folder in
    let loaded = try load(folder)
    guard let run = SmallRun(loaded.plan) else { return true }
    try run.draw(loaded)
    return true
  },
]

/// Sweeps: their axes, and some of their plans.
let sweepTargets = [
  Target(
    name: "sweep", seeds: Seeds.sweeps, command: "kavier sweep DIR/sweep.yaml"
  ) { folder in
    let sweep = try SweepFile.read("\(folder)/sweep.yaml")
    guard sweep.product <= 10_000 else { return true }
    for point in sweep.points.prefix(3) {
      _ = sweep.labels(of: point)
      let limit = MemoryLimit(bytes: Double(Worker.mostBytes) / 4, origin: "a worker's")
      _ = try? sweep.template.load(
        sweep.overrides(of: point), seed: sweep.seeds.first, memoryLimit: limit)
    }
    return true
  }
]

let profileTargets = [
  Target(
    name: "calibration", seeds: Seeds.calibrations,
    command: "kavier simulate DIR/scenario.yaml"
  ) { folder in
    _ = try CalibrationProfileFile.read("\(folder)/profile.yaml")
    let loaded = try load(folder)
    try SmallRun(loaded.plan)?.report(loaded.impact)
    return true
  }
]

/// The scenario of a folder, if it is not too large for a worker.
private func load(_ folder: String) throws -> LoadedScenario {
  try ScenarioLoader.load(
    file: "\(folder)/scenario.yaml",
    memoryLimit: MemoryLimit(bytes: Double(Worker.mostBytes) / 4, origin: "a worker's"))
}

/// A run that is over soon.
struct SmallRun {
  let plan: Plan
  let run: FinishedRun

  /// nil: it would take long.
  init?(_ plan: Plan) {
    guard plan.workload.count <= 1000, plan.replicas.count <= 64 else { return nil }
    var turns = 0
    let recording = Simulation.run(plan) { _ in
      turns += 1
      return turns < 64
    }
    self.plan = plan
    run = FinishedRun(plan: plan, recording: recording)
  }

  func report(_ impact: ImpactPlan?) throws {
    let metrics = Metrics(run)
    var bill: Bill?
    if let impact, impact.gaps(in: run).isEmpty { bill = Bill(run, plan: impact) }
    _ = TextReport.render(metrics) + (bill.map { BillText.render($0) } ?? "")
    if let law = try Conservation(run, bill: bill).breaches.first { broken(law) }
  }

  func draw(_ loaded: LoadedScenario) throws {
    var bill: Bill?
    if let impact = loaded.impact, impact.gaps(in: run).isEmpty { bill = Bill(run, plan: impact) }
    _ = HTMLReport.render([RunDigest(run, plan: plan.lines, bill: bill)])
    let timeline = try RunTimeline(
      plan, run.recording, replicas: Array(plan.replicas.indices), from: .start, until: .never)
    try ChromeTrace.write(timeline) { _ in }
    try PerfettoTrace.write(timeline) { _ in }
  }
}
