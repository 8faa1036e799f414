import Foundation
import Impact
import Parquet
import Testing

@testable import OpenDC

/// OpenDC's columns, as far as they are read, and one that is not.
private func written(energy: [Double], carbon: [Double]?) throws -> String {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  var fields: [ParquetField] = [
    .init("timestamp", .int64), .init("source_name", .text), .init("energy_usage", .float),
  ]
  var columns: [ParquetColumn] = [
    .init(.integers(energy.indices.map { Int64($0 + 1) * 60_000 })),
    .init(.texts(ParquetTexts(energy.map { _ in "PowerSource" }))), .init(.doubles(energy)),
  ]
  if let carbon {
    fields.append(.init("carbon_emission", .float))
    columns.append(.init(.doubles(carbon)))
  }
  try Data(ParquetWriter.file(fields, columns)).write(to: URL(filePath: path))
  return path
}

@Test func `energy and carbon are those of all rows`() throws {
  let path = try written(energy: [100, 50.5], carbon: [1, 0.25])
  defer { try? FileManager.default.removeItem(atPath: path) }
  let source = try PowerSource.read(path: path)
  #expect(source.energy.value == 150.5 && source.carbonGrams == 1.25)
  #expect(source.seconds == 120 && source.rows == 2)
}

@Test func `no carbon is told from none known`() throws {
  for carbon in [nil, [0.0, 0.0]] {
    let path = try written(energy: [1, 2], carbon: carbon)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try PowerSource.read(path: path).carbonGrams == nil)
  }
}

@Test func `what is no such file is told with its name`() throws {
  let path = try written(energy: [1, -2], carbon: nil)
  defer { try? FileManager.default.removeItem(atPath: path) }
  let negative = #expect(throws: OpenDCProblem.self) { try PowerSource.read(path: path) }
  #expect(
    negative?.message.contains("energy_usage: found -2.0; allowed are numbers from 0") == true)
  let absent = #expect(throws: OpenDCProblem.self) { try PowerSource.read(path: "/no/such") }
  #expect(absent?.message.hasPrefix("/no/such: cannot be opened") == true)
}
