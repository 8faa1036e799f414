import Accuracy
import Report
import Scenarios
import ServingModel
import SimKernel
import TraceArchive
import TextAndBytes

/// Measured cases, recorded engines, and tables of measurements.
let measurementTargets = [
  Target(
    name: "cases", seeds: Seeds.cases, command: "kavier validate DIR"
  ) { folder in
    let cases = CaseFiles.read([folder])
    let predictions = await Validation(cases).predictions(
      coefficients: { _ in .uncalibrated }, isStopped: { false })
    let sound = predictions ?? []
    let tables = ErrorTable.all(sound, extraColumns: cases.extraColumns)
    let report = AccuracyReport(tables: tables, of: sound)
    _ = report.text + report.json + AccuracyReport.json(sound, keyColumns: cases.keyColumns)
    return cases.problems.isEmpty
  },
  Target(
    name: "startups", seeds: Seeds.sets("startups"), command: "kavier validate DIR/startups.csv"
  ) { folder in
    let file = try StartupFile(path: "\(folder)/startups.csv")
    let check = StartupCheck(file.startups) { startup in
      PlannedStartup(
        weights: startup.weights, kvCache: 1, kvTokens: nil, starts: startup.starts, reason: "")
    }
    _ = StartupReport.text(check) + StartupReport.json(check)
    return file.problems.isEmpty
  },
  Target(
    name: "load-result", seeds: Seeds.sets("load-result"),
    command: "kavier validate DIR/* --scenario Examples/19-serve.yaml"
  ) { folder in
    var isSound = false
    for path in try Folder.contents(of: folder) {
      guard let results = try LoadResults(path: path) else { continue }
      for run in results.runs {
        _ = run.faults(isReplayed: false) + run.workloadAssumptions
        _ = run.draws
        if let workload = run.workload {
          _ = try ScenarioLoader.load(file: nil, overrides: ["workload=\(workload)"])
        }
      }
      isSound = isSound || results.problems.isEmpty
    }
    return isSound
  },
  Target(
    name: "engine-log", seeds: [Seeds.engineLog], command: "kavier conformance DIR"
  ) { folder in
    _ = ConformanceReport.text(try ConformanceCheck.run(directory: folder, only: nil))
    return true
  },
  Target(
    name: "recorded-engine", seeds: [Seeds.recordedEngine],
    command: "kavier calibrate --from DIR --out /tmp/engine.yaml"
  ) { folder in
    let runs = try ServedRuns.read(path: folder, withSteps: true)
    let calibration = EngineCalibration(runs)
    _ = EngineCalibrationReport.text(calibration) + EngineCalibrationReport.json(calibration)
    _ = LinearCalibrationYAML.render(calibration, source: "s")
    return true
  },
  Target(
    name: "linear-calibration", seeds: [Seeds.recordedEngine],
    command: "kavier validate DIR --calibration DIR/calibration.yaml"
  ) { folder in
    let calibration = try LinearCalibrationFile.read("\(folder)/calibration.yaml")
    let loads = try LoadRun.all(path: folder, calibration: calibration)
    for load in loads {
      _ = EnginePrediction.predictions(of: load.run, plan: load.plan, reason: load.reason)
    }
    return true
  },
]
