import ArgumentParser
import Report
import Scenarios
import ServingSim

/// `kavier conformance`.
struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Replay a real engine's recorded steps and compare every batch.",
    discussion: """
      kavier conformance LOG
      kavier conformance LOG --run S3.poisson4 --format json

      LOG is a directory with runs.csv, requests.csv and steps_composition.jsonl (each may be \
      .gz): what a vLLM scheduler decided step by step. Requests reach the simulated scheduler \
      when they reached the real one and steps begin when they began, so only decisions are \
      compared: the sequences of each step, their tokens, and who is preempted.

      servers.yaml in LOG states the settings of the servers. Docs: Checking. \
      Exits with 1 when a step differs.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @Argument(help: "The directory of the log.", completion: .directory)
  var log: String

  @Option(name: .customLong("run"), help: "Replay only this run.")
  var onlyRun: String?

  @Option(help: "What standard output gets.")
  var format: Format = .text

  func run() throws {
    try Failure.explained {
      let results = try ConformanceCheck.run(directory: log, only: onlyRun)
      try StandardStream.out.write(
        format == .text ? ConformanceReport.text(results) : ConformanceReport.json(results))
      if results.contains(where: { $0.identical < $0.steps }) { throw ExitCode(1) }
    }
  }
}
