import ArgumentParser
import Report
import Scenarios
import ServingSim
import TextAndBytes

/// `kavier compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Tell which of several scenarios is better, by how much, how surely, and why.",
    discussion: """
      kavier compare four.yaml eight.yaml
      kavier compare four.yaml eight.yaml --seeds 10 --set workload.synthetic.requests=2000
      kavier simulate four.yaml --out four
      kavier simulate eight.yaml --out eight
      kavier compare four eight

      All scenarios are run with the same seeds, so that the same workload gives the same \
      requests, and differences are taken seed by seed. Each scenario is held against the first \
      one. Workloads that differ are allowed, and it is said what they differ in.

      Directories that `kavier simulate --out` wrote are compared as they are, one run each. \
      Docs: Comparing.
      """)

  @Argument(
    help: ArgumentHelp(
      "Scenarios in YAML or JSON, or directories that simulate --out wrote: 2 to \(Figure.mostRuns).",
      valueName: "scenario"),
    completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "How many seeds each scenario is run with: that of the first scenario and those that follow it. Default: 5.",
      valueName: "number"))
  var seeds: Int?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into every scenario, as kavier simulate does. May be repeated.",
      valueName: "path=value"),
    completion: .assignment)
  var overrides: [String] = []

  @Option(help: "What standard output gets.")
  var format: Simulate.Format = .text

  @Flag(help: "The same as --format json.")
  var json = false

  private static let usualSeeds = 5
  private static let mostSeeds = 1000

  private var areRuns: Bool { paths.allSatisfy(RunDirectory.isRun) }

  func validate() throws {
    guard (2...Figure.mostRuns).contains(paths.count) else {
      throw ValidationError(
        "found \(paths.count) scenarios; expected 2 to \(Figure.mostRuns) to compare")
    }
    if let seeds, !(1...Self.mostSeeds).contains(seeds) {
      throw ValidationError(
        "--seeds: found \(seeds); expected a whole number from 1 to \(Self.mostSeeds)")
    }
    if !areRuns, let run = paths.first(where: RunDirectory.isRun) {
      throw ValidationError(
        "\(run) is a finished run and others are scenarios; expected one kind")
    }
    if areRuns, seeds != nil || !overrides.isEmpty {
      throw ValidationError(
        "--seeds and --set are for scenarios; finished runs are compared as they are")
    }
  }

  func run() throws {
    try Failure.explained {
      let pairing =
        try areRuns
        ? PairedRuns(directories: paths)
        : PairedRuns(scenarios: paths, overrides: overrides, seeds: seeds ?? Self.usualSeeds)
      let comparisons = pairing.sides.dropFirst().map { PairedComparison(pairing.sides[0], $0) }
      var said = pairing.said
      if comparisons.allSatisfy(\.isSeedWithoutEffect) {
        said.append("The seed changes nothing here: one run stands for all, without intervals.")
      }
      try StandardStream.out.write(
        json || format == .json
          ? PairedJSON.render(pairing.sides, comparisons, said: said)
          : PairedText.render(pairing.sides, comparisons, said: said))
    }
  }
}

extension RunDirectory {
  /// Whether a finished run is meant: a directory, or its run.json.
  static func isRun(_ path: String) -> Bool {
    Folder.isDirectory(path) || path.hasSuffix("/" + RunTables.documentName)
      || path == RunTables.documentName
  }
}
