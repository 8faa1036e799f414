import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct ObjectiveVerdictTests {
  @Test(
    arguments: [
      (1.0, nil, ObjectiveVerdict.met), (0.99, nil, .met), (0.989, nil, .missed),
      (0.999, 0.992...1.0, .met), (0.997, 0.988...0.999, .tooClose),
      (0.98, 0.9...0.995, .tooClose), (0.5, 0.4...0.6, .missed),
    ] as [(Double, ClosedRange<Double>?, ObjectiveVerdict)])
  func `errors that reach from one side to the other leave it open`(
    share: Double, range: ClosedRange<Double>?, verdict: ObjectiveVerdict
  ) {
    #expect(ObjectiveVerdict(share: share, within: range) == verdict)
  }

  @Test func `the page says it in words and in a colour`() {
    let page = HTMLReport.render([RunDigest(RunDigestTests.small())])
    #expect(page.contains("<strong class=\"verdict bad\">Objectives missed</strong>"))
  }
}
