import ArgumentParser
import Report
import Scenarios
import ServingModel

/// `kavier report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make an HTML report of recorded runs, one or several side by side.",
    discussion: """
      kavier simulate --out four
      kavier simulate --set fleet.engine.tensor_parallel_size=8 --out eight
      kavier report four eight --out comparison.html

      A run is a directory that `kavier simulate --out` wrote. Differences are to the first one. \
      The file needs no network and no script.
      """)

  @OptionGroup var input: RecordedRuns

  @Option(
    name: [.customLong("out"), .customShort("o")],
    help: ArgumentHelp("Where the report goes.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output = "report.html"

  func run() throws {
    try Failure.explained {
      let path = try OutputPath(output)
      try path.write(HTMLReport.render(try input.digests()))
    }
  }
}

/// The runs that a command reads.
struct RecordedRuns: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Directories that simulate --out wrote, at most \(Figure.mostRuns).", valueName: "run"),
    completion: .directory)
  var paths: [String]

  func validate() throws {
    guard paths.count <= Figure.mostRuns else {
      throw ValidationError(
        "\(paths.count) runs: expected at most \(Figure.mostRuns), or their colours are alike")
    }
  }

  /// Runs are read one after the other: large ones would not fit into memory together. Bills are
  /// most of the work where runs are large.
  func digests(withBills: Bool = true) throws -> [RunDigest] {
    var digests: [RunDigest] = []
    for path in paths { digests.append(try digest(path, withBill: withBills)) }
    label(&digests)
    return digests
  }

  /// Runs of one name are told apart by their directories.
  private func label(_ digests: inout [RunDigest]) {
    guard Set(digests.map(\.label)).count < digests.count else { return }
    let names = paths.map { path in
      path.split(separator: "/").last.map(String.init) ?? path
    }
    let labels = Set(names).count == names.count ? names : paths
    for index in digests.indices { digests[index].label = labels[index] }
  }

  private func digest(_ path: String, withBill: Bool) throws -> RunDigest {
    let run = try RunDirectory.read(path)
    let plan = RunDirectory.plan(path)
    let bill = withBill ? try RunDirectory.bill(run, at: path) : nil
    return RunDigest(run, plan: plan, bill: bill)
  }
}
