import ServingTestSupport
import Testing

@testable import TextAndBytes

struct JSONFieldsTests {
  private func fields(_ text: String) throws -> [String: String] {
    try withFiles(["f.json": Array(text.utf8)]) { try JSONFields.read(path: "\($0)/f.json").values }
  }

  @Test func `values have their paths`() throws {
    let values = try fields(
      "{\"a\": 1.5, \"b\": {\"c\": \"x\\ny\", \"d\": {\"e\": true}}, \"f\": null, \"g\": [1, 2]}\n")
    #expect(values == ["a": "1.5", "b.c": "x\ny", "b.d.e": "true", "g": "[1, 2]"])
  }

  @Test func `what is no object is told with its line`() {
    #expect { try fields("{\"a\": 1,\n\"b\"}") } throws: { error in
      (error as? FileProblems)?.problems.map(\.line) == [2]
    }
    #expect(throws: FileProblems.self) { try fields("{} {}") }
    #expect(throws: FileProblems.self) { try fields("[1]") }
  }
}
