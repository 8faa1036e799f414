import Foundation
import KavierOriginal
import Parquet

/// A run's two files in a folder that is gone with it.
final class Written {
  let folder: String
  private(set) var run: OriginalRun

  var tasks: String { folder + "/tasks.parquet" }
  var fragments: String { folder + "/fragments.parquet" }

  init(_ settings: OriginalSettings, trace: String, start: Int64 = 0) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    run = OriginalRun(settings)
    var bytes: [[UInt8]] = [[], []]
    var tasks = try TaskTable(settings, start: start) { bytes[0] += $0 }
    var fragments = try FragmentTable(settings) { bytes[1] += $0 }
    try run.play(OriginalTrace(path: trace, settings.behaviour), into: &tasks, &fragments)
    try Data(bytes[0]).write(to: URL(filePath: self.tasks))
    try Data(bytes[1]).write(to: URL(filePath: self.fragments))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// A text file that is gone with it.
final class TextFile {
  let path: String

  init(_ text: String, name: String = "trace.csv") throws {
    path = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString + name
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A Parquet file's columns by name.
func table(_ path: String) throws -> [String: ParquetColumn] {
  let reader = try ParquetReader(path: path)
  var columns: [String: ParquetColumn] = [:]
  while let batch = try reader.next(limit: 1 << 30) {
    precondition(columns.isEmpty, "one row group is expected")
    columns = Dictionary(uniqueKeysWithValues: zip(reader.fields.map(\.name), batch))
  }
  return columns
}

func settings(
  _ release: Release = .v0_1_0, correcting fixes: Set<Correction> = []
) throws -> OriginalSettings {
  try OriginalSettings(gpu: "A10", model: "Llama-3-8B", Behaviour(release, correcting: fixes))
}
