import ServingModel
import Impact
import Report
import ServingSim
import TextAndBytes

/// A file's name and what writes it.
struct OutputFile {
  var name: String
  var produce: (@escaping ByteSink) throws -> Void

  init(_ name: String, produce: @escaping (@escaping ByteSink) throws -> Void) {
    self.name = name
    self.produce = produce
  }

  init(_ name: String, text: String) {
    self.init(name) { sink in try Array(text.utf8).withUnsafeBytes { try sink($0) } }
  }

  init(_ name: String, bytes: [UInt8]) {
    self.init(name) { sink in try bytes.withUnsafeBytes { try sink($0) } }
  }

  /// Names of all files that runs, and what is made of one in its directory, can have: those of an
  /// earlier run would not belong to the new one.
  static let namesOfRun =
    ["plan.yaml", "report.txt", "report.json", "requests.csv", "timeline.csv"] + namesOfBill
    + RunTables.names + [RunDirectory.earlierName, "manifest.json"]

  /// Every file that a run leaves; the one that the others are read with is the last.
  static func all(_ plan: [PlanLine], _ run: FinishedRun, _ metrics: Metrics, _ bill: Bill?)
    -> [OutputFile]
  {
    let report = TextReport.render(metrics) + (bill.map { "\n" + BillText.render($0) } ?? "")
    var files = [
      OutputFile("plan.yaml", text: PlanYAML.render(plan)),
      OutputFile("report.txt", text: report),
      OutputFile("report.json", text: JSONReport.render(metrics, bill: bill)),
      OutputFile("requests.csv") { try RequestsCSV.write(run, to: $0) },
      OutputFile("timeline.csv") { try TimelineCSV.write(run, to: $0) },
    ]
    if let bill { files += self.files(of: bill) }
    return files + tables(of: run)
  }

  /// The run itself; what the others are read by comes last.
  private static func tables(of run: FinishedRun) -> [OutputFile] {
    let writer = RunWriter(run)
    return writer.tables.map { name in OutputFile(name) { try writer.write(name, to: $0) } }
      + [
        OutputFile(RunTables.documentName) { sink in
          try Array(writer.document().utf8).withUnsafeBytes { try sink($0) }
        }
      ]
  }

  /// The tables of a bill.
  static func files(of bill: Bill) -> [OutputFile] {
    var files = [OutputFile(BillCSV.name) { try BillCSV.write(bill, to: $0) }]
    for label in RequestLabel.allCases {
      guard let parts = bill.byLabel[label] else { continue }
      files.append(
        OutputFile(BillPartsCSV.name(label)) {
          try BillPartsCSV.write(parts, by: label, of: bill, to: $0)
        })
    }
    return files
  }

  /// All that a bill can be in.
  static let namesOfBill =
    [BillCSV.name, "bill.json"] + RequestLabel.allCases.map { BillPartsCSV.name($0) }
}

extension OutputDirectory {
  /// For the files of a run.
  init(ofRun path: String) throws { try self.init(path: path, names: OutputFile.namesOfRun) }

  /// Writes the files of a run in the place of those of an earlier one.
  func write(run files: [OutputFile]) throws {
    try write(files, replacing: OutputFile.namesOfRun)
  }
}
