import Foundation

@testable import Parquet

/// A file that is removed with this object.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8] = []) throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".parquet").path
    try Data(bytes).write(to: URL(filePath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every row of every column, as text; `-` where there is no value.
  func rows(limit: Int = 1024) throws -> [[String]] {
    let reader = try ParquetReader(path: path)
    var rows: [[String]] = []
    while let batch = try reader.next(limit: limit) {
      for row in 0..<(batch.first?.count ?? 0) { rows.append(batch.map { $0.text(row) }) }
    }
    return rows
  }
}

extension ParquetColumn {
  func text(_ row: Int) -> String {
    guard hasValue(row) else { return "-" }
    return switch values {
    case .booleans(let values): "\(values[row])"
    case .integers(let values): "\(values[row])"
    case .doubles(let values): "\(values[row])"
    case .texts(let values): values[row]
    case .lists(let values): "\(Array(values[row]))"
    }
  }
}
