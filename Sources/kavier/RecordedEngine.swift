import Accuracy
import ArgumentParser
import Report
import Scenarios
import ServingSim
import TraceArchive

/// What `kavier calibrate` and `kavier validate` do with the directory of a recorded engine.
enum RecordedEngine {
  /// The directory when `paths` is one alone.
  static func directory(_ paths: [String]) -> String? {
    guard paths.count == 1, ServedRuns.isDirectory(paths[0]) else { return nil }
    return paths[0]
  }

  /// Fits its micro-benchmarks.
  static func calibrate(_ directory: String, to file: String?, asJSON: Bool) throws {
    guard let file else {
      throw ValidationError("state --out FILE: \(directory) is a recorded engine")
    }
    let output = try OutputPath(file)
    let runs = try ServedRuns.read(directory: directory, withSteps: true)
    let calibration = EngineCalibration(runs)
    guard !calibration.models.isEmpty else {
      StandardStream.problem(
        "\(directory): no run in it is a micro-benchmark with steps; their names begin with mb_")
      throw ExitCode(Failure.badInput)
    }
    try output.write(
      LinearCalibrationYAML.render(calibration, source: "micro-benchmarks of \(directory)"))
    try StandardStream.out.write(
      asJSON
        ? EngineCalibrationReport.json(calibration) : EngineCalibrationReport.text(calibration))
  }

  /// Predicts its other runs.
  static func predictions(
    _ directory: String, calibration path: String?
  ) throws -> [Prediction] {
    guard let path else {
      throw ValidationError(
        "\(directory) is a recorded engine: state --calibration FILE, which "
          + "kavier calibrate --from \(directory) --out FILE writes")
    }
    let calibration = try LinearCalibrationFile.read(path)
    return try LoadRun.all(directory: directory, calibration: calibration).flatMap { load in
      EnginePrediction.predictions(of: load.run, plan: load.plan, reason: load.reason)
    }
  }
}
