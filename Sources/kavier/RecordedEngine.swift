import Accuracy
import ArgumentParser
import Report
import Scenarios
import ServingModel
import TraceArchive

/// What `kavier calibrate` and `kavier validate` do with recorded engines: the directory of one, or
/// recordings of kavier trace record.
enum RecordedEngine {
  /// Whether all paths are such.
  static func isAt(_ paths: [String]) -> Bool {
    !paths.isEmpty && paths.allSatisfy(ServedRuns.isThere)
  }

  /// Fits its micro-benchmarks.
  static func calibrate(_ paths: [String], to file: String?, asJSON: Bool) throws {
    let names = paths.joined(separator: " ")
    guard let file else {
      throw ValidationError("state --out FILE: \(names) is a recorded engine")
    }
    let output = try OutputPath(file)
    var runs: [ServedRun] = []
    var settings: [String: [(name: String, value: String)]] = [:]
    for path in paths {
      let here = try ServedRuns.read(path: path, withSteps: true)
      runs += here
      let (servers, faults) = try RecordedServer.settings(of: here, in: path)
      for server in servers { settings[server.name] = server.engineLines }
      for fault in faults { StandardStream.problem("no settings beside step times: \(fault)") }
    }
    let calibration = EngineCalibration(runs)
    guard !calibration.models.isEmpty else {
      let benchmarks = runs.filter(\.isMicroBenchmark)
      StandardStream.problem(
        benchmarks.isEmpty
          ? "\(names): no run in it is a micro-benchmark; their names begin with mb_, those there "
            + "are \(runs.map(\.name).prefix(10).joined(separator: ", "))"
          : "\(names): no micro-benchmark has a step to be seen: of \(benchmarks.count) with "
            + "\(benchmarks.reduce(0) { $0 + $1.requests.count }) answers")
      throw ExitCode(Failure.badInput)
    }
    try output.write(
      LinearCalibrationYAML.render(
        calibration, source: "micro-benchmarks of \(names)", settings: settings))
    try StandardStream.out.write(
      asJSON
        ? EngineCalibrationReport.json(calibration) : EngineCalibrationReport.text(calibration))
  }

  /// Predicts its other runs.
  static func predictions(
    _ paths: [String], calibration path: String?
  ) throws -> [Prediction] {
    let names = paths.joined(separator: " ")
    guard let path else {
      throw ValidationError(
        "\(names) is a recorded engine: state --calibration FILE, which "
          + "kavier calibrate --from \(names) --out FILE writes")
    }
    let calibration = try LinearCalibrationFile.read(path)
    let loads = try paths.flatMap { try LoadRun.all(path: $0, calibration: calibration) }
    tell(loads)
    return loads.flatMap { load in
      EnginePrediction.predictions(of: load.run, plan: load.plan, reason: load.reason)
    }
  }

  /// Why runs are not predicted, once a reason.
  private static func tell(_ loads: [LoadRun]) {
    var reasons: [(reason: String, runs: [String])] = []
    for load in loads where load.plan == nil {
      if let place = reasons.firstIndex(where: { $0.reason == load.reason }) {
        reasons[place].runs.append(load.run.name)
      } else {
        reasons.append((load.reason, [load.run.name]))
      }
    }
    for (reason, runs) in reasons {
      let names = runs.prefix(5).joined(separator: ", ") + (runs.count > 5 ? ", ..." : "")
      StandardStream.problem("\(runs.count) not predicted (\(names)): \(reason)")
    }
    if loads.isEmpty {
      StandardStream.problem("no run to predict: all of them are micro-benchmarks (mb_*)")
    }
  }
}
