import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct PlanYAMLReadingTests {
  @Test func `lines read back as they were`() {
    var lines = PlanRenderingTests.lines
    // A comment is one line.
    lines[2].origin = "catalogue: llama 3.1"
    #expect(PlanYAML.lines(of: PlanYAML.render(lines)) == lines)
  }

  @Test func `random values in lists of lists read back`() {
    var random = RandomStream(seed: 29, .tests)
    let words = ["a", "b: c", "x # y", "\"q\"", "a\\b", "1", "-", "é", "\n", "[1, 2]", "#", ":"]
    for _ in 0..<300 {
      let lines = (0..<4).flatMap { group in
        (0..<(1 + random.integer(below: 3))).map { field in
          PlanLine(
            path: "fleet.\(group).engine.f\(field)",
            value: words[random.integer(below: words.count)]
              + words[random.integer(below: words.count)], origin: "default: \"vLLM\" # 1")
        }
      }
      #expect(PlanYAML.lines(of: PlanYAML.render(lines)) == lines)
    }
  }

  @Test func `what is no plan makes no trouble`() {
    #expect(PlanYAML.lines(of: "").isEmpty)
    _ = PlanYAML.lines(of: "\"\\\n- - \"\n: :\n\\")
  }
}
