import ArgumentParser
import Impact
import OpenDC
import Scenarios
import ServingSim
import TraceArchive

/// `kavier export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a finished run for other programs.",
    subcommands: [ExportOpenDC.self])
}

/// `kavier export opendc`.
struct ExportOpenDC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opendc", abstract: "Write a finished run as a workload of OpenDC.",
    discussion: """
      kavier simulate fleet.yaml --out results
      kavier export opendc results --out opendc
      kavier export opendc results --out opendc --set impact.power=linear --set impact.grid=NLD

      Writes tasks.parquet and fragments.parquet (a task an accelerator), topology.json (a host \
      with one GPU for each), experiment.json and, with impact.grid, carbon.parquet. A fleet of \
      several kinds of accelerators makes a folder for each kind.
      """)

  @Argument(help: "What `kavier simulate --out` wrote.", completion: .directory)
  var directory: String

  @Option(
    help: ArgumentHelp("The directory to write.", valueName: "directory"), completion: .directory)
  var out: String

  @OptionGroup var impact: ImpactOptions

  func run() throws {
    try Failure.explained {
      let finished = try RunDirectory.read(directory)
      let export = try OpenDCExport(finished, plan: try impact.plan(of: directory))
      var text = ""
      for kind in export.kinds {
        let folder = export.kinds.count == 1 ? out : "\(out)/\(kind.accelerator.id)"
        try write(kind, of: export, name: finished.name, to: folder)
        text += kind.summary(folder: folder)
      }
      text += "Energy   \(Figures.kilowattHours(export.energy.value)) of the accelerators\n"
      try StandardStream.out.write(text)
    }
  }

  private func write(
    _ kind: OpenDCExport.Kind, of export: OpenDCExport, name: String, to folder: String
  ) throws {
    let carbonPath = export.carbon.map { _ in "\(folder)/carbon.parquet" }
    var files = [
      OutputFile("tasks.parquet", bytes: kind.tasks(start: export.start)),
      OutputFile("fragments.parquet", bytes: kind.fragments()),
      OutputFile("topology.json", text: kind.topology(carbonTrace: carbonPath)),
      OutputFile("experiment.json", text: kind.experiment(name: name, folder: folder)),
    ]
    if let carbon = export.carbon {
      files.append(OutputFile("carbon.parquet", bytes: carbon.bytes))
    }
    try OutputDirectory(path: folder).write(files)
  }
}

extension OpenDCExport.Kind {
  fileprivate func summary(folder: String) -> String {
    let busy = tasks.reduce(0) { $0 + $1.busyMilliseconds }
    let idle = Figures.watts(power.idle.value)
    return """
      \(folder)
      Tasks    \(tasks.count), one an accelerator, on as many hosts with one \(accelerator.id) each
      Busy     \(Double(busy) / 1000) s of \(Double(tasks.reduce(0) { $0 + $1.milliseconds }) / 1000) s
      Power    \(power.replica.law.name), as linear: \(idle) idle to \(Figures.watts(power.most.value))

      """
  }
}

/// What a run's power, grid and date are taken from.
struct ImpactOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into `impact`, for example impact.power=linear. May be repeated.",
      valueName: "impact.path=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "A scenario whose `impact` is used instead of the run's.", valueName: "scenario"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var impact: String?

  /// That of the run at `directory`, where it has one.
  func plan(of directory: String) throws -> ImpactPlan {
    let plan = directory + "/plan.yaml"
    guard let file = impact ?? (Folder.exists(plan) ? plan : nil) else {
      guard overrides.isEmpty else {
        throw ValidationError(
          "--set: there is no \(plan); name the run's directory, or --impact FILE")
      }
      return ImpactPlan()
    }
    return try ScenarioLoader.impact(file: file, overrides: overrides) ?? ImpactPlan()
  }
}

/// Figures with units, for a line of text.
private enum Figures {
  static func watts(_ value: Double) -> String { "\((value * 100).rounded() / 100) W" }

  static func kilowattHours(_ joules: Double) -> String {
    "\((joules * 1000).rounded() / 1000) J (\((joules / 3600).rounded() / 1000) kWh)"
  }
}
