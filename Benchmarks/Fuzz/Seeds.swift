import Impact
import Parquet
import Report
import ReportTestSupport
import Scenarios
import ServingModel
import TraceArchive
import TextAndBytes
import ServingSim

/// Sound inputs: the folders below `Seeds`, one a set of files, and what programs write.
enum Seeds {
  static let folder = "Benchmarks/Fuzz/Seeds"

  /// The sets of files of one reader; the file named `first` comes first.
  static func sets(_ reader: String, first: String? = nil) -> [Target.Seed] {
    Files.names(in: "\(folder)/\(reader)").compactMap { set in
      let path = "\(folder)/\(reader)/\(set)"
      let names = Files.names(in: path)
      let ordered = names.filter { $0 == first } + names.filter { $0 != first }
      let files = ordered.compactMap { name in Files.read("\(path)/\(name)").map { (name, $0) } }
      return files.isEmpty ? nil : Target.Seed(files)
    }
  }

  static let scenarios = sets("scenario", first: "scenario.yaml")
  static let sweeps = sets("sweep", first: "sweep.yaml")

  /// The newest shipped profile without most of its effects, and one that extends it.
  static let calibrations: [Target.Seed] = {
    var profile = CalibrationProfiles.newest
    profile.effects = Array(profile.effects.prefix(4))
    profile.evidence = Array(profile.evidence.prefix(2))
    let whole = CalibrationProfileYAML.render(profile)
    let extending = """
      name: ours
      extends: \(profile.name)
      source: own
      base: {frontend_latency: 1 ms}
      effects:
        - {of: [frontend_latency], accelerator: h100-sxm, factor: 1.1, standard_error: 0.1}
      """
    let scenarios = sets("calibration", first: "scenario.yaml")
    return [whole, extending].flatMap { text in
      scenarios.map {
        Target.Seed([("profile.yaml", Array(text.utf8))] + $0.files.map { ($0.name, $0.bytes) })
      }
    }
  }()

  /// One of each format that has a folder.
  static let traces: [(format: String, seeds: [Target.Seed])] =
    TraceFormat.allCases.compactMap { format in
      let seeds = sets("trace-\(format.rawValue)", first: "requests.csv")
      return seeds.isEmpty ? nil : (format.rawValue, seeds)
    }

  static let traceProfiles: [Target.Seed] =
    Profiles.all.map { Target.Seed("profile.json", $0.json.document) }
    + sets("trace-profile", first: "profile.json")

  static let manifest = sets("archive")[0]
  static let cases = sets("cases")
  static let engineLog = sets("engine-log", first: "steps_composition.jsonl")[0]
  static let recordedEngine = sets("recorded-engine", first: "calibration.yaml")[0]
  static let streams = sets("events")
  static let metricsPages = sets("metrics-page")

  /// What small scenarios leave.
  static let runs: [Target.Seed] = scenarios.indices.compactMap { number in
    let folder = Files.scratch()
    defer { Files.remove(folder: folder) }
    Files.write(scenarios[number], to: folder)
    guard let loaded = try? ScenarioLoader.load(file: "\(folder)/scenario.yaml") else { return nil }
    guard let run = SmallRun(loaded.plan)?.run else { return nil }
    guard let recorded = try? RecordedFiles(run) else { return nil }
    let files = recorded.files.sorted { $0.key < $1.key }
    return Target.Seed(
      files.map { ($0.key, $0.value) }
        + [("plan.yaml", Array(PlanYAML.render(loaded.plan.lines).utf8))])
  }

  /// Makes the sums of a changed run right again, so that its values are looked at.
  @Sendable static func sealed(_ seed: inout Target.Seed) {
    var run = RecordedFiles(files: [:])
    for file in seed.files { run.files[file.name] = file.bytes }
    run.seal()
    for index in seed.files.indices {
      guard let bytes = run.files[seed.files[index].name] else { continue }
      seed.files[index].bytes = bytes
    }
  }

  static let powerSource = Target.Seed(
    "powerSource.parquet",
    ParquetWriter.file(
      [
        .init("timestamp", .int64), .init("energy_usage", .double),
        .init("carbon_emission", .double),
      ],
      [
        .init(.integers([0, 300_000])), .init(.doubles([100, 250.5])), .init(.doubles([0.5, 1])),
      ]))

  static let requests = sets("request")
  static let tokenizers = sets("tokenizer")
  static let originalTraces = sets("perf", first: "t.csv")
  static let originalTable = Target.Seed(
    "t.parquet",
    ParquetWriter.file(
      [
        .init("num_input_tokens", .int64), .init("num_output_tokens", .int64),
        .init("session_id", .int64), .init("ts", .double), .init("input_tokens", .text),
        .init("output_tokens", .text),
      ],
      [
        .init(.integers([4, 5])), .init(.integers([10, 20])), .init(.integers([1, 1])),
        .init(.doubles([0, 1.5])),
        .init(.texts(ParquetTexts(["[1, 2, 3, 4]", "[1, 2, 3, 4, 5]"]))),
        .init(.texts(ParquetTexts(["[1]", "[2]"]))),
      ]))
  static let originalResults = Target.Seed([
    (
      "tasks.parquet",
      ParquetWriter.file(
        [.init("total_tokens", .int64), .init("duration", .double)],
        [.init(.integers([14, 25])), .init(.doubles([3, 6]))])
    ), ("powerSource.parquet", powerSource.files[0].bytes),
  ])

  /// Tables of every type of column, with each compression.
  static let tables: [Target.Seed] = [ParquetCompression.snappy, .uncompressed].flatMap {
    compression in
    [
      table(
        [
          .init("a", .int64), .init("b", .int32, isOptional: true), .init("c", .double),
          .init("d", .timestamp(.milliseconds)),
        ],
        [
          .init(.integers([1, 2, 3])), .init(.integers([4, 5, 6]), isNull: [false, true, false]),
          .init(.doubles([0.5, 1, 2])), .init(.integers([1_700_158_546_680, 0, 1])),
        ], compression),
      table(
        [.init("ids", .int64List, isOptional: true), .init("text", .text, isOptional: true)],
        [
          .init(.lists(ParquetLists([[1, 2], []])), isNull: [false, true]),
          .init(.texts(ParquetTexts(["m", "nnnn"]))),
        ], compression),
    ]
  }

  private static func table(
    _ fields: [ParquetField], _ columns: [ParquetColumn], _ compression: ParquetCompression
  ) -> Target.Seed {
    Target.Seed("table.parquet", ParquetWriter.file(fields, columns, compression: compression))
  }
}
