import SimKernel
import Testing
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct TextLayoutTests {
  @Test func `text breaks at spaces and long words break anywhere`() {
    #expect(TextLayout.wrap("aa bb cc", width: 5) == ["aa bb", "cc"])
    #expect(TextLayout.wrap("a 1234567890 b", width: 4) == ["a", "1234", "5678", "90 b"])
    #expect(TextLayout.wrap("", width: 4) == [""])
  }

  @Test func `control characters become spaces`() {
    #expect(TextLayout.wrap("a\n\u{1B}[2Jb\r\nc", width: 80) == ["a [2Jb c"])
  }

  @Test func `wrapped text keeps its letters`() {
    var random = RandomStream(seed: 2, .tests)
    for _ in 0..<300 {
      let text = String((0..<200).map { _ in random.integer(below: 5) == 0 ? " " : "x" })
      let width = 1 + random.integer(below: 20)
      let lines = TextLayout.wrap(text, width: width)
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.joined().filter { $0 == "x" } == text.filter { $0 == "x" })
    }
  }

  @Test func `cells of a row are wrapped side by side`() {
    #expect(
      TextLayout.row([("one two", 3), ("x", 2), ("three", 5)]) == ["one  x   three", "two"])
  }
}
