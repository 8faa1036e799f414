import ArgumentParser

/// Where a sweep is run when not here.
struct ClusterOptions: ParsableArguments {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case slurm
    case ray
  }

  @Option(
    name: .customLong("on"),
    help: "Run it in parts on a cluster, by files that are written first. Docs: Clusters.")
  var kind: Kind?

  @Option(
    help: ArgumentHelp(
      "With --on: how many parts. Default: one for 200 runs, at most 64.", valueName: "number"))
  var shards: Int?

  @Option(
    help: ArgumentHelp(
      "With --on: the most parts that run at once. Default: all.", valueName: "number"))
  var atOnce: Int?

  @Option(
    help: ArgumentHelp(
      "With --on: where its files go. Default: the sweep's file with the ending .slurm or .ray, in the working directory.",
      valueName: "folder"), completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "With --on slurm: options of sbatch, like '--partition=long --time=1:00:00'.",
      valueName: "options"))
  var slurmOptions: String?

  @Flag(help: "With --on: write the files and start nothing.")
  var dryRun = false

  func validate() throws {
    for (name, number) in [("--shards", shards), ("--at-once", atOnce)] {
      if let number, !(1...100_000).contains(number) {
        throw ValidationError("\(name): found \(number); expected a whole number from 1 to 100000")
      }
    }
    if kind == nil, let name = stated.first {
      throw ValidationError("\(name) needs --on slurm or --on ray")
    }
    if kind == .ray {
      if slurmOptions != nil { throw ValidationError("--slurm-options needs --on slurm") }
      if atOnce != nil { throw ValidationError("--at-once needs --on slurm; Ray counts cores") }
    }
    if let slurmOptions, slurmOptions.contains(where: \.isNewline) {
      throw ValidationError("--slurm-options: found a line break; expected one line")
    }
  }

  private var stated: [String] {
    [
      shards == nil ? nil : "--shards", atOnce == nil ? nil : "--at-once",
      folder == nil ? nil : "--folder", slurmOptions == nil ? nil : "--slurm-options",
      dryRun ? "--dry-run" : nil,
    ].compactMap { $0 }
  }
}
