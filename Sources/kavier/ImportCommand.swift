import ArgumentParser
import OpenDC
import ServingSim

/// `kavier import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Hold a run against what another program made of it.",
    subcommands: [ImportOpenDC.self])
}

/// `kavier import opendc`.
struct ImportOpenDC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opendc", abstract: "Compare the energy that OpenDC found with ours.",
    discussion: """
      kavier import opendc output/results/raw-output/0/seed=0/powerSource.parquet --run results
      """)

  @Argument(
    help: "OpenDC's powerSource.parquet; one of each kind of accelerator.", completion: .file())
  var files: [String]

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "What `kavier simulate --out` wrote, and was exported.", valueName: "directory"),
    completion: .directory)
  var directory: String

  @OptionGroup var impact: ImpactOptions

  func run() throws {
    try Failure.explained {
      let finished = try RunDirectory.read(directory)
      let export = try OpenDCExport(finished, plan: try impact.plan(of: directory))
      var sources: [PowerSource] = []
      for file in files { sources.append(try PowerSource.read(path: file)) }
      try StandardStream.out.write(OpenDCComparison(finished, export, sources).text)
    }
  }
}
