import ArgumentParser
import OpenDC
import ServingModel
import TextAndBytes

/// Files that a command is to read and that are not there.
private struct MissingFiles: UserError {
  var names: [String]

  var exitCode: Int32 { Failure.missingInput }

  var description: String { names.map { "\($0): no such file" }.joined(separator: "\n") }
}

/// `kavier import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Hold a run against what another program made of it.",
    subcommands: [ImportOpenDC.self])
}

/// `kavier import opendc`.
struct ImportOpenDC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opendc", abstract: "Compare the energy that OpenDC found with the run's bill.",
    discussion: """
      kavier import opendc output/NAME/raw-output/0/seed=0/powerSource.parquet --run results

      NAME is the experiment's, as `kavier export` printed it. Say the --set and --impact of the \
      export again. Of a fleet of several kinds of accelerators name the files of all of them.
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

  func validate() throws {
    if let twice = files.first(where: { file in files.count { $0 == file } > 1 }) {
      throw ValidationError("\(twice): found twice; each file counts once")
    }
  }

  func run() throws {
    try Failure.explained {
      let finished = try RunDirectory.read(directory)
      let plan = try impact.plan(of: directory)
      let bill = try BillCommand.bill(finished, plan)
      let export = try OpenDCExport(finished, plan: plan)
      let missing = files.filter { !Folder.exists($0) }
      guard missing.isEmpty else { throw MissingFiles(names: missing) }
      var sources: [PowerSource] = []
      for file in files { sources.append(try PowerSource.read(path: file)) }
      try StandardStream.out.write(OpenDCComparison(finished, export, bill, sources).text)
    }
  }
}
