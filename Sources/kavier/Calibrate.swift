import Accuracy
import ArgumentParser
import Report
import ServingSim
import TraceArchive

/// `kavier calibrate`.
struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Fit step times to measured cases.")

  @Option(name: .customLong("from"))
  var paths: [String]

  @Option(
    name: .customLong("out"), help: ArgumentHelp("Write the calibration here.", valueName: "file"))
  var file: String?

  @Flag var leaveOut = false

  func run() async throws {
    if let directory = RecordedEngine.directory(paths) {
      return try Failure.explained { try RecordedEngine.calibrate(directory, to: file, asJSON: false) }
    }
    let cases = CaseFiles.read(paths)
    let validation = await Validation(cases)
    let fit = CalibrationFit(validation, around: nil)
    let state = await fit.run(rounds: 4) { StandardStream.problem($0) }
    let profile = fit.profile(state, name: "fit", source: "")
    for (parameter, value) in zip(fit.parameters, state.values) {
      print(parameter.name, value)
    }
    let inSample = await validation.predictions {
      profile.coefficients(for: $0.subject)
    }
    func show(_ title: String, _ predictions: [Prediction]?, _ file: String) throws {
      guard let predictions else { return }
      print("==", title)
      let tables = ErrorTable.all(predictions, extraColumns: cases.extraColumns)
      try StandardStream.out.write(AccuracyReport.text(tables))
      try OutputDirectory(path: "/tmp/v/\(file)").write([
        OutputFile(
          "predictions.csv", text: PredictionsCSV.text(predictions, keyColumns: cases.keyColumns))
      ])
    }
    try show("in sample", inSample, "in")
    if leaveOut {
      for out in LeftOut.allCases {
        try show("leaving out \(out)", await fit.predictions(leavingOut: out, state), "\(out)")
      }
    }
  }
}
