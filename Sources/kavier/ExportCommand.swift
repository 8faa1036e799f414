import ArgumentParser
import Impact
import OpenDC
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
      kavier simulate --out results
      kavier export opendc results --out opendc --carbon-intensity 268

      Writes tasks.parquet and fragments.parquet (a task an accelerator), topology.json (a host \
      with one GPU for each), experiment.json and, with an intensity, carbon.parquet. A fleet of \
      several kinds of accelerators makes a folder for each kind.
      """)

  @Argument(help: "What `kavier simulate --out` wrote.", completion: .directory)
  var directory: String

  @Option(
    help: ArgumentHelp("The directory to write.", valueName: "directory"), completion: .directory)
  var out: String

  @Option(help: ArgumentHelp("When the run starts, in UTC.", valueName: "date"))
  var start = "2026-01-01T00:00:00Z"

  @Option(help: ArgumentHelp("Grams of carbon dioxide a kilowatt-hour.", valueName: "g/kWh"))
  var carbonIntensity: Double?

  func validate() throws {
    guard Timestamp.milliseconds(start) != nil else {
      throw ValidationError(
        "--start \(start): expected a date with a time like 2026-01-01T00:00:00Z")
    }
    guard carbonIntensity.map({ (0...1e6).contains($0) }) ?? true else {
      throw ValidationError("--carbon-intensity: expected 0 to 1000000 g/kWh")
    }
  }

  func run() throws {
    try Failure.explained {
      let finished = try RunDirectory.read(directory)
      let start = Timestamp.milliseconds(start) ?? 0
      let export = try OpenDCExport(
        finished, start: start,
        carbon: carbonIntensity.map { CarbonTrace(constant: $0, from: start) })
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
      Power    linear, \(idle) idle to \(Figures.watts(power.most.value))

      """
  }
}

/// Figures with units, for a line of text.
private enum Figures {
  static func watts(_ value: Double) -> String { "\((value * 100).rounded() / 100) W" }

  static func kilowattHours(_ joules: Double) -> String {
    "\((joules * 1000).rounded() / 1000) J (\((joules / 3600).rounded() / 1000) kWh)"
  }
}
