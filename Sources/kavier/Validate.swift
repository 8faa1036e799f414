import Accuracy
import ArgumentParser
import Report
import Scenarios
import ServingModel
import TextAndBytes

/// `kavier validate`.
struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Predict measured cases, and tell how far the predictions are off.",
    discussion: """
      kavier validate cases.csv
      kavier validate measurements/ --out results
      kavier validate engine/ --calibration engine.yaml
      kavier validate result.json --scenario fleet.yaml

      A case file is a CSV file (also .csv.gz) with one row a measured figure. Required are the \
      columns case_id, family, gpu, n_gpu, model, precision, engine, metric and value; what else \
      there may be is in Docs: Checking. A recorded run is a pair of files, X.csv.gz with one \
      row a request and X.json or X_meta.json with its set-up. Of a directory, all such files in \
      it are taken. A directory with runs.csv and requests.csv is a recorded engine, and so are \
      recordings of kavier trace record. Docs: Checking.

      A CSV file with the columns model, accelerator and any of weights_gib, kv_gib, kv_tokens \
      and starts is of start-ups: what servers printed when they started, and whether they did. \
      Each is planned with the options in its row.

      With --scenario, the paths are results of vllm bench serve, SGLang's bench_serving, aiperf, \
      genai-perf, GuideLLM, inference-perf or LLMPerf, or other traces with latencies: their \
      requests are sent to the scenario's fleet, and measured and predicted figures printed side \
      by side. Of results with totals alone, requests are drawn as the file describes them.

      Printed are the errors by group, how many predictions lie in the intervals stated with \
      them, and why rows are not predicted. --out gets predictions.csv and predictions.json, with \
      a row for each measured row.

      Exits with 0 also where rows are not predicted because the simulation does not know what \
      they ask for, unless --strict is given: then with 1. Exits with 65 when something is wrong \
      in a file; the other rows are predicted all the same.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Argument(
    help: ArgumentHelp("Case files, recorded runs and directories of them.", valueName: "cases"),
    completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write the predictions here.", valueName: "directory"),
    completion: .directory)
  var directory: String?

  @Option(
    help: ArgumentHelp(
      """
      What calibrates step times: a shipped profile, a profile's file, or none; of a recorded \
      engine the file that kavier calibrate made of it. Default: \(CalibrationProfiles.newest.name).
      """, valueName: "calibration"),
    completion: .calibration)
  var calibration: String?

  @Option(
    help: ArgumentHelp(
      "Predict results of load generators with this scenario's fleet.", valueName: "file"),
    completion: .scenario)
  var scenario: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into the scenario, as kavier simulate does. May be repeated.",
      valueName: "path=value"),
    completion: .assignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "How many clients sent the requests of a result that does not say so.", valueName: "clients"))
  var concurrency: Int?

  @Option(
    help: ArgumentHelp(
      "How many requests a second were sent at random, where a result does not say so.",
      valueName: "requests/s"))
  var requestRate: Double?

  @Option(help: "What standard output gets.")
  var format: Format = .text

  @Flag(help: "Exit with 1 when a row is not predicted.")
  var strict = false

  @OptionGroup var pictures: PictureOptions

  private var statedLoad: OfferedLoad? {
    concurrency.map { .clients($0) } ?? requestRate.map { .rate($0, cv: 1) }
  }

  private func validateLoad() throws {
    guard concurrency != nil || requestRate != nil else { return }
    if scenario == nil {
      throw ValidationError("--concurrency and --request-rate are for results with --scenario")
    }
    if concurrency != nil, requestRate != nil {
      throw ValidationError("state --concurrency or --request-rate, not both")
    }
    if let concurrency, !(1...10_000_000).contains(concurrency) {
      throw ValidationError(
        "--concurrency: found \(concurrency); allowed are whole numbers from 1 to 10000000")
    }
    if let requestRate, !(1e-6...1e6).contains(requestRate) {
      throw ValidationError(
        "--request-rate: found \(requestRate); allowed are numbers from 0.000001 to 1000000")
    }
  }

  func validate() throws {
    try validateLoad()
    guard scenario == nil else {
      guard calibration == nil else {
        throw ValidationError(
          "--calibration: a scenario states its own; --set fleet.calibration=\(calibration ?? "")")
      }
      return
    }
    if let first = overrides.first {
      throw ValidationError("--set \(first): there is no --scenario to put it into")
    }
    if let mistake = ScenarioComparison.mistake(paths) { throw ValidationError(mistake) }
  }

  func run() async throws {
    if let scenario {
      return try Failure.explained { try compare(with: scenario) }
    }
    if StartupFiles.areAt(paths) {
      return try Failure.explained { try checkStartups() }
    }
    if RecordedEngine.isAt(paths) {
      return try Failure.explained { try predict(paths) }
    }
    let profile = try Failure.explained {
      try makeDirectory()
      return try CalibrationChoice.profile(
        calibration ?? CalibrationProfiles.newest.name, option: "calibration")
    }
    let cases = CaseFiles.read(paths)
    let predictions = await Interrupt.watched {
      await Validation(cases).predictions(
        coefficients: { profile?.coefficients(for: $0.subject) ?? .uncalibrated },
        expected: { profile?.standing(of: $0.subject).errors ?? [] },
        isStopped: { Interrupt.happened })
    }
    guard let predictions else { throw ExitCode(Interrupt.exitCode) }
    if !predictions.isEmpty {
      try Failure.explained {
        try write(predictions, keyColumns: cases.keyColumns, extraColumns: cases.extraColumns)
      }
    }
    guard cases.problems.isEmpty else {
      StandardStream.problem(cases.problems.description)
      throw ExitCode(cases.isMissingFile ? Failure.missingInput : Failure.badInput)
    }
    try conclude(predictions)
  }

  /// With --strict, rows that are not predicted are a failure.
  private func conclude(_ predictions: [Prediction]) throws {
    guard strict, predictions.contains(where: \.isSkipped) else { return }
    throw ExitCode(Self.incomplete)
  }

  /// The exit code of --strict.
  private static let incomplete: Int32 = 1

  private static let files = ["predictions.csv", "predictions.json"]

  /// Before the run: an output that cannot be created shows at once.
  private func makeDirectory() throws {
    if let directory { _ = try OutputDirectory(path: directory, names: Self.files) }
    _ = try pictures.outputs()
  }

  /// Results of load generators beside what a scenario's fleet would do.
  private func compare(with scenario: String) throws {
    try makeDirectory()
    var comparison = ScenarioComparison(
      scenario: scenario, overrides: overrides, load: statedLoad)
    try comparison.compare(paths)
    let predictions = comparison.predictions
    if !predictions.isEmpty { try write(predictions) }
    guard comparison.problems.isEmpty else { throw comparison.problems }
    try requireAny(predictions)
    try conclude(predictions)
  }

  private func write(_ predictions: [Prediction]) throws {
    try StandardStream.out.write(
      format == .text
        ? MeasuredRunTable.text(predictions)
        : AccuracyReport.json(predictions, keyColumns: EnginePrediction.keyColumns))
    try write(
      predictions, keyColumns: EnginePrediction.keyColumns, extraColumns: [], printsErrors: false)
  }

  /// The runs of recorded engines.
  private func predict(_ paths: [String]) throws {
    try makeDirectory()
    let predictions = try RecordedEngine.predictions(paths, calibration: calibration)
    if format == .text { try StandardStream.out.write(EngineRunTable.text(predictions)) }
    try write(predictions, keyColumns: EnginePrediction.keyColumns, extraColumns: [])
    try requireAny(predictions)
    try conclude(predictions)
  }

  /// What servers printed when they started beside what plans say.
  private func checkStartups() throws {
    try makeDirectory()
    let (check, problems) = try StartupFiles.check(paths)
    let predictions = check.predictions
    if !check.rows.isEmpty {
      if let directory {
        try OutputDirectory(path: directory).write(
          Self.outputs(predictions, keyColumns: StartupCheck.keyColumns))
      }
      try StandardStream.out.write(
        format == .text ? StartupReport.text(check) : StartupReport.json(check))
    }
    guard problems.isEmpty else { throw problems }
    if check.rows.isEmpty || check.unplanned.count == check.rows.count {
      throw ExitCode(Failure.badInput)
    }
    if strict, !check.unplanned.isEmpty { throw ExitCode(Self.incomplete) }
  }

  /// Nothing predicted is no validation; why not has been said.
  private func requireAny(_ predictions: [Prediction]) throws {
    guard predictions.contains(where: { $0.predicted != nil }) else {
      throw ExitCode(Failure.badInput)
    }
  }

  private static func outputs(
    _ predictions: [Prediction], keyColumns: [String]
  ) -> [OutputFile] {
    [
      OutputFile("predictions.csv", text: PredictionsCSV.text(predictions, keyColumns: keyColumns)),
      OutputFile(
        "predictions.json", text: AccuracyReport.json(predictions, keyColumns: keyColumns)),
    ]
  }

  private func write(
    _ predictions: [Prediction], keyColumns: [String], extraColumns: [String],
    printsErrors: Bool = true
  ) throws {
    let report = AccuracyReport(
      tables: ErrorTable.all(predictions, extraColumns: extraColumns), of: predictions)
    if let directory {
      try OutputDirectory(path: directory).write(Self.outputs(predictions, keyColumns: keyColumns))
    }
    if printsErrors {
      try StandardStream.out.write(format == .text ? report.text : report.json)
    }
    try pictures.outputs().write(
      title: paths.joined(separator: ", "), note: "Measured cases and what is predicted for them."
    ) { AccuracyCharts.all(predictions) }
  }
}
