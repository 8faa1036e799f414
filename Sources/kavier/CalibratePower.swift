import Accuracy
import ArgumentParser
import Report
import Scenarios
import ServingModel
import TextAndBytes

/// `kavier calibrate-power`.
struct CalibratePower: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate-power",
    abstract: "Fit power models to measured cases, and tell how far they are off.",
    discussion: """
      kavier calibrate-power --from measurements/

      Cases are those of kavier validate; those with gpu_power_avg_total or gpu_power_avg_per_gpu \
      count. Printed are the models by architecture, and the errors: in sample, and of fits that \
      know no case with the same model or the same accelerator. Exits with 65 when something is \
      wrong in a file; the fit is to the other rows.
      """)

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: ArgumentHelp("Case files, recorded runs and directories of them.", valueName: "cases"),
    completion: .file())
  var paths: [String]

  @Option(
    help: "What calibrates step times: a shipped profile, a profile's file, or none.",
    completion: .calibration)
  var calibration = CalibrationProfiles.newest.name

  func run() async throws {
    let profile = try Failure.explained {
      try CalibrationChoice.profile(calibration, option: "calibration")
    }
    let cases = CaseFiles.read(paths)
    let outcome = await PowerFitOutcome(cases) {
      profile?.coefficients(for: $0.subject) ?? .uncalibrated
    }
    if let outcome { try StandardStream.out.write(PowerFitReport.text(outcome)) }
    if !cases.problems.isEmpty { StandardStream.problem(cases.problems.description) }
    if outcome == nil { StandardStream.problem("no power in these cases that could be fitted to") }
    guard outcome != nil, cases.problems.isEmpty else {
      throw ExitCode(cases.isMissingFile ? Failure.missingInput : Failure.badInput)
    }
  }
}
