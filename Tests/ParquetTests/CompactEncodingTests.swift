import ServingTestSupport
import SimKernel
import Testing

@testable import Parquet

/// Whole numbers as differences, and texts as places among words.
@Suite(.timeLimit(.minutes(30))) struct CompactEncodingTests {
  private static let fields: [ParquetField] = [
    .init("steady", .int64), .init("wild", .int64), .init("some", .int64, isOptional: true),
    .init("word", .text), .init("maybe", .text, isOptional: true), .init("small", .int32),
  ]

  /// `words` has one that no row is.
  private static func columns(rows: Int, _ random: inout RandomStream) -> [ParquetColumn] {
    let isNull = (0..<rows).map { _ in random.integer(below: 3) == 0 }
    let places = (0..<rows).map { _ in UInt32(random.integer(below: 3)) }
    let edges: [Int64] = [.min, .max, 0, -1]
    return [
      .init(.integers((0..<rows).map { Int64($0) * 7 })),
      .init(
        .integers(
          (0..<rows).map { _ in
            random.integer(below: 9) == 0
              ? edges[random.integer(below: 4)] : Int64(bitPattern: random.next())
          })),
      .init(.integers(isNull.map { $0 ? 0 : Int64(random.integer(below: 1000)) }), isNull: isNull),
      .init(.texts(.init(words: ["b", "a", "größer", "nobody"], places: places))),
      .init(
        .texts(
          .init(
            words: ["x", "y", "z"],
            places: zip(places, isNull).map { $1 ? ParquetTexts.nowhere : $0 })), isNull: isNull),
      .init(.integers((0..<rows).map { Int64($0 % 100) })),
    ]
  }

  private static func file(_ sizes: [Int], seed: UInt64) throws -> (TemporaryFile, [[String]]) {
    var random = RandomStream(seed: seed, .tests)
    var writer = ParquetWriter(fields, compression: .uncompressed, integers: .differences)
    var (bytes, rows): ([UInt8], [[String]]) = ([], [])
    for size in sizes {
      let columns = columns(rows: size, &random)
      bytes += writer.rowGroup(columns)
      for row in 0..<size { rows.append(columns.map { $0.text(row) }) }
    }
    return (try TemporaryFile(bytes + writer.finish()), rows)
  }

  @Test(arguments: [1, 2, 31, 32, 33, 34, 128, 129, 130, 161, 1000])
  func `what is written reads back`(size: Int) throws {
    let (file, rows) = try Self.file([size, 5], seed: UInt64(size))
    for limit in [3, 64, 4096] { #expect(try file.rows(limit: limit) == rows) }
  }

  @Test func `words come back in their order, those included that no row is`() throws {
    let (file, _) = try Self.file([40], seed: 1)
    let batch = try #require(try ParquetReader(path: file.path, columns: ["word", "maybe"]).next())
    for (column, words) in zip(batch, [["b", "a", "größer", "nobody"], ["x", "y", "z"]]) {
      guard case .texts(let texts) = column.values else { return #expect(Bool(false)) }
      #expect((0..<texts.wordCount).map { texts.word($0) } == words)
      #expect(texts.places?.count == 40)
    }
  }

  @Test func `numbers that grow evenly take next to nothing`() {
    let bytes = ParquetWriter.file(
      [.init("n", .int64)], [.init(.integers((0..<100_000).map { $0 * 1_000_003 }))],
      compression: .uncompressed)
    var writer = ParquetWriter(
      [.init("n", .int64)], compression: .uncompressed, integers: .differences)
    let packed = writer.rowGroup([.init(.integers((0..<100_000).map { $0 * 1_000_003 }))])
    #expect(packed.count < 10_000 && bytes.count > 800_000)
  }

  @Test(.enabled(if: Python.has("pyarrow"), Comment(rawValue: Python.absence("pyarrow"))))
  func `pyarrow reads what is written`() throws {
    let (file, rows) = try Self.file([300, 129, 1], seed: 5)
    let printed = try Python.run(
      """
      import pyarrow.parquet as p, sys
      t = p.read_table(sys.argv[1])
      for row in zip(*[t[c].to_pylist() for c in t.column_names]):
        print("|".join("-" if v is None else str(v) for v in row))
      """, [file.path])
    #expect(
      printed.split(separator: "\n").map(String.init) == rows.map { $0.joined(separator: "|") })
  }

  @Test func `bytes in memory read like a file`() throws {
    let bytes = ParquetWriter.file([.init("n", .int64)], [.init(.integers([3, 4]))])
    let reader = try ParquetReader(FileBytes(bytes))
    #expect(try reader.next() == [.init(.integers([3, 4]))])
    #expect(throws: ParquetProblem.self) { try ParquetReader(FileBytes(Array(bytes.dropLast(3)))) }
    #expect(throws: ParquetProblem.self) { try FileBytes(bytes).read(at: 1, count: bytes.count) }
  }
}
