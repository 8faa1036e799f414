import ArgumentParser

/// The command line. A new subcommand is a file of its own and a line in `subcommands`.
@main
struct Kavier: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "kavier",
    abstract: "Simulates LLM serving: fleets of vLLM-like engines, request by request.",
    discussion: """
      kavier simulate             runs the built-in scenario and prints a report
      kavier simulate FILE        runs a scenario of yours
      kavier compare FILE FILE    tells which of them is better, and why
      kavier sweep FILE           runs it with many values of its fields
      kavier capacity FILE        finds the load that its objectives allow
      kavier recommend            tells which GPUs, and how many, meet objectives
      kavier plan FILE            shows what would run and where it comes from
      kavier explain FIELD        tells what a field of a scenario may hold
      kavier explain RUN REQUEST  tells where the time of a request went

      Results go to standard output, progress and problems to standard error.

      \(ExitCodes.sentence)
      """,
    version: version,
    subcommands: [
      Simulate.self, CompareCommand.self, SweepCommand.self, CapacityCommand.self,
      RecommendCommand.self, Serve.self,
      BillCommand.self,
      ReportCommand.self,
      PlotCommand.self,
      TimelineCommand.self, ShowPlan.self, Explain.self, Catalog.self, ConformanceCommand.self,
      Validate.self,
      Calibrate.self, CalibratePower.self, TraceCommand.self, ExportCommand.self,
      ImportCommand.self, ArchitectureCommand.self, Perf.self, Eff.self, Reproduce.self,
      ManualCommand.self,
    ])

  /// Looks at the subcommand's name first: the parser takes a misspelt one for an argument of the root,
  /// and `help` of an unknown one for `help`.
  static func main() async {
    OwnFault.explain(version: version)
    Interrupt.endsCleanly()
    let arguments = DashedValues.joined(Array(CommandLine.arguments.dropFirst()))
    if let problem = CommandNames.problem(in: arguments) ?? RepeatedOptions.problem(in: arguments) {
      StandardStream.problem("Error: \(problem)")
      exit(withError: ExitCode.validationFailure)
    }
    await main(arguments)
  }
}
