import Accuracy
import ArgumentParser
import Impact
import Report
import ServingSim
import TraceArchive

/// `kavier calibrate-power`.
struct CalibratePower: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate-power",
    abstract: "Fit power models to measured cases, and tell how far they are off.",
    discussion: """
      kavier calibrate-power measurements/

      Cases are those of kavier validate; those with gpu_power_avg_total or gpu_power_avg_per_gpu \
      count. Printed are the models by architecture, as shares of the thermal design power, and \
      the errors: in sample, and of fits that know no case with the same model or the same \
      accelerator. Exits with 65 when something is wrong in a file.
      """)

  @Argument(
    help: ArgumentHelp("Case files, recorded runs and directories of them.", valueName: "cases"),
    completion: .file())
  var paths: [String]

  func run() async throws {
    let cases = CaseFiles.read(paths)
    let validation = await Validation(cases.withPower)
    let fit = await PowerFit(validation) { _ in .uncalibrated }
    let models = fit.models()
    try StandardStream.out.write(PowerFitReport.text(models))
    try await report("in sample", validation, fit) { _ in models }
    for dimension in LeftOut.allCases {
      let without = fit.models(leavingOut: dimension)
      try await report("no case with the same \(dimension)", validation, fit) {
        without[dimension.key($0)] ?? models
      }
    }
    guard cases.problems.isEmpty else {
      StandardStream.problem(cases.problems.description)
      throw ExitCode(cases.isMissingFile ? Failure.missingInput : Failure.badInput)
    }
  }

  private func report(
    _ title: String, _ validation: Validation, _ fit: PowerFit,
    _ models: @escaping @Sendable (CaseSetUp) -> PowerFit.Models
  ) async throws {
    let predictions = await validation.predictions(
      coefficients: { _ in .uncalibrated },
      powerModel: { models($0).model(for: $0.accelerator) })
    let ofPower = (predictions ?? []).filter(\.isOfPower)
    try StandardStream.out.write(
      PowerFitReport.text(title, errorsAtMeasuredTimes: fit.errors(models), ofPower))
  }
}
