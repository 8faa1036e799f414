import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct ObjectiveVerdictTests {
  /// Ceilings of 10: a value, what measurements are expected within, and the verdict.
  @Test(
    arguments: [
      (10, nil, .met), (10.1, nil, .missed), (nil, nil, .notJudged),
      (8, 5...9, .met), (8, 5...11, .tooClose), (8, 5...(.infinity), .tooClose),
      (12, 9...15, .tooClose), (12, 11...15, .missed), (.infinity, nil, .missed),
      (.infinity, .infinity ... .infinity, .missed), (8, 5...10, .met),
    ] as [(Double?, ClosedRange<Double>?, ObjectiveVerdict)])
  func `an interval that holds the limit inside leaves it open`(
    value: Double?, interval: ClosedRange<Double>?, verdict: ObjectiveVerdict
  ) {
    #expect(
      ObjectiveVerdict(value, within: interval, limit: 10, isCeiling: true) == verdict)
  }

  @Test(
    arguments: [
      (1.0, nil, .met), (0.99, nil, .met), (0.989, nil, .missed), (0.999, 0.992...1.0, .met),
      (0.997, 0.988...0.999, .tooClose), (0.98, 0.9...0.995, .tooClose), (0.5, 0.4...0.6, .missed),
    ] as [(Double, ClosedRange<Double>?, ObjectiveVerdict)])
  func `a share has to be above its limit`(
    share: Double, range: ClosedRange<Double>?, verdict: ObjectiveVerdict
  ) {
    #expect(ObjectiveVerdict(share, within: range, limit: 0.99, isCeiling: false) == verdict)
  }

  @Test func `of several the one that is missed decides, then one that is open`() {
    #expect(ObjectiveVerdict(of: []) == nil)
    #expect(ObjectiveVerdict(of: [.met, .met]) == .met)
    #expect(ObjectiveVerdict(of: [.met, .notJudged]) == .notJudged)
    #expect(ObjectiveVerdict(of: [.met, .tooClose, .notJudged]) == .tooClose)
    #expect(ObjectiveVerdict(of: [.tooClose, .missed, .met]) == .missed)
  }

  @Test func `the page says it in words and in a colour`() {
    let page = HTMLReport.render([RunDigest(RunDigestTests.small())])
    #expect(page.contains("<strong class=\"verdict bad\">Objective missed</strong>"))
    #expect(page.contains("<span class=\"bad\">missed</span>"))
  }
}
