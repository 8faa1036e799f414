import ServingModel
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct LinearStepTimeTests {
  static let coefficients: LinearStepTime.Coefficients = {
    var c = LinearStepTime.Coefficients()
    c.base = .millisecond * 8
    c.host = .microsecond * 440
    c.perDecodeSequence = .microsecond * 258
    c.perDecodeContext = .nanosecond * 1530
    c.perPrefillToken = .microsecond * 262
    c.perPrefillSequence = .microsecond * 440
    c.perPrefillPair = .nanosecond * 235
    return c
  }()

  @Test func `the duration is the sum of the costs`() {
    var work = StepWork()
    work.decodeSequences = 3
    work.decodeContext = 1000
    work.prefillTokens = 10
    work.prefillSequences = 2
    work.prefillPairs = 55
    let microseconds = 8440 + 3 * 258 + 1530 + 2620 + 880
    #expect(
      LinearStepTime(Self.coefficients).duration(of: work)
        == .microsecond * microseconds + .nanosecond * (235 * 55))
  }

  @Test func `the decode line is the duration`() throws {
    let time = LinearStepTime(Self.coefficients)
    let line = try #require(time.decodeLine(sequences: 5))
    var work = StepWork()
    work.decodeSequences = 5
    work.decodeContext = 12_345
    #expect(time.duration(of: work) == line.base + line.perContext * 12_345)
    #expect(time.decodeLine(sequences: 0) == nil)
  }

  @Test func `no step is free`() {
    let time = LinearStepTime(LinearStepTime.Coefficients())
    #expect(time.duration(of: StepWork()).picoseconds == 1)
    #expect(time.decodeLine(sequences: 1) == nil)
  }
}
