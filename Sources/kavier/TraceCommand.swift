import ArgumentParser
import TraceArchive
import TextAndBytes

/// `kavier trace`.
struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Bring LLM traces into one format, and check, describe and change them.",
    discussion: """
      kavier trace import AzureLLMInferenceTrace_conv.csv --out azure-conv
      kavier trace stats azure-conv
      kavier trace validate azure-conv

      Where a command takes a trace, it takes any format that import reads.
      """,
    subcommands: [
      ImportTrace.self, DescribeTrace.self, ValidateTrace.self, ExportTrace.self, SliceTrace.self,
      ScaleTrace.self, MergeTraces.self, SampleTrace.self, AnonymiseTrace.self, GenerateTrace.self,
      FitTrace.self, RecordTrace.self, ArchiveCommand.self, ListTraceFormats.self,
      ShowTraceSchema.self,
    ])
}

extension TraceFormat: ExpressibleByArgument {}
extension LLMTraceWriter.Encoding: ExpressibleByArgument {}
extension TimeUnit: ExpressibleByArgument {}

/// The trace that a command reads.
struct TraceInput: ParsableArguments {
  @Argument(help: "A trace: a file, plain or gzip, or a directory.", completion: .file())
  var trace: String

  @Option(name: .customLong("from"), help: "Its format. Without it, told by the content.")
  var format: TraceFormat?

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      """
      Which column is which field, for example arrival=Time, or arrival_ms=Time where the unit \
      is known; extra=Time leaves a column aside. The file is read as csv, which JSON Lines may be, \
      too. May be repeated.
      """, valueName: "field=column"),
    completion: .mappedColumn)
  var columns: [String] = []

  @Option(help: "Tokens that a block id of a Mooncake trace stands for.")
  var blockSize = 512

  @Option(
    help: ArgumentHelp(
      "The unit of arrivals that are numbers, where the trace does not say it.",
      valueName: TimeUnit.allCases.map(\.rawValue).joined(separator: "|")))
  var timeUnit: TimeUnit?

  @Flag(help: "Leave out rows that cannot be read, instead of refusing the trace.")
  var lenient = false

  func validate() throws {
    guard (1...1_000_000).contains(blockSize) else {
      throw ValidationError("--block-size \(blockSize): expected 1 to 1000000")
    }
  }

  func options(sort: Bool = false) -> TraceReadOptions {
    var options = TraceReadOptions(format: format, sort: sort, mooncakeBlockSize: blockSize)
    options.leavesOutUnreadable = lenient
    options.columns = columns
    options.timeUnit = timeUnit
    return options
  }
}

/// `kavier trace formats`.
struct ListTraceFormats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "List the formats that import reads.")

  func run() throws {
    let width = TraceFormat.allCases.map(\.rawValue.count).max() ?? 0
    let lines = TraceFormat.allCases.map { format in
      let name = format.rawValue
      return name + String(repeating: " ", count: width + 2 - name.count) + format.summary
    }
    try Failure.explained { try StandardStream.out.write(lines.joined(separator: "\n") + "\n") }
  }
}
