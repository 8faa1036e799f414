import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct ComparedFigureTests {
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

  @Test func `money goes with its currency`() throws {
    let cost = try #require(ComparedFigure.all(of: []).first { $0.isMoney })
    #expect(cost.text(2.5, currency: "EUR") == "2.500 EUR")
    #expect(cost.change(from: 2, to: 2.5, currency: "EUR") == "+0.5000 EUR (+25.0 %)")
  }

  @Test func `shares differ by percentage points`() {
    #expect(Self.share.change(from: 0.5, to: 0.525) == "+2.50 percentage points")
  }

  @Test func `lower times and higher rates are better`() {
    #expect(Self.time.isBetter(1, than: 2) == true)
    #expect(Self.rate.isBetter(1, than: 2) == false)
    #expect(Self.rate.isBetter(1.004, than: 1) == nil)
    #expect(Self.share.isBetter(0.9996, than: 0.999) == nil)
    #expect(Self.share.isBetter(0.999, than: 0.995) == true)
  }

  @Test func `each figure of the list is there for some run`() {
    let digest = RunDigest(RunDigestTests.small())
    let absent = ComparedFigure.all(of: [digest]).filter { $0.value(digest) == nil }.map(\.name)
    // These are the bill's.
    #expect(
      absent == [
        "Cost", "Cost of a million tokens", "Carbon with making the machines", "Energy",
        "Operational carbon", "Engines (data parallel ranks)",
      ])
  }
}
