import ArgumentParser
import Explore
import Glibc
import Scenarios
import TextAndBytes

/// `kavier sweep`.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a scenario with many values of its fields, on all cores, and keep a row a run.",
    discussion: """
      kavier sweep sweep.yaml
      kavier sweep sweep.yaml --query 'SELECT accelerator, min(cost) FROM results GROUP BY 1'
      kavier sweep sweep.yaml --csv results.csv --parquet results.parquet
      kavier sweep sweep.yaml --page sweep.html --figure ttft_p95_s --axes rate,layout
      kavier sweep sweep.yaml --shard 2/8 --store part-2.sqlite
      kavier sweep sweep.yaml --merge part-*.sqlite
      kavier sweep sweep.yaml --on slurm --slurm-options '--partition=long'

      The runs are kept in an SQLite file under the hashes of their plans. So a sweep that was \
      stopped, by whatever, goes on where it was, and no plan is run twice, also where the sweep \
      has changed. Docs: Sweeping.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case csv
  }

  @Argument(
    help: ArgumentHelp("What is varied, in YAML or JSON.", valueName: "sweep"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into the scenario before it is varied. May be repeated.",
      valueName: "path=value"), completion: .assignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where runs are kept. Default: the sweep's file with the ending .sqlite, in the working directory.",
      valueName: "file"), completion: .file(extensions: ["sqlite"]))
  var store: String?

  @OptionGroup var jobs: JobOptions

  @Option(
    help: ArgumentHelp(
      "Make the runs of one part alone, like 2/8: every eighth, from the second on.",
      valueName: "part"), transform: Self.shard)
  var shard: SweepShard = .whole

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Take the runs of these stores over first. What they lack is then run.", valueName: "file"),
    completion: .file(extensions: ["sqlite"]))
  var merge: [String] = []

  @Flag(help: "Run nothing: show what is in the store.")
  var stored = false

  @Option(
    help: ArgumentHelp(
      "Show what this query gives, in SQL over the view results, instead of the usual table.",
      valueName: "sql"))
  var query: String?

  @Option(
    help: ArgumentHelp("Also write the results, or those of --query, there.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var csv: String?

  @Option(
    help: ArgumentHelp("The same as a Parquet file.", valueName: "file"),
    completion: .file(extensions: ["parquet"]))
  var parquet: String?

  @Option(
    help: ArgumentHelp("Also write a page with heat maps and pictures there.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var page: String?

  @Option(
    help: ArgumentHelp(
      "The figure of the page's heat maps, by its column of results, like ttft_p95_s. Default: cost.",
      valueName: "column"), completion: .list(SweepFigure.keys))
  var figure: String?

  @Option(
    help: ArgumentHelp(
      "Two axes of a heat map of the page, its columns and its rows, like rate,layout. May be repeated. Default: the two with the most values.",
      valueName: "axes"))
  var axes: [String] = []

  @Option(help: "What standard output gets.")
  var format: Format = .text

  @OptionGroup(title: "Options of clusters")
  var cluster: ClusterOptions

  func validate() throws {
    if page == nil, figure != nil || !axes.isEmpty {
      throw ValidationError("--figure and --axes are for the page; state --page too")
    }
    if let figure, !SweepFigure.keys.contains(figure) {
      let known = SweepFigure.keys
      throw ValidationError(
        "--figure: found \"\(figure)\"\(Spelling.hint(for: figure, of: known)); expected a column of "
          + "results that holds a figure, like ttft_p95_s")
    }
    for pair in axes where !(1...2).contains(Self.names(pair).count) {
      throw ValidationError("--axes: found \"\(pair)\"; expected two axes, like rate,layout")
    }
    if cluster.kind != nil, let name = ofThisMachine.first {
      throw ValidationError(
        "\(name) does not go with --on; afterwards, --stored shows the runs of the store")
    }
  }

  /// What is stated that makes no sense for runs elsewhere.
  private var ofThisMachine: [String] {
    [
      shard == .whole ? nil : "--shard", merge.isEmpty ? nil : "--merge",
      stored ? "--stored" : nil, query == nil ? nil : "--query", csv == nil ? nil : "--csv",
      parquet == nil ? nil : "--parquet",
      page == nil ? nil : "--page", format == .text ? nil : "--format",
    ].compactMap { $0 }
  }

  func run() throws {
    try Failure.explained {
      let sweep = try SweepFile.read(file, overrides: overrides)
      let path = store ?? SweepStores.place(of: file, ending: "sqlite")
      if let kind = cluster.kind {
        return try ClusterSweep(
          kind, cluster, sweep, file: file, overrides: overrides, store: path, jobs: jobs.jobs
        ).start()
      }
      let csv = try self.csv.map { try OutputPath($0) }
      let parquet = try self.parquet.map { try OutputPath($0) }
      let pageFile = try self.page.map { try OutputPath($0) }
      // A mistake must not cost the runs.
      let page = try self.page.map { _ in
        try SweepPage(sweep, figure: figure, axes: axes.map(Self.names))
      }
      let claim = stored ? nil : try StoreClaim(path)
      defer { claim?.end() }
      let store = try SweepStores.open(path, toRead: stored)
      for other in merge { try SweepStores.merge(other, into: store) }
      let progress = stored ? nil : try run(sweep, store)
      guard try store.isOfSweep else {
        throw StoreProblem(path: path, message: "no sweep has been run into it yet")
      }
      let all = try store.query(query ?? RunStore.results)
      try csv?.write(all.csv)
      try parquet?.write(bytes: all.parquet)
      if let page { try pageFile?.write(page.render(store)) }
      try show(all, sweep, store, progress)
      if Interrupt.happened {
        StandardStream.problem(
          "stopped: what is done is in \(path), and the same command goes on from there")
        throw ExitCode(Interrupt.exitCode)
      }
      // Of a part that says nothing: others can have plans that run.
      if progress != nil, shard == .whole, try !store.hasFinishedRuns {
        StandardStream.problem("none of the plans can be run")
        throw ExitCode(Failure.badInput)
      }
    }
  }

  private func run(_ sweep: Sweep, _ store: RunStore) throws -> SweepProgress {
    var runner = SweepStores.runner(sweep, jobs: jobs.count, shard: shard)
    let remarks = ToldOnce()
    runner.told = { remarks.tell($0, over: TerminalLine()) }
    var line = SweepProgressLine()
    defer { line.clear() }
    return try Interrupt.watched {
      Result {
        try runner.run(into: store) { progress in
          line.update(progress)
          return !Interrupt.happened
        }
      }
    }.get()
  }

  private func show(
    _ table: StoreTable, _ sweep: Sweep, _ store: RunStore, _ progress: SweepProgress?
  ) throws {
    switch format {
    case .csv: try StandardStream.out.write(table.csv)
    case .json: try StandardStream.out.write(table.json)
    case .text where query != nil:
      try StandardStream.out.write(SweepText.render(table))
    case .text:
      try StandardStream.out.write(
        SweepText.render(
          try SweepSummary(sweep, store), of: sweep, progress: progress, place: store.path))
    }
  }

  private static func names(_ pair: String) -> [String] {
    pair.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.trimmingPrefix { $0 == " " })
    }
  }

  private static func shard(_ text: String) throws -> SweepShard {
    guard let shard = SweepShard(text) else {
      throw ValidationError("found \"\(text)\"; expected a part like 2/8")
    }
    return shard
  }
}

/// The stores that a command names.
enum SweepStores {
  /// `plans.sqlite` for `sweeps/plans.yaml`.
  static func place(of file: String, ending: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? "sweep"
    return (name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name) + "." + ending
  }

  static func runner(_ sweep: Sweep, jobs: Int, shard: SweepShard = .whole) -> SweepRunner {
    var runner = SweepRunner(sweep, hashes: PlanHash(program: Machine.program), workers: jobs)
    runner.shard = shard
    runner.memoryLimit = Machine.memory.share(of: jobs)
    return runner
  }

  static func open(_ path: String, toRead: Bool) throws -> RunStore {
    toRead ? try RunStore(reading: path) : try RunStore(path: path)
  }

  static func merge(_ path: String, into store: RunStore) throws {
    // What made it may have been stopped before it wrote anything.
    let count = try isEmpty(path) ? 0 : store.add(runsOf: try RunStore(reading: path))
    StandardStream.problem("\(path): \(count) runs that were not in \(store.path)")
  }

  private static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
  }
}

/// What keeps another kavier from writing to a store: a file beside it, locked, and gone with the program.
struct StoreClaim {
  private let path: String
  private let claim: Claim

  init(_ store: String) throws {
    let slash = store.lastIndex(of: "/").map { store.index(after: $0) } ?? store.startIndex
    path = store[..<slash] + "." + store[slash...] + ".lock"
    do throws(Claim.Refusal) {
      claim = try Claim.unfinished(file: path)
    } catch {
      throw OutputError(.create, path: store, code: error.code)
    }
  }

  func end() {
    unlink(path)
    UnfinishedFiles.remove(path)
    withExtendedLifetime(claim) {}
  }
}

extension PageProblem: UserError {}

extension StoreProblem: UserError {
  var exitCode: Int32 {
    isMissing ? Failure.missingInput : isFull ? Failure.cannotWrite : Failure.badInput
  }
}
