import ServingTestSupport
import Testing

@testable import TextAndBytes

struct CSVTableTests {
  private func table(_ text: String) throws -> CSVTable {
    try withFiles(["t.csv": Array(text.utf8)]) {
      try CSVTable.read(path: "\($0)/t.csv", kind: "a table", required: ["b"])
    }
  }

  @Test func `every column is there, in the order of the file`() throws {
    let table = try table("a,b,c\n1,\"x, \"\"y\"\"\",\n\n2,z,3\n")
    #expect(table.columns == ["a", "b", "c"])
    #expect(table.rows.map(\.cells) == [["1", "x, \"y\"", ""], ["2", "z", "3"]])
    #expect(table.rows.map(\.line) == [2, 4])
    #expect(table.problems.isEmpty)
  }

  @Test func `records that do not fit are told and left out`() throws {
    let table = try table("a,b\n1\n2,3\n")
    #expect(table.rows.map(\.line) == [3])
    #expect(table.problems.problems.map(\.line) == [2])
  }

  @Test func `a column that is missing, and one that is there twice`() {
    #expect(throws: FileProblems.self) { try table("a,c\n1,2\n") }
    #expect(throws: FileProblems.self) { try table("b,b\n1,2\n") }
  }
}
