import ServingModel
import SimKernel
import Testing

struct SlowedStepTimeTests {
  @Test(arguments: RooflineCase.all)
  func `each step takes as much longer, and lines stay straight`(_ set: RooflineCase) throws {
    let (time, _) = try set.setUp(maxTokens: 2048)
    for factor in [0.9, 1, 1.25] {
      let slowed = SlowedStepTime(time, by: factor)
      #expect(slowed.attentionWindow == time.attentionWindow && slowed.name == time.name)
      for sequences in [1, 7, 300] {
        var work = StepWork.decode(sequences, context: 900, window: time.attentionWindow)
        let line = try #require(slowed.decodeLine(sequences: sequences))
        let onLine =
          line.base + line.perContext * work.decodeContext
          + line.perWindowedContext * work.decodeWindowedContext
        #expect(slowed.duration(of: work) == onLine)
        expectRatio(slowed, time, work, factor)
        work.prefill(500, context: 100, window: time.attentionWindow)
        expectRatio(slowed, time, work, factor)
      }
    }
  }

  private func expectRatio(
    _ slowed: SlowedStepTime, _ time: Roofline, _ work: StepWork, _ factor: Double
  ) {
    let ratio = slowed.duration(of: work).seconds / time.duration(of: work).seconds
    // A context's picoseconds are rounded.
    #expect(abs(ratio / factor - 1) < 1e-3, "\(work)")
  }
}
