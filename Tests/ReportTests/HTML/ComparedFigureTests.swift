import Testing

@testable import Report

@Suite struct ComparedFigureTests {
  private static let time = ComparedFigure("TTFT p50", .time, .lower) { _ in nil }
  private static let share = ComparedFigure("Prefix hits", .share, .higher) { _ in nil }
  private static let rate = ComparedFigure("Goodput", .number("requests/s"), .higher) { _ in nil }

  @Test func `a difference is told in the figure's unit and in per cent of the first`() {
    #expect(Self.time.change(from: 0.2, to: 0.25) == "+50 ms (+25.0 %)")
    #expect(Self.time.change(from: 2, to: 0.5) == "-1.5 s (-75.0 %)")
    #expect(Self.rate.change(from: 4, to: 5.5) == "+1.500 requests/s (+37.5 %)")
    #expect(Self.time.change(from: 3, to: 3) == nil)
    #expect(Self.time.change(from: 0, to: 1) == "+1 s")
  }

  @Test func `shares differ by percentage points`() {
    #expect(Self.share.change(from: 0.5, to: 0.525) == "+2.50 percentage points")
  }

  @Test func `lower times and higher rates are better`() {
    #expect(Self.time.isBetter(1, than: 2) == true)
    #expect(Self.rate.isBetter(1, than: 2) == false)
  }

  @Test func `each figure of the list is there for some run`() {
    let digest = RunDigest(RunDigestTests.small())
    let absent = ComparedFigure.all.filter { $0.value(digest) == nil }.map(\.name)
    // These are the bill's.
    #expect(absent == ["Cost, at least", "Energy", "Operational carbon"])
  }
}
