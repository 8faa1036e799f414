import ArgumentParser
import Explore
import Report
import Scenarios
import TextAndBytes

/// `kavier simulate --seeds`: a scenario with several seeds, on all cores.
struct SimulateSeeds {
  private let command: Simulate
  private let template: ScenarioTemplate
  private let seeds: Int

  init(_ command: Simulate, _ template: ScenarioTemplate, seeds: Int) {
    self.command = command
    self.template = template
    self.seeds = seeds
  }

  /// `directory` is what the scenario states for the files of a run.
  func run(directory: String?) throws {
    if let directory {
      StandardStream.problem(
        "output.directory: \(directory) is left as it is: with --seeds no files of a run are written"
      )
    }
    let report = try report()
    try StandardStream.out.write(
      command.format == .text ? SeedText.render(report) : SeedJSON.render(report))
    try conclude(report)
    if command.check { try ObjectiveCheck.conclude(report.verdicts) }
  }

  private func report() throws -> SeedReport {
    let workers = min(command.jobs.count, seeds)
    let runs = SeedRuns(
      template, seeds: template.seeds(seeds), workers: workers,
      memoryLimit: command.scenario.limit.share(of: workers), isStopped: { Interrupt.happened })
    let line = TerminalLine()
    let outcome = try Interrupt.watched {
      Result { [seeds] () throws(ScenarioIssues) in
        try runs.run { line.show("\($0) of \(seeds) seeds") }
      }
    }.get()
    line.clear()
    switch outcome {
    case .finished(let report): return report
    case .refused(let message):
      StandardStream.problem(message)
      throw ExitCode(Failure.badInput)
    case .stopped:
      StandardStream.problem("stopped: nothing is reported")
      throw ExitCode(Interrupt.exitCode)
    }
  }

  /// What a reader of the figures must know even when only a program reads the report.
  private func conclude(_ report: SeedReport) throws {
    let counts = report.runs.map(\.metrics.requests)
    let refused = counts.reduce(0) { $0 + $1.rejected }
    if refused > 0 {
      let total = counts.reduce(0) { $0 + $1.total }
      StandardStream.problem("\(refused) of \(total) requests were refused, over all seeds")
    }
    if counts.contains(where: \.isPartial) {
      StandardStream.problem(
        "the clock ended after four years: the results cover only part of the run")
      throw ExitCode(Failure.badInput)
    }
  }
}
