import ArgumentParser
import Report
import TraceArchive
import TextAndBytes

/// `kavier trace stats`.
struct DescribeTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract:
      "Lengths, arrivals, sessions, prefix reuse, tenants, classes and the like of a trace.",
    discussion: """
      kavier trace stats azure-conv
      kavier trace stats azure-conv --report azure.html --pictures azure
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @OptionGroup var input: TraceInput

  @Option(help: "What standard output gets.")
  var format: Format = .text

  @OptionGroup var pictures: PictureOptions

  func run() throws {
    try Failure.explained {
      let pictures = try pictures.outputs()
      // A description of times in a unit that is in doubt is what tells whether it is right.
      var options = input.options()
      options.leavesDoubts = true
      let (statistics, table, reading) = try TraceStatistics.read(
        path: input.trace, options: options)
      for note in reading.notes + reading.doubts { StandardStream.problem(note) }
      try StandardStream.out.write(
        format == .text ? statistics.text : statistics.json.document)
      try pictures.write(title: input.trace, note: "A trace of LLM requests.") {
        TraceCharts.all(table, statistics)
      }
    }
  }
}
