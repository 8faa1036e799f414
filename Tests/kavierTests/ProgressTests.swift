import Testing

@testable import kavier

@Suite(.timeLimit(.minutes(30))) struct ProgressTests {
  @Test func `the line says how many requests have ended and how fast`() {
    var line = ProgressLine(total: 5000)
    #expect(!line.isOpen)
    #expect(
      line.text(ended: 1000, after: .milliseconds(500))
        == "\r\u{1B}[K1000 of 5000 requests, 2000 requests/s")
    #expect(line.isOpen)
  }

  @Test func `the line changes at most ten times a second`() {
    var line = ProgressLine(total: 10)
    let shown = (0..<1000).filter { line.text(ended: $0, after: .milliseconds($0)) != nil }
    #expect(shown == Array(stride(from: 0, to: 1000, by: 100)))
  }
}
