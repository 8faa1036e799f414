import Impact
import OpenDC
import Parquet
import Report
import Scenarios
import ServingModel
import ServingSim

/// What a run leaves, and what other programs make of it.
let runTargets = [
  Target(
    name: "run-tables", seeds: Seeds.runs, command: "kavier bill DIR", weight: 2,
    repair: Seeds.sealed
  ) { folder in
    guard let document = Files.read("\(folder)/\(RunTables.documentName)") else { return false }
    let run = try RunTables.read(document: document) { name throws(ParquetProblem) in
      try FileBytes(path: "\(folder)/\(name)")
    }
    let lines = PlanYAML.lines(of: Files.text("\(folder)/plan.yaml") ?? "")
    let metrics = Metrics(run)
    let plan = try ScenarioLoader.impact(file: "\(folder)/plan.yaml", overrides: [])
    var bill: Bill?
    let request = run.promptTokens.indices.last
    if let plan, plan.gaps(in: run).isEmpty { bill = Bill(run, plan: plan, request: request) }
    _ = TextReport.render(metrics) + JSONReport.render(metrics, bill: bill)
    _ = HTMLReport.render([RunDigest(run, plan: lines, bill: bill)])
    if let request {
      let explained = ExplainedRequest(request, of: run, bill: bill)
      _ = ExplainedRequestText.render(explained) + ExplainedRequestJSON.render(explained)
    }
    return true
  },
  Target(
    name: "opendc", seeds: [Seeds.powerSource],
    command: "kavier import opendc DIR/powerSource.parquet --run RUN"
  ) { try PowerSource.read(path: "\($0)/powerSource.parquet").rows > 0 },
  Target(
    name: "parquet", seeds: Seeds.tables, command: "kavier trace stats DIR/table.parquet", weight: 2
  ) { folder in
    let reader = try ParquetReader(path: "\(folder)/table.parquet")
    while try reader.next() != nil {}
    return true
  },
]
