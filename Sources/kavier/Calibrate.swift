import Accuracy
import ArgumentParser
import Report
import TraceArchive

/// `kavier calibrate`.
struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Fit step times to measured cases.")

  @Option(name: .customLong("from"))
  var paths: [String]

  func run() async throws {
    let cases = CaseFiles.read(paths)
    let validation = await Validation(cases)
    let fit = CalibrationFit(validation, around: nil)
    let state = await fit.run(rounds: 4) { StandardStream.problem($0) }
    for (parameter, value) in zip(fit.parameters, state.values) {
      print(parameter.name, value)
    }
  }
}
