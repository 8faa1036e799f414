import Foundation
import KavierOriginal
import Parquet
import Testing

struct EfficiencyFilesTests {
  /// OpenDC's file with two columns of its types.
  private func power(_ energy: [Double], _ carbon: [Double]) throws -> TextFile {
    let file = try TextFile("", name: "powerSource.parquet")
    let bytes = ParquetWriter.file(
      [ParquetField("energy_usage", .float), ParquetField("carbon_emission", .float)],
      [ParquetColumn(.doubles(energy)), ParquetColumn(.doubles(carbon))])
    try Data(bytes).write(to: URL(filePath: file.path))
    return file
  }

  @Test func `sums are those of the files`() throws {
    let trace = try TextFile("num_input_tokens,num_output_tokens\n7,100\n7,50\n")
    let written = try Written(try settings(), trace: trace.path)
    let power = try power([1000, 500.5], [2, 0.25])
    let sums = try Efficiency.Sums(tasks: written.tasks, power: power.path)
    #expect(sums == Efficiency.Sums(tokens: 164, duration: 6, joules: 1500.5, carbon: 2.25))
  }

  @Test func `a file without the columns is refused with those it has`() throws {
    let trace = try TextFile("num_input_tokens,num_output_tokens\n7,100\n")
    let written = try Written(try settings(), trace: trace.path)
    let problems = #expect(throws: OriginalProblems.self) {
      try Efficiency.Sums(tasks: written.tasks, power: written.tasks)
    }
    #expect(problems?.description.contains("has no column energy_usage") == true)
  }

  @Test(arguments: [Double.nan, 1e300, -5])
  func `a sum that is no count is refused`(tokens: Double) throws {
    let tasks = try TextFile("", name: "tasks.parquet")
    let bytes = ParquetWriter.file(
      [ParquetField("total_tokens", .double), ParquetField("duration", .int64)],
      [ParquetColumn(.doubles([tokens])), ParquetColumn(.integers([1]))])
    try Data(bytes).write(to: URL(filePath: tasks.path))
    let power = try power([1000], [2])
    let problems = #expect(throws: OriginalProblems.self) {
      try Efficiency.Sums(tasks: tasks.path, power: power.path)
    }
    #expect(problems?.description.contains("total_tokens: found a sum of") == true)
  }
}
