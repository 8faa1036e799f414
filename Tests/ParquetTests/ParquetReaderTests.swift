import Foundation
import ServingTestSupport
import SimKernel
import Testing

@testable import Parquet

/// Why a file of these bytes cannot be read.
private func complaint(_ bytes: [UInt8]) throws -> String {
  let file = try TemporaryFile(bytes)
  do {
    _ = try file.rows()
    return "nothing"
  } catch let problem as ParquetProblem {
    return problem.message
  }
}

@Test func `what is no Parquet file, or only a part of one, is told`() throws {
  let whole = ParquetWriter.file([.init("a", .int64)], [.init(.integers([1, 2]))])
  #expect(try complaint(Array("a,b\n1,2,3,4,5\n".utf8)).hasPrefix("is no Parquet file"))
  #expect(try complaint([]).hasPrefix("is no Parquet file"))
  #expect(try complaint(Array(whole.dropLast(9))).hasPrefix("ends early"))
  #expect(try complaint(whole.dropLast(4) + Array("PARE".utf8)) == "is encrypted")
  #expect(throws: ParquetProblem.self) { try ParquetReader(path: "/no/such/file") }
}

@Test func `no change of a few bytes makes the reader crash or run on`() throws {
  var random = RandomStream(seed: 1, .tests)
  let whole = ParquetWriter.file(everyType, columns(rows: 0..<200))
  let plain = ParquetWriter.file(everyType, columns(rows: 0..<40), compression: .uncompressed)
  var refused = 0
  for round in 0..<3000 {
    var bytes = round % 2 == 0 ? whole : plain
    for _ in 0...Int.random(in: 0...4, using: &random) {
      // The footer is where changes do most.
      let low = Bool.random(using: &random) ? bytes.count * 3 / 4 : 0
      let at = Int.random(in: low..<bytes.count, using: &random)
      bytes[at] =
        [0, 0x7f, 0x80, 0xff, UInt8.random(in: 0...255, using: &random)]
        .randomElement(using: &random) ?? 0
    }
    if round % 50 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
    let file = try TemporaryFile(bytes)
    do {
      let reader = try ParquetReader(path: file.path)
      var batches = 0
      while batches < 1000, try reader.next() != nil { batches += 1 }
    } catch {
      refused += 1
    }
  }
  #expect(refused > 500 && refused < 3000)
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
struct PyArrowWritesTests {
  /// Writes a table of many types as the arguments say, and prints it as `text` does.
  private static let program = """
    import pyarrow as pa, pyarrow.parquet as p, sys, json
    n = 3000
    opt = lambda f: [None if i % 3 == 1 else f(i) for i in range(n)]
    t = pa.table({
      "flag": pa.array(opt(lambda i: i % 5 < 2)),
      "i32": pa.array(opt(lambda i: -i), pa.int32()),
      "u32": pa.array(opt(lambda i: 4294967295 - i), pa.uint32()),
      "i64": pa.array([i << 40 for i in range(n)], pa.int64()),
      "run": pa.array(list(range(n)), pa.int64()),
      "f32": pa.array(opt(lambda i: i / 4), pa.float32()),
      "f64": pa.array(opt(lambda i: i / 8)),
      "name": pa.array(opt(lambda i: "name %d" % (i % 50))),
      "all": pa.array(["text %d of them" % i for i in range(n)]),
      "fixed": pa.array([b"%04d" % (i % 9000) for i in range(n)], pa.binary(4)),
      "ids": pa.array(opt(lambda i: list(range(i, i + i % 4))), pa.list_(pa.int64())),
      "few": pa.array([[i] * (i % 3) for i in range(n)], pa.list_(pa.int32())),
    })
    options = json.loads(sys.argv[2])
    p.write_table(t, sys.argv[1], **options)
    def text(v):
      if v is None: return "-"
      if isinstance(v, bool): return str(v).lower()
      if isinstance(v, bytes): return v.decode()
      return str(v)
    for row in zip(*[t[c].to_pylist() for c in t.column_names]): print("|".join(map(text, row)))
    """

  @Test(arguments: [
    #"{}"#, #"{"compression": "none", "use_dictionary": false}"#,
    #"{"compression": "gzip", "data_page_version": "2.0", "data_page_size": 2000}"#,
    #"{"compression": "zstd", "row_group_size": 777, "data_page_size": 500}"#,
    #"{"compression": "zstd", "compression_level": 19, "data_page_version": "2.0"}"#,
    #"{"use_dictionary": ["name"], "column_encoding": {"i32": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "run": "DELTA_BINARY_PACKED", "u32": "DELTA_BINARY_PACKED", "all": "DELTA_BYTE_ARRAY", "fixed": "DELTA_BYTE_ARRAY", "flag": "RLE"}}"#,
    #"{"use_dictionary": false, "data_page_version": "2.0", "column_encoding": {"name": "DELTA_LENGTH_BYTE_ARRAY", "all": "DELTA_LENGTH_BYTE_ARRAY"}}"#,
  ])
  func `what pyarrow writes is read`(options: String) throws {
    let file = try TemporaryFile()
    let printed = try Python.run(Self.program, [file.path, options])
    let rows = try file.rows().map { $0.joined(separator: "|") }
    #expect(rows == printed.split(separator: "\n").map(String.init))
  }

  @Test func `times of every unit are read as they are`() throws {
    let file = try TemporaryFile()
    try Python.run(
      """
      import pyarrow as pa, pyarrow.parquet as p, sys, datetime as d
      when = [d.datetime(2023, 11, 16, 18, 15, 46, 680590), None]
      p.write_table(pa.table({
        "ms": pa.array(when, pa.timestamp("ms")), "us": pa.array(when, pa.timestamp("us")),
        "ns": pa.array(when, pa.timestamp("ns")), "day": pa.array(when, pa.date32()),
      }), sys.argv[1])
      p.write_table(pa.table({"old": pa.array(when, pa.timestamp("ns"))}), sys.argv[1] + "96",
        use_deprecated_int96_timestamps=True)
      """, [file.path])
    defer { try? FileManager.default.removeItem(atPath: file.path + "96") }
    let reader = try ParquetReader(path: file.path)
    #expect(
      reader.fields.map(\.type) == [
        .timestamp(.milliseconds), .timestamp(.microseconds), .timestamp(.nanoseconds), .date,
      ])
    #expect(
      try file.rows() == [
        ["1700158546680", "1700158546680590", "1700158546680590000", "19677"],
        ["-", "-", "-", "-"],
      ])
    let old = try ParquetReader(path: file.path + "96")
    #expect(old.fields.map(\.type) == [.timestamp(.nanoseconds)])
    #expect(try old.next()?.first?.text(0) == "1700158546680590000")
  }

  @Test func `columns that cannot be read are named with the reason, others are read`() throws {
    let file = try TemporaryFile()
    try Python.run(
      """
      import pyarrow as pa, pyarrow.parquet as p, sys, decimal
      p.write_table(pa.table({
        "a": [1, 2], "s": [{"x": 1, "y": [1]}, {"x": 2, "y": []}], "t": [["x"], ["y", "z"]],
        "d": pa.array([decimal.Decimal("1.5"), None], pa.decimal128(9, 2)), "b": [5, 6],
      }), sys.argv[1])
      """, [file.path])
    let reader = try ParquetReader(path: file.path)
    #expect(reader.unreadable.map(\.name) == ["s", "t", "d"])
    #expect(try file.rows() == [["1", "5"], ["2", "6"]])
    #expect(throws: ParquetProblem.self) {
      try ParquetReader(path: file.path, columns: ["a", "t"])
    }
  }

  @Test func `compression that is not read is named, with what to do`() throws {
    let file = try TemporaryFile()
    try Python.run(
      """
      import pyarrow as pa, pyarrow.parquet as p, sys
      p.write_table(pa.table({"a": [1, 2]}), sys.argv[1], compression="brotli")
      """, [file.path])
    #expect(throws: ParquetProblem.self) { try file.rows() }
    do { _ = try file.rows() } catch let problem as ParquetProblem {
      #expect(problem.message.hasPrefix("is compressed by Brotli; write it with Snappy"))
    }
  }
}
