import Foundation
import Parquet
import Testing

@testable import TraceArchive
@testable import TextAndBytes

private func file(
  _ folder: TemporaryFolder, _ name: String, _ fields: [ParquetField], _ columns: [ParquetValues],
  isNull: [Bool]? = nil
) throws -> String {
  let path = "\(folder.path)/\(name)"
  let columns = zip(fields, columns).map { field, values in
    ParquetColumn(values, isNull: field.isOptional ? isNull : nil)
  }
  try Data(ParquetWriter.file(fields, columns)).write(to: URL(filePath: path))
  return path
}

@Test func `Azure's columns in Parquet are the same trace as in CSV`() throws {
  let folder = try TemporaryFolder()
  let path = try file(
    folder, "t.parquet",
    [
      .init("TIMESTAMP", .timestamp(.microseconds)), .init("ContextTokens", .int64),
      .init("GeneratedTokens", .int32), .init("Region", .text),
    ],
    [
      .integers([1_700_158_546_680_590, 1_700_158_547_000_000]), .integers([374, 12]),
      .integers([44, 7]), .texts(ParquetTexts(["a,\"b\"", "c"])),
    ])
  let table = try Collected(path: path)
  let text = try collect(
    """
    TIMESTAMP,ContextTokens,GeneratedTokens,Region
    2023-11-16 18:15:46.680590,374,44,"a,""b\"""
    2023-11-16 18:15:47.000000,12,7,c

    """)
  #expect(table.reading.format == .azure)
  #expect(table.records.map { facts($0) } == text.records.map { facts($0) })
  #expect(table.records.map(\.line) == [1, 2])
}

@Test func `lists of block ids and numbers with a point are read`() throws {
  let folder = try TemporaryFolder()
  let path = try file(
    folder, "t.parquet",
    [
      .init("timestamp", .double), .init("input_length", .double), .init("output_length", .int64),
      .init("hash_ids", .int64List),
    ],
    [
      .doubles([0.5, 3000]), .doubles([600, 3]), .integers([2, 1]),
      .lists(ParquetLists([[7, 8], [9]])),
    ])
  let table = try Collected(path: path)
  #expect(table.reading.format == .mooncake)
  #expect(table.records.map(\.prefixIDs) == [[7, 8], [9]])
  #expect(table.column(.arrival) == [500, 3_000_000])
  #expect(table.column(.inputTokens) == [600, 3])
}

@Test func `a row without value and one that is not a number have none`() throws {
  let folder = try TemporaryFolder()
  let path = try file(
    folder, "t.parquet",
    [
      .init("Timestamp", .int64), .init("Request tokens", .int64),
      .init("Response tokens", .int64), .init("Session ID", .text, isOptional: true),
      .init("Elapsed time", .double),
    ],
    [
      .integers([5, 45]), .integers([472, 1087]), .integers([18, 23]),
      .texts(ParquetTexts(["", "x"])), .doubles([1.5, .nan]),
    ], isNull: [true, false])
  let table = try Collected(path: path)
  #expect(table.reading.format == .burstGPT)
  #expect(table.texts(.sessionID) == [nil, "x"] && table.column(.endToEnd) == [1_500_000, nil])
}

@Test func `messages name the row and the column`() throws {
  let folder = try TemporaryFolder()
  let path = try file(
    folder, "t.parquet",
    [.init("input_tokens", .int64), .init("output_tokens", .int64, isOptional: true)],
    [.integers([5, -6, 7]), .integers([1, 2, 0])], isNull: [false, false, true])
  let problems = #expect(throws: FileProblems.self) { try Collected(path: path) }
  let text = problems?.description ?? ""
  #expect(text.contains("t.parquet:2: input_tokens: found \"-6\""))
  #expect(text.contains("t.parquet:3: output_tokens: has no value"))
}

@Test func `a damaged file and one of other columns are told as such`() throws {
  let folder = try TemporaryFolder()
  let path = try file(folder, "t.parquet", [.init("x", .int64)], [.integers([1])])
  let strange = #expect(throws: FileProblems.self) { try Collected(path: path) }
  #expect(strange?.description.contains("is no known trace format") == true)
  let whole = try Data(contentsOf: URL(filePath: path))
  try whole.dropLast(6).write(to: URL(filePath: path))
  let damaged = #expect(throws: FileProblems.self) { try Collected(path: path) }
  #expect(damaged?.description.contains("ends early") == true)
}

@Test func `requests as Parquet read back with every field`() throws {
  let folder = try TemporaryFolder()
  try FileManager.default.createDirectory(
    atPath: folder.path + "/a", withIntermediateDirectories: true)
  _ = try folder.file(
    "a/trace.json",
    #"{"hashing":{"kind":"prefix_chain","block_size":4,"partial_block":"excluded"}}"#)
  _ = try folder.file(
    "a/requests.csv",
    """
    request_id,arrival_us,input_tokens,output_tokens,session_id,turn,parent_id,depends_on,link,think_us,trigger,model,streaming,priority,slo_class,prefix_ids,segments,status,extra
    10,5,8,1,s,0,,,root,,user,"m,1",1,-3,batch,1+2,"[{""kind"":""a"",""id"":1,""tokens"":8}]",ok,"{""arrival_ns"":7}"
    11,,13,0,s,1,10,10,turn,250,tool,,0,,,=2|9,,failed,
    12,9,8,2,"t
    u",,,10;11,join,0,system,é,,2147483647,,"[4,5]",,,"{""x"":[1,null,""q""]}"
    """)
  let options = TraceReadOptions()
  for encoding in [LLMTraceWriter.Encoding.parquet, .plainJSONLines] {
    let out = "\(folder.path)/\(encoding.rawValue)"
    _ = try TraceImport.run(
      path: folder.path + "/a", options: options, to: out, encoding: encoding)
    let (before, after) = (try Collected(path: folder.path + "/a"), try Collected(path: out))
    #expect(after.records.map { facts($0) } == before.records.map { facts($0) })
  }
}

@Test func `more rows than a row group holds are written and read`() throws {
  let folder = try TemporaryFolder()
  let rows = (0..<70_000).map { "\($0),\($0 % 900 + 1),5,\($0 % 7)" }
  let source = try folder.file(
    "t.csv", "arrival_us,input_tokens,output_tokens,tenant_id\n" + rows.joined(separator: "\n"))
  _ = try TraceImport.run(
    path: source, options: TraceReadOptions(), to: folder.path + "/p", encoding: .parquet)
  let reader = try ParquetReader(path: folder.path + "/p/requests.parquet", columns: ["arrival_us"])
  #expect(reader.rowCount == 70_000)
  let trace = try RequestTrace.read(path: folder.path + "/p")
  #expect(trace.count == 70_000 && trace.arrivals.last == 69_999_000)
  let expected = (0..<70_000).map { Int32($0 % 900 + 1) }
  #expect(trace.inputTokens == expected)
}
