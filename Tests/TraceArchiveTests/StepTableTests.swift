import ServingTestSupport
import Testing

@testable import TraceArchive
@testable import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct StepTableTests {
  private static let header =
    "decode_sequences,decode_context,prefill_tokens,prefill_context,duration_ms\n"

  private func read(_ text: String) throws -> StepTable {
    try withFiles(["t.csv": Array(text.utf8)]) { try StepTable.read(path: "\($0)/t.csv") }
  }

  /// What is said about a table with these rows.
  private func complaints(_ rows: String, header: String = header) throws -> [String] {
    try withFiles(["t.csv": Array((header + rows).utf8)]) { directory in
      do throws(FileProblems) {
        _ = try StepTable.read(path: "\(directory)/t.csv")
        return []
      } catch {
        return error.problems.map { String($0.description.dropFirst(directory.count + 1)) }
      }
    }
  }

  @Test func `rows are decode steps or prefill steps`() throws {
    let table = try read(
      Self.header + "1,77,,,8.123456789\n0,0,512,1024,300\n8,4000,0,,12\n,,1,0,1e1\n")
    #expect(
      table.decode == [
        .init(size: 1, context: 77, picoseconds: 8_123_456_789),
        .init(size: 8, context: 4000, picoseconds: 12_000_000_000),
      ])
    #expect(
      table.prefill == [
        .init(size: 512, context: 1024, picoseconds: 300_000_000_000),
        .init(size: 1, context: 0, picoseconds: 10_000_000_000),
      ])
  }

  @Test func `contexts may be left out, columns come in any order and others are passed over`()
    throws
  {
    let table = try read("gpu,duration_ms,prefill_tokens,decode_sequences\na,8,,2\na,9,64,\n")
    #expect(table.decode == [.init(size: 2, context: 0, picoseconds: 8_000_000_000)])
    #expect(table.prefill == [.init(size: 64, context: 0, picoseconds: 9_000_000_000)])
  }

  @Test func `all that is wrong is told at once`() throws {
    #expect(
      try complaints(
        """
        1,10,,,8
        1,10,,,8.5
        1,20,64,,8
        ,,,,8
        1,x,,,8
        1,30,,,0
        1,40,,,8 ms
        1,50,,,100001
        1,60,,5,8
        ,70,64,,8

        """) == [
          "t.csv:3: measures the same step as line 2; state one duration for it, such as the median",
          "t.csv:4: found decode_sequences 1 and prefill_tokens 64; a row is a decode step or a "
            + "prefill step, so one of them is above 0 (and 1 more like this: lines 5)",
          "t.csv:6: decode_context: found \"x\"; allowed are whole numbers from 0 to 1000000000000",
          "t.csv:7: duration_ms: found \"0\"; allowed are milliseconds above 0, up to 100000 (and 2 "
            + "more like this: lines 8, 9)",
          "t.csv:10: prefill_context: found \"5\"; this step has none, it is a step of the other "
            + "kind",
          "t.csv:11: decode_context: found \"70\"; this step has none, it is a step of the other "
            + "kind",
        ])
  }

  @Test func `both kinds of steps are needed`() throws {
    #expect(
      try complaints("1,10,,,8\n") == [
        "t.csv: has no prefill step; a table of steps needs both kinds"
      ])
    #expect(
      try complaints(",,10,,8\n") == [
        "t.csv: has no decode step; a table of steps needs both kinds"
      ])
  }

  @Test func `a misspelt column is guessed`() throws {
    let problem = try complaints("1,2,3\n", header: "decode_sequence,prefill_tokens,duration_ms\n")
    #expect(problem.first?.hasPrefix("t.csv:1: no column decode_sequences; did you mean") == true)
    #expect(problem.first?.contains("a table of steps needs decode_sequences") == true)
  }
}
