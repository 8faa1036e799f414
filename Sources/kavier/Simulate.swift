import ArgumentParser
import Dispatch
import Report
import Scenarios
import ServingSim
import Synchronization

/// `kavier simulate`.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario and report latency, throughput and cache use.",
    discussion: """
      kavier simulate
      kavier simulate fleet.yaml --set fleet.replicas=4 --out results
      kavier simulate fleet.yaml --format json | jq .latency.ttft.p99
      kavier simulate fleet.yaml --check --set slo.ttft='{p95: 500 ms}'
      kavier simulate fleet.yaml --seeds 10

      The same scenario and seed give the same bytes. Ctrl-C stops the run and reports what \
      has happened until then.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      """
      Also write plan.yaml, report.txt, report.json, requests.csv, timeline.csv and the run \
      itself there: run.json and Parquet tables. Overrides the scenario's output.directory.
      """, valueName: "directory"),
    completion: .directory)
  var out: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Also write an HTML report there.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var page: String?

  @Option(
    help: ArgumentHelp(
      """
      Run it with so many seeds, the scenario's and those that follow it, and report means and how far \
      seeds are apart. No files of a run are written.
      """, valueName: "number"))
  var seeds: Int?

  @OptionGroup var jobs: JobOptions

  @Option(help: "What standard output gets.")
  var format: Format = .text

  @Flag(help: ArgumentHelp(ObjectiveCheck.help))
  var check = false

  func validate() throws {
    guard let seeds else {
      guard jobs.jobs == nil else {
        throw ValidationError("--jobs is for the runs of --seeds; one run takes one core")
      }
      return
    }
    if !(1...1000).contains(seeds) {
      throw ValidationError("--seeds: found \(seeds); expected a whole number from 1 to 1000")
    }
    for (name, value) in [("--out", out), ("--report", page)] where value != nil {
      throw ValidationError(
        "\(name) writes what one run leaves, and --seeds makes several; state one of them, and the seed "
          + "of one run by --set seed=")
    }
  }

  func run() throws {
    try Failure.explained {
      let template = try scenario.template()
      let loaded = try template.load(memoryLimit: scenario.limit)
      for line in loaded.said { StandardStream.problem(line) }
      if check { try ObjectiveCheck.require(loaded, file: scenario.file) }
      if let seeds {
        return try SimulateSeeds(self, template, seeds: seeds)
          .run(directory: loaded.outputDirectory)
      }
      // Before the run: a directory that cannot be had must not cost one.
      let directory = try (out ?? loaded.outputDirectory).map { try OutputDirectory(ofRun: $0) }
      let page = try self.page.map { try OutputPath($0) }
      let finished = Interrupt.watched { Self.finished(loaded.plan) }
      let bill = try loaded.impact.map { try BillCommand.bill(finished, $0) }
      let metrics = Metrics(finished, bill: bill)
      try StandardStream.out.write(
        format == .text
          ? TextReport.render(metrics) + (bill.map { "\n" + BillText.render($0) } ?? "")
          : JSONReport.render(metrics, bill: bill))
      try directory?.write(
        run: OutputFile.all(loaded.plan.lines, finished, metrics, bill))
      try page?.write(
        HTMLReport.render([RunDigest(finished, plan: loaded.plan.lines, bill: bill)]))
      try conclude(metrics)
      if check { try ObjectiveCheck.conclude(metrics.verdicts) }
    }
  }

  /// Runs a plan until it ends or Ctrl-C is pressed, and shows how far it is; with slower steps, too,
  /// on another core.
  static func finished(_ plan: Plan) -> FinishedRun {
    let slower = Mutex<SlowerRun?>(nil)
    let side = DispatchGroup()
    DispatchQueue.global().async(group: side) {
      let run = SlowerRun(plan) { _ in !Interrupt.happened }
      slower.withLock { $0 = run }
    }
    var progress = Progress(total: plan.workload.count)
    let recording = Simulation.run(plan) { ended in
      progress.update(ended: ended)
      return !Interrupt.happened
    }
    progress.clear()
    side.wait()
    var run = FinishedRun(plan: plan, recording: recording)
    run.slower = slower.withLock { $0 }
    return run
  }

  /// Says what a reader of the figures must know even when only a program reads the report.
  private func conclude(_ metrics: Metrics) throws {
    for (reason, count) in metrics.requests.rejections where count > 0 {
      StandardStream.problem(
        "\(count) of \(metrics.requests.total) requests were refused: \(reason.rawValue)")
    }
    guard metrics.requests.isPartial else { return }
    guard Interrupt.happened else {
      StandardStream.problem(
        "the clock ended after four years: the results cover only part of the run")
      throw ExitCode(Failure.badInput)
    }
    StandardStream.problem("stopped: the results cover only part of the run")
    throw ExitCode(Interrupt.exitCode)
  }
}
