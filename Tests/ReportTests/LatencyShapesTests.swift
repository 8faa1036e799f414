import ServingModel
import Testing

@testable import Report
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct LatencyShapesTests {
  @Test func `bars are blank for none, low for few and full for the most`() {
    #expect(LatencyShapes.bars([0, 1, 50, 100]) == " ▁▄█")
    #expect(LatencyShapes.bars([0, 0]) == "  ")
    #expect(LatencyShapes.bars([.max, .max / 2, 1]) == "█▄▁")
  }

  @Test func `a histogram counts all values up to the 99th percentile`() throws {
    let metrics = Metrics(RunDigestTests.small())
    // Of three requests only the slowest lies beyond.
    let shape = try #require(metrics.latency.timeToFirstToken?.shape)
    #expect(shape.count == Distribution.shapeParts && shape.reduce(0, +) == 2)
    #expect(metrics.latency.interToken?.shape.last == 2)
  }

  @Test func `the text report ends with a histogram a latency`() {
    let lines = TextReport.render(Metrics(RunDigestTests.small())).split(separator: "\n")
    #expect(lines.suffix(6).first == "Histogram  from 0 to p99")
    #expect(lines.last?.hasPrefix("Queueing   ") == true && lines.last?.hasSuffix(" ms") == true)
    #expect(lines.allSatisfy { $0.count <= TextLayout.width })
  }
}
