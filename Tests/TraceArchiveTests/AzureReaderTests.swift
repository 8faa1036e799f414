import Testing
import TraceArchive

private let header = "TIMESTAMP,ContextTokens,GeneratedTokens\n"

@Test func `Azure rows become arrivals from the first row on and token counts`() throws {
  let trace = try readTrace(
    header + """
      2023-11-16 18:15:46.6805900,374,44
      2023-11-16 18:15:46.6805900,4808,10
      2023-11-16T18:15:50.9951690,1,1
      """)
  #expect(trace.format == .azure)
  #expect(trace.arrivals == [0, 0, 4_314_579_000])
  #expect(trace.inputTokens == [374, 4808, 1])
  #expect(trace.outputTokens == [44, 10, 1])
  #expect(trace.sessions == nil && trace.prefixes == nil && trace.parents == nil)
  #expect(trace.rowsRead == 3 && trace.dropped.isEmpty)
}

@Test func `columns are found by name, in any order, among others`() throws {
  let trace = try readTrace(
    """
    GeneratedTokens,NumImages,TIMESTAMP,ContextTokens
    5,1,2024-10-15T12:00:00.500Z,7
    6,1,2024-10-15T12:00:01Z,8
    """)
  #expect(trace.arrivals == [0, 500_000_000])
  #expect(trace.inputTokens == [7, 8] && trace.outputTokens == [5, 6])
}

@Test func `times with and without fraction and zone may be mixed`() throws {
  let trace = try readTrace(
    header + """
      2024-05-10 00:00:00.009930+00:00,1,1
      2024-05-10 00:00:01+00:00,1,1
      2024-05-10 00:00:02,1,1
      """)
  #expect(trace.arrivals == [0, 990_070_000, 1_990_070_000])
}

@Test func `rows without input or output are dropped and counted`() throws {
  let trace = try readTrace(
    header + """
      2024-05-10 00:00:00,0,1
      2024-05-10 00:00:01,3,0
      2024-05-10 00:00:02,0,0
      2024-05-10 00:00:03,4,5
      2024-05-10 00:00:04,6,5
      2024-05-10 00:00:04,7,5
      """)
  #expect(trace.arrivals == [0, 1_000_000_000, 1_000_000_000])
  #expect(trace.inputTokens == [4, 6, 7])
  #expect(trace.rowsRead == 6)
  #expect(trace.dropped == [.noInputTokens: 2, .noOutputTokens: 1])
  #expect(
    try complaints(header + "2024-05-10 00:00:00,3,0\n") == [
      "t.csv: no row has both input and output tokens"
    ])
}

@Test func `counts that are no whole numbers are reported with what is allowed`() throws {
  let text =
    header + """
      2024-05-10 00:00:00,-3,1
      2024-05-10 00:00:01,1.5,1
      2024-05-10 00:00:02,3,3000000000
      yesterday,,1
      """
  #expect(
    try complaints(text) == [
      #"t.csv:2: ContextTokens: found "-3"; token counts are whole numbers from 1 (and 1 more like this: lines 3)"#,
      #"t.csv:4: GeneratedTokens: found "3000000000"; token counts are whole numbers from 1"#,
      #"t.csv:5: TIMESTAMP: found "yesterday"; times are written like 2023-11-16 18:15:46.6805900"#,
      """
      t.csv:5: ContextTokens: has no value; token counts are whole numbers from 1; kavier trace \
      import --lenient leaves such rows out
      """,
    ])
}

@Test func `a header alone has no row`() throws {
  #expect(try complaints(header) == ["t.csv: the file has no row below its header"])
}

@Test func `disorder is refused with its first line, or sorted when asked for`() throws {
  let text =
    header + """
      2024-05-10 00:00:05,5,1
      2024-05-10 00:00:03,3,1
      2024-05-10 00:00:05,6,1
      2024-05-10 00:00:04,4,1
      """
  #expect(
    try complaints(text) == [
      """
      t.csv:3: arrives 2.0 s before a row above it (2 such rows in all); `sort: true` sorts rows by \
      arrival
      """
    ])
  let trace = try readTrace(text, options: TraceReadOptions(sort: true))
  #expect(trace.inputTokens == [3, 4, 5, 6])
  #expect(trace.arrivals == [0, 1_000_000_000, 2_000_000_000, 2_000_000_000])
}

@Test func `disorder is told beside what is wrong with rows`() throws {
  let found = try complaints(
    """
    TIMESTAMP,ContextTokens,GeneratedTokens
    2023-11-16 18:15:47,1,1
    2023-11-16 18:15:46,2,1
    2023-11-16 18:15:48,x,1

    """)
  #expect(found.count == 2)
  #expect(found[0].hasPrefix("t.csv:4: ContextTokens: found \"x\""))
  #expect(found[1].hasPrefix("t.csv:3: arrives 1.0 s before a row above it"))
}
