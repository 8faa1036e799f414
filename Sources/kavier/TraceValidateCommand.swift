import ArgumentParser
import TraceArchive
import TextAndBytes

/// `kavier trace validate`.
struct ValidateTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a trace for defects that make results mislead.",
    discussion: """
      kavier trace validate BurstGPT_1.csv
      kavier trace validate azure-conv --format json

      Exits with 1 when something found is an error, with --strict also for warnings.
      """)

  @OptionGroup var input: TraceInput

  @Option(help: "What standard output gets.")
  var format: DescribeTrace.Format = .text

  @Flag(help: "Take warnings for errors.")
  var strict = false

  func run() throws {
    try Failure.explained {
      let validation = TraceValidation.run(path: input.trace, options: input.options())
      if let missing = validation.missingFile { throw missing }
      try StandardStream.out.write(
        format == .text ? validation.text : validation.json.document)
      guard let worst = validation.worst, worst >= (strict ? .warning : .error) else { return }
      throw ExitCode(1)
    }
  }
}
