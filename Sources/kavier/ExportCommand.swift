import ArgumentParser
import Glibc
import Impact
import OpenDC
import Scenarios
import ServingModel
import TextAndBytes

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
      with one GPU for each), experiment.json and, with impact.grid and no grids \
      of regions, carbon.parquet. A fleet of several kinds of accelerators makes a folder and an experiment for each kind. OpenDC's \
      energy of all of them is that of `kavier bill`.
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
      let plan = try impact.plan(of: directory)
      let bill = try BillCommand.bill(finished, plan)
      let export = try OpenDCExport(finished, plan: plan)
      let base = try OutputDirectory(path: out)
      let outputs = try export.kinds.map {
        try OutputDirectory(path: folder(of: $0, export), names: Self.names)
      }
      for (kind, output) in zip(export.kinds, outputs) {
        try output.write(files(of: kind, export, folder: output.path), replacing: Self.names)
      }
      try removeEarlier(base, keeping: outputs.map(\.path))
      try StandardStream.out.write(summary(export, bill))
    }
  }

  private static let names = [
    "tasks.parquet", "fragments.parquet", "topology.json", "carbon.parquet", "experiment.json",
  ]

  /// Exports of fleets of other kinds, which would be run and counted beside this one.
  private func removeEarlier(_ base: OutputDirectory, keeping folders: [String]) throws {
    let candidates = [base.path] + ((try? Folder.contents(of: base.path)) ?? [])
    for folder in candidates where !folders.contains(folder) {
      let isExport = ["fragments.parquet", "experiment.json"].allSatisfy {
        Folder.exists("\(folder)/\($0)")
      }
      guard isExport else { continue }
      try OutputDirectory(path: folder).write([], replacing: Self.names)
      if folder != base.path { rmdir(folder) }
    }
  }

  private func folder(of kind: OpenDCExport.Kind, _ export: OpenDCExport) -> String {
    export.kinds.count == 1 ? out : "\(out)/\(kind.name)"
  }

  private func files(
    of kind: OpenDCExport.Kind, _ export: OpenDCExport, folder: String
  ) -> [OutputFile] {
    let carbonPath = export.carbon.map { _ in "\(folder)/carbon.parquet" }
    let name = export.experimentName(kind)
    var files = [
      OutputFile("tasks.parquet", bytes: kind.tasks(start: export.start)),
      OutputFile("fragments.parquet", bytes: kind.fragments()),
      OutputFile("topology.json", text: kind.topology(carbonTrace: carbonPath)),
      OutputFile("experiment.json", text: kind.experiment(name: name, folder: folder)),
    ]
    if let carbon = export.carbon {
      files.append(OutputFile("carbon.parquet", bytes: carbon.bytes))
    }
    return files
  }

  private func summary(_ export: OpenDCExport, _ bill: Bill) -> String {
    let kinds = export.kinds.map { kind in
      kind.summary(
        folder: folder(of: kind, export), experiment: export.experimentName(kind),
        models: bill.plan.power.map(\.name))
    }
    let boundary = bill.boundary?.rawValue ?? "accelerators"
    return kinds.joined() + """
      Energy      \(Figures.kilowattHours(export.energy.value)) of the \(boundary)
      Bill        \(Figures.kilowattHours(bill.energy(bill.total) ?? 0))

      """
  }
}

extension OpenDCExport.Kind {
  fileprivate func summary(folder: String, experiment: String, models: [String]) -> String {
    let busy = tasks.reduce(0) { $0 + $1.busyMilliseconds }
    var text = """
      \(folder)
      Experiment  \(experiment)
      Tasks       \(tasks.count), one an accelerator, on as many hosts with one \(accelerator.id) each
      Busy        \(Double(busy) / 1000) s of \(Double(tasks.reduce(0) { $0 + $1.milliseconds }) / 1000) s
      GPU         \(Figures.range(power.gpu)), from \(models.joined(separator: ", "))

      """
    if power.cpu.most.value > 0 {
      text += "CPU         \(Figures.range(power.cpu)), for the host, cooling and supply\n"
    }
    return text
  }
}

/// What a run's power, grid and date are taken from.
struct ImpactOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into `impact`, for example impact.power=linear. May be repeated.",
      valueName: "impact.path=value"),
    completion: .impactAssignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "A scenario whose `impact` is used instead of the run's.", valueName: "scenario"),
    completion: .scenario)
  var impact: String?

  /// That of the run at `directory`, where it has one.
  func plan(of directory: String) throws -> ImpactPlan {
    let file = impact ?? RunDirectory.planFile(directory)
    return try ScenarioLoader.impact(file: file, overrides: overrides) ?? ImpactPlan()
  }
}

/// Figures with units, for a line of text.
private enum Figures {
  static func range(_ power: LinearPower) -> String {
    "\(watts(power.least.value)) to \(watts(power.most.value))"
  }

  private static func watts(_ value: Double) -> String { "\((value * 100).rounded() / 100) W" }

  static func kilowattHours(_ joules: Double) -> String {
    "\((joules * 1000).rounded() / 1000) J (\((joules / 3600).rounded() / 1000) kWh)"
  }
}
