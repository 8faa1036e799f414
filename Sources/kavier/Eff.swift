import ArgumentParser
import KavierOriginal
import Report
import TextAndBytes

/// `kavier eff`.
struct Eff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute efficiency as the original Kavier's kavier-eff does.",
    discussion: """
      kavier eff --kavier tasks.parquet --opendc powerSource.parquet --price 1.2
      kavier eff --kavier tasks.parquet --opendc powerSource.parquet --as 0.5.3

      0.1.0 takes the durations of its own tasks, which are seconds, for milliseconds, and \
      multiplies energy and carbon by time. --fix units divides by tokens only.
      """)

  @OptionGroup var original: OriginalOptions

  @Option(help: "tasks.parquet of kavier perf.", completion: .file(extensions: ["parquet"]))
  var kavier: String

  @Option(
    help: "powerSource.parquet of an OpenDC run of those tasks.",
    completion: .file(extensions: ["parquet"]))
  var opendc: String

  @Option(help: "Price of a GPU for an hour. Default: 10, and none as 0.5.3.")
  var price: Double?

  @Option(
    help: ArgumentHelp("Also write the figures as JSON.", valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var out: String?

  func run() throws {
    try Failure.explained {
      let output = try out.map { try OutputPath($0) }
      let sums = try Efficiency.Sums(tasks: kavier, power: opendc)
      let efficiency = Efficiency(sums, price: price, original.behaviour)
      try StandardStream.out.write(efficiency.text)
      try output?.write(json(efficiency.lines))
    }
  }

  private func json(_ lines: [Efficiency.Line]) -> String {
    JSON.object(
      of: lines.map { line in
        guard line.name == "total_tokens", let value = line.value else {
          return (line.name, JSON.optional(line.value))
        }
        return (line.name, .whole(UInt64(value)))
      }
    ).document
  }
}
