import Foundation
import KavierOriginal
import Parquet
import Testing
import TraceArchive

/// Traces in Parquet.
struct ParquetTraceTests {
  private func file(_ fields: [ParquetField], _ columns: [ParquetColumn]) throws -> TextFile {
    let file = try TextFile("", name: "trace.parquet")
    try Data(ParquetWriter.file(fields, columns)).write(to: URL(filePath: file.path))
    return file
  }

  private func rows(_ file: TextFile, _ behaviour: Behaviour) throws -> [KavierRow] {
    var rows: [KavierRow] = []
    try OriginalTrace(path: file.path, behaviour).read { rows.append(copy $0) }
    return rows
  }

  @Test func `token lists are texts or lists`() throws {
    let fields = [
      ParquetField("num_input_tokens", .int64), ParquetField("num_output_tokens", .int64),
      ParquetField("session_id", .int64), ParquetField("input_tokens", .text),
      ParquetField("output_tokens", .text),
    ]
    let text = try file(
      fields,
      [
        ParquetColumn(.integers([2, 3])), ParquetColumn(.integers([1, 1])),
        ParquetColumn(.integers([7, 8])), ParquetColumn(["[5, 6]", "[]"]),
        ParquetColumn(["[1]", "[1]"]),
      ])
    let rows = try rows(text, Behaviour())
    #expect(rows.map(\.tokens) == [[5, 6], []])
    #expect(rows.map(\.session) == ["7", "8"])
    #expect(rows.map(\.inputTokens) == [2, 3])
    let lists = try file(
      [fields[0], fields[1], ParquetField("input_tokens", .int64List)],
      [
        ParquetColumn(.integers([2])), ParquetColumn(.integers([1])),
        ParquetColumn(.lists(ParquetLists([[5, 6]]))),
      ])
    #expect(try self.rows(lists, Behaviour(.v0_5_3)).map(\.tokens) == [[5, 6]])
  }

  @Test func `0.1.0 needs every column of a Parquet trace`() throws {
    let counts = try file(
      [ParquetField("num_input_tokens", .int64), ParquetField("num_output_tokens", .int64)],
      [ParquetColumn(.integers([2])), ParquetColumn(.integers([1]))])
    #expect(throws: OriginalProblems.self) { try rows(counts, Behaviour()) }
    #expect(try rows(counts, Behaviour(.v0_5_3)).count == 1)
  }

  @Test func `all rows without a count are told`() throws {
    let file = try file(
      [
        ParquetField("num_input_tokens", .int64, isOptional: true),
        ParquetField("num_output_tokens", .int64),
      ],
      [ParquetColumn([1, nil, nil] as [Int64?]), ParquetColumn(.integers([1, 1, -1]))])
    let problems = #expect(throws: OriginalProblems.self) { try rows(file, Behaviour(.v0_5_3)) }
    #expect(problems?.lines.count == 2)
    #expect(problems?.lines[0].contains("row 2: num_input_tokens") == true)
  }

  @Test(arguments: [
    (ParquetType.double, ParquetValues.doubles([1.5])), (.int64, .integers([2])),
  ])
  func `arrivals are seconds, whole or not`(type: ParquetType, values: ParquetValues) throws {
    let file = try timed(type, values)
    let expected: Int64 = type == .int64 ? 2_000_000_000 : 1_500_000_000
    #expect(try rows(file, Behaviour(.v0_5_3)).map(\.arrival) == [expected])
  }

  @Test(arguments: [Double.nan, .infinity, 1e300, -1e18])
  func `an arrival that is no time is told`(seconds: Double) throws {
    let file = try timed(.double, .doubles([seconds]))
    let problems = #expect(throws: OriginalProblems.self) { try rows(file, Behaviour(.v0_5_3)) }
    #expect(problems?.description.contains("row 1: ts: arrivals are seconds") == true)
  }

  private func timed(_ type: ParquetType, _ values: ParquetValues) throws -> TextFile {
    try file(
      [
        ParquetField("num_input_tokens", .int64), ParquetField("num_output_tokens", .int64),
        ParquetField("ts", type),
      ],
      [
        ParquetColumn(.integers([2])), ParquetColumn(.integers([1])), ParquetColumn(values),
      ])
  }
}
