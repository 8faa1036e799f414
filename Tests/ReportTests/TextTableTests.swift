import Report
import Testing

struct TextTableTests {
  @Test func `a table that is too wide shortens its first column`() {
    var table = TextTable(header: ["name", "x", "y"])
    table.add(["a long name", "1000", "2"])
    #expect(table.lines(width: 40) == ["name            x  y", "a long name  1000  2"])
    #expect(table.lines(width: 18) == ["name           x y", "a long name 1000 2"])
    #expect(table.lines(width: 14) == ["name       x y", "a long… 1000 2"])
  }
}
