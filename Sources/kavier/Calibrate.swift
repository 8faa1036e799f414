import Accuracy
import ArgumentParser
import Report
import Scenarios
import ServingModel
import TextAndBytes

/// `kavier calibrate`.
struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit a calibration profile to measured cases.",
    discussion: """
      kavier calibrate --from measurements/ --out ours.yaml
      kavier simulate fleet.yaml --set fleet.calibration=ours.yaml
      kavier calibrate --from engine/ --out engine.yaml

      Cases are those of kavier validate; their means and medians count. What they cannot tell \
      stays as the prior profile has it, so that a few cases of your own suffice. Docs: \
      Calibrating.

      Printed are the coefficients, how sure they are, and the errors by group: in sample, and \
      of fits that know no case with the same model or the same accelerator. Exits with 65 when \
      something is wrong in a file; the fit is to the other rows.

      A directory with runs.csv, requests.csv and steps.csv is a recorded engine, and so are \
      recordings of kavier trace record: step times are fitted to the micro-benchmarks. Docs: \
      Calibrating.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: ArgumentHelp("Case files, recorded runs and directories of them.", valueName: "cases"),
    completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write the profile here.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var file: String?

  @Option(
    name: .customLong("swift"),
    help: ArgumentHelp(
      "Write the profile here as a source file of the catalogue.", valueName: "file"),
    completion: .file(extensions: ["swift"]))
  var source: String?

  @Option(help: "What plans and reports call the profile. Default: the file's name.")
  var name: String?

  @Option(
    name: .customLong("source"),
    help: "What it is fitted to, in a sentence. Default: how many figures of how many cases.")
  var sentence: String?

  @Option(
    help: "What is known beforehand: a shipped profile, a profile's file, or none.",
    completion: .calibration)
  var prior = CalibrationProfiles.newest.name

  @Flag(
    inversion: .prefixedNo,
    help: "Fit anew without each model and each accelerator, to tell what errors to expect.")
  var crossValidation = true

  @Option(help: "What standard output gets.")
  var format: Format = .text

  func validate() throws {
    guard file != nil || source != nil else {
      throw ValidationError("Missing expected argument '--out <file>'")
    }
    if let taken = [file, source].compactMap(\.self).first(where: { paths.contains($0) }) {
      throw ValidationError("\(taken): found with --from, too; the profile would take its place")
    }
  }

  func run() async throws {
    if RecordedEngine.isAt(paths) {
      return try Failure.explained {
        try RecordedEngine.calibrate(paths, to: file, asJSON: format == .json)
      }
    }
    // Before the fit: what cannot be written shows at once.
    let (known, profileFile, sourceFile) = try Failure.explained {
      (
        try CalibrationChoice.profile(prior, option: "prior"), try file.map { try OutputPath($0) },
        try source.map { try OutputPath($0) }
      )
    }
    let cases = CaseFiles.read(paths)
    let outcome = await CalibrationOutcome(cases, prior: known, crossValidates: crossValidation) {
      StandardStream.problem($0)
    }
    if let outcome {
      let profile = outcome.profile(name: chosenName, source: sentence)
      try Failure.explained {
        try profileFile?.write(CalibrationProfileYAML.render(profile))
        try sourceFile?.write(CalibrationProfileSwift.render(profile))
        let report = CalibrationReport(outcome)
        try StandardStream.out.write(format == .text ? report.text : report.json)
      }
    }
    try conclude(cases, isFitted: outcome != nil)
  }

  /// `ours` for `profiles/ours.yaml`.
  private var chosenName: String {
    if let name { return name }
    let file = (file ?? source ?? "").split(separator: "/").last ?? "profile"
    return String(file.prefix { $0 != "." })
  }

  private func conclude(_ cases: MeasuredCases, isFitted: Bool) throws {
    if !cases.problems.isEmpty { StandardStream.problem(cases.problems.description) }
    if !isFitted {
      StandardStream.problem("no mean or median in these cases that could be fitted to")
    }
    guard isFitted, cases.problems.isEmpty else {
      throw ExitCode(cases.isMissingFile ? Failure.missingInput : Failure.badInput)
    }
  }
}
