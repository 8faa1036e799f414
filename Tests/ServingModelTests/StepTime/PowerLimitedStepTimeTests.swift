import ServingModel
import ServingTestSupport
import SimKernel
import Testing

/// Laws over every set-up that a roofline is tried on.
@Suite(.timeLimit(.minutes(30))) struct PowerLimitedStepTimeTests {
  /// From 0.3 without load towards 1.
  @Sendable private static func draw(_ compute: Double, _ memory: Double) -> Double {
    0.3 + 0.7 * min(1, 0.9 * compute + 0.4 * memory)
  }

  private func limited(
    _ setUp: (time: Roofline, meter: WorkMeter), cap: Double = 1, clock: Double = 1
  ) -> PowerLimitedStepTime {
    PowerLimitedStepTime(
      setUp.time, limit: PowerLimit(cap: cap, clock: clock, draw: Self.draw), meter: setUp.meter)
  }

  private func works(window: Int?) -> [StepWork] {
    var random = RandomStream(seed: 3, .tests)
    return (0..<40).map { _ in
      var work = StepWork.decode(
        random.pick([0, 1, 20, 300]), context: random.integer(below: 9000), window: window)
      if work.decodeSequences == 0 || random.pick([true, false]) {
        work.prefill(
          1 + random.integer(below: 2000), context: random.pick([0, 700]), window: window)
      }
      return work
    }
  }

  @Test(arguments: RooflineCase.all) func `no limit is no change`(_ set: RooflineCase) throws {
    let setUp = try set.setUp()
    for work in works(window: setUp.time.attentionWindow) {
      #expect(limited(setUp).duration(of: work) == setUp.time.duration(of: work))
    }
    for sequences in [1, 7, 500] {
      #expect(
        limited(setUp).decodeLine(sequences: sequences)
          == setUp.time.decodeLine(sequences: sequences))
    }
  }

  @Test(arguments: RooflineCase.all)
  func `a lower cap or clock is never faster`(_ set: RooflineCase) throws {
    let setUp = try set.setUp()
    for work in works(window: setUp.time.attentionWindow) {
      let capped = stride(from: 1, through: 0.35, by: -0.05).map {
        limited(setUp, cap: $0).duration(of: work)
      }
      #expect(zip(capped, capped.dropFirst()).allSatisfy { $0 <= $1 })
      let clocked = stride(from: 1, through: 0.5, by: -0.1).map {
        limited(setUp, clock: $0).duration(of: work)
      }
      #expect(zip(clocked, clocked.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test(arguments: RooflineCase.all)
  func `decode lines and durations agree to the picosecond`(_ set: RooflineCase) throws {
    let setUp = try set.setUp()
    let model = limited(setUp, cap: 0.42, clock: 0.7)
    let window = setUp.time.attentionWindow
    for (sequences, context) in [(1, 0), (1, 5000), (64, 300), (900, 4000)] {
      let work = StepWork.decode(sequences, context: context, window: window)
      let line = try #require(model.decodeLine(sequences: sequences))
      #expect(
        model.duration(of: work) == line.base + line.perContext * work.decodeContext
          + line.perWindowedContext * work.decodeWindowedContext)
    }
  }

  @Test func `arithmetic slows with the clock, traffic does not`() throws {
    let setUp = try RooflineCase.all[0].setUp()
    func slowdown(_ work: StepWork) -> Double {
      limited(setUp, clock: 0.5).duration(of: work).seconds
        / setUp.time.duration(of: work).seconds
    }
    var prompt = StepWork()
    prompt.prefill(8000, context: 0, window: nil)
    #expect((1.9...2).contains(slowdown(prompt)))
    #expect((1..<1.03).contains(slowdown(.decode(1, context: 8000, window: nil))))
  }

  /// Traffic alone draws 0.3 + 0.28 u for a use u of the bandwidth, at most 0.58.
  @Test func `traffic keeps its time until the cap is below its own draw`() throws {
    let setUp = try RooflineCase.all[0].setUp()
    let decode = StepWork.decode(1, context: 100, window: nil)
    func slowdown(cap: Double) -> Double {
      limited(setUp, cap: cap).duration(of: decode).seconds
        / setUp.time.duration(of: decode).seconds
    }
    #expect(slowdown(cap: 0.6) < 1.01)
    #expect(slowdown(cap: 0.35) > 1.3)
  }

  @Test func `what no figure speaks of is counted`() throws {
    let setUp = try RooflineCase.all[0].setUp()
    var prompt = StepWork()
    prompt.prefill(8000, context: 0, window: nil)
    #expect(limited(setUp, cap: 0.6).covers(prompt))
    #expect(!limited(setUp, cap: 0.35).covers(prompt))
  }
}
