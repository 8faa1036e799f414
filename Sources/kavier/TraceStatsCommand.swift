import ArgumentParser
import TraceArchive

/// `kavier trace stats`.
struct DescribeTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Lengths, arrivals, sessions, prefix reuse and tenants of a trace.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @OptionGroup var input: TraceInput

  @Option(help: "What standard output gets.")
  var format: Format = .text

  func run() throws {
    try Failure.explained {
      let (statistics, reading) = try TraceStatistics.read(
        path: input.trace, options: input.options())
      for note in reading.notes { StandardStream.problem(note) }
      try StandardStream.out.write(
        format == .text ? statistics.text : statistics.json.document)
    }
  }
}
