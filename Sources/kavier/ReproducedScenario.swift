import ArgumentParser
import Capsule
import Glibc
import Report
import Scenarios
import ServingSim
import TextAndBytes

/// A scenario run for `kavier reproduce --scenario`: the files of `simulate --out`, and a manifest.
struct ReproducedScenario {
  private let file: String

  init(_ file: String) { self.file = file }

  func run(out: String) throws {
    let loaded = try ScenarioLoader.load(file: file)
    let directory = try directory(in: out)
    let finished = FinishedRun(plan: loaded.plan, recording: Simulation.run(loaded.plan))
    let bill = try loaded.impact.map { try BillCommand.bill(finished, $0) }
    let metrics = Metrics(finished, bill: bill)
    try StandardStream.out.write(TextReport.render(metrics) + "\n")
    let files = OutputFile.all(loaded.plan.lines, finished, metrics, bill)
    let manifest = Manifest(
      version: Kavier.configuration.version, seed: finished.seed,
      inputs: try inputs(loaded.plan).map { Manifest.Entry($0, sha256: try Self.sum(of: $0)) },
      files: try files.map { Manifest.Entry($0.name, sha256: try $0.sha256()) })
    try directory.write(run: files + [OutputFile("manifest.json", text: manifest.json)])
  }

  func directory(in out: String) throws -> OutputDirectory {
    try OutputDirectory(ofRun: out + "/" + name)
  }

  /// The file's name without folder and extension.
  var name: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return String(last.prefix { $0 != "." })
  }

  /// The scenario and the files that it names.
  private func inputs(_ plan: Plan) -> [String] {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let named = plan.lines.filter { $0.path.hasSuffix("path") || $0.path.hasSuffix("file") }
      .map { $0.value.hasPrefix("/") ? $0.value : folder + $0.value }
    return [file] + named.filter { access($0, R_OK) == 0 && !Folder.isDirectory($0) }
  }

  private static func sum(of path: String) throws -> String {
    guard let sum = SHA256.sum(ofFile: path) else {
      throw OutputError(.create, path: path, code: errno)
    }
    return sum
  }
}

extension OutputFile {
  /// Of the bytes that it writes, in hexadecimal.
  func sha256() throws -> String {
    var sum = SHA256()
    try produce { sum.update(Array($0)[...]) }
    return sum.finish()
  }
}
