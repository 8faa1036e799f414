import ServingTestSupport
import Testing

@testable import Parquet

let everyType: [ParquetField] = [
  .init("flag", .boolean), .init("small", .int32), .init("large", .int64), .init("real", .double),
  .init("half", .float), .init("name", .text), .init("when", .timestamp(.milliseconds)),
  .init("ids", .int64List), .init("few", .int32List),
  .init("maybe_flag", .boolean, isOptional: true),
  .init("maybe", .int64, isOptional: true), .init("maybe_real", .double, isOptional: true),
  .init("maybe_name", .text, isOptional: true), .init("maybe_ids", .int64List, isOptional: true),
]

/// Rows in which one of three has no value where it may.
func columns(rows: Range<Int>) -> [ParquetColumn] {
  let isNull = rows.map { $0 % 3 == 1 }
  let lists = rows.map { row in (0..<row % 4).map { Int64(row * 10 + $0) } }
  return [
    .init(.booleans(rows.map { $0 % 5 < 2 })), .init(.integers(rows.map { Int64(-$0) })),
    .init(.integers(rows.map { Int64($0) << 40 })), .init(.doubles(rows.map { Double($0) / 3 })),
    .init(.doubles(rows.map { Double($0) / 4 })), .init(.texts(.init(rows.map { "n\($0 % 6)" }))),
    .init(.integers(rows.map { 1_700_000_000_000 + Int64($0) })), .init(.lists(.init(lists))),
    .init(.lists(.init(lists))), .init(rows.map { $0 % 3 == 1 ? nil : $0 % 2 == 0 }),
    .init(rows.map { $0 % 3 == 1 ? nil : Int64($0) }),
    .init(rows.map { $0 % 3 == 1 ? nil : Double($0) + 0.5 }),
    .init(rows.map { $0 % 3 == 1 ? nil : "ä\($0)" }),
    .init(.lists(.init(lists.enumerated().map { isNull[$0] ? [] : $1 })), isNull: isNull),
  ]
}

@Test(arguments: [ParquetCompression.uncompressed, .snappy], [1, 7, 1024])
func `what is written reads back`(compression: ParquetCompression, limit: Int) throws {
  var writer = ParquetWriter(everyType, compression: compression)
  var bytes = writer.rowGroup(columns(rows: 0..<700))
  bytes += writer.rowGroup(columns(rows: 700..<1000))
  bytes += writer.finish()
  let file = try TemporaryFile(bytes)
  let reader = try ParquetReader(path: file.path)
  #expect(reader.fields == everyType && reader.rowCount == 1000 && reader.unreadable.isEmpty)
  let expected = columns(rows: 0..<1000)
  #expect(try file.rows(limit: limit) == (0..<1000).map { row in expected.map { $0.text(row) } })
}

@Test func `columns are read by name, in the order asked for`() throws {
  let file = try TemporaryFile(ParquetWriter.file(everyType, columns(rows: 0..<9)))
  let reader = try ParquetReader(path: file.path, columns: ["name", "small"])
  let batch = try #require(try reader.next())
  #expect(batch.map { $0.text(8) } == ["n2", "-8"])
  #expect(try reader.next() == nil)
  #expect(throws: ParquetProblem("has no column nome; its columns are a, b")) {
    let file = try TemporaryFile(
      ParquetWriter.file(
        [.init("a", .int64), .init("b", .int64)], [.init(.integers([1])), .init(.integers([2]))]))
    _ = try ParquetReader(path: file.path, columns: ["nome"])
  }
}

@Test func `a file without rows has its columns`() throws {
  var writer = ParquetWriter(everyType)
  let file = try TemporaryFile(writer.finish())
  #expect(try ParquetReader(path: file.path).fields == everyType)
  #expect(try file.rows().isEmpty)
}

@Test func `texts that recur are stored once`() {
  let texts = (0..<1000).map { "a rather long text, number \($0 % 4)" }
  let bytes = ParquetWriter.file(
    [.init("t", .text)], [.init(.texts(.init(texts)))], compression: .uncompressed)
  #expect(bytes.count < 1000)
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
struct PyArrowReadsTests {
  @Test(arguments: [ParquetCompression.uncompressed, .snappy])
  func `pyarrow reads what is written`(compression: ParquetCompression) throws {
    var writer = ParquetWriter(everyType, compression: compression)
    var bytes = writer.rowGroup(columns(rows: 0..<50))
    bytes += writer.rowGroup(columns(rows: 50..<300))
    bytes += writer.finish()
    let file = try TemporaryFile(bytes)
    let printed = try Python.run(
      """
      import pyarrow.parquet as p, sys
      t = p.read_table(sys.argv[1])
      for f in t.schema: print(f.name, f.type, "optional" if f.nullable else "required")
      def text(v):
        if v is None: return "-"
        if isinstance(v, bool): return str(v).lower()
        if hasattr(v, "timestamp"): return str(round(v.timestamp() * 1000))
        return str(v)
      for row in zip(*[t[c].to_pylist() for c in t.column_names]): print("|".join(map(text, row)))
      """, [file.path])
    let expected = columns(rows: 0..<300)
    let rows = (0..<300).map { row in expected.map { $0.text(row) }.joined(separator: "|") }
    let lines = printed.split(separator: "\n").map(String.init)
    #expect(Array(lines.dropFirst(everyType.count)) == rows)
    #expect(lines.contains("when timestamp[ms] required"))
    #expect(lines.contains("few list<element: int32 not null> required"))
    #expect(lines.contains("maybe_name string optional"))
  }
}
