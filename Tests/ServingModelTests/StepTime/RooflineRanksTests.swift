import ServingModel
import SimKernel
import Testing

/// What data parallel ranks take for a step of each.
@Suite(.timeLimit(.minutes(30))) struct RooflineRanksTests {
  private static func roofline(data: Int) throws -> Roofline {
    Roofline(
      model: try #require(Models.named("deepseek-v3")),
      accelerator: try #require(Accelerators.named("h200-sxm")),
      parallelism: Parallelism(data: data, expert: data), maxNumBatchedTokens: 8192,
      maxNumSeqs: 256)
  }

  private static func decode(_ sequences: Int, context: Int) -> StepWork {
    var work = StepWork()
    work.decodeSequences = sequences
    work.decodeContext = context
    return work
  }

  private static func prompt(_ tokens: Int) -> StepWork {
    var work = StepWork()
    work.prefillSequences = 1
    work.prefillTokens = tokens
    work.prefillPairs = tokens * (tokens + 1) / 2
    return work
  }

  @Test(arguments: [1, 2, 32])
  func `equal ranks take what one takes that assumes so`(data: Int) throws {
    let roofline = try Self.roofline(data: data)
    for work in [Self.decode(32, context: 40_000), Self.prompt(4000)] {
      let alone = roofline.duration(of: work).picoseconds
      let together = roofline.duration(ofRanks: Array(repeating: work, count: data)).picoseconds
      // Each part is rounded up.
      #expect(abs(alone - together) <= 2, "\(data)")
    }
  }

  @Test func `one rank's prompt holds up all, but costs the experts less than eight`() throws {
    let roofline = try Self.roofline(data: 8)
    let (prompt, decode) = (Self.prompt(4000), Self.decode(16, context: 20_000))
    let others = Array(repeating: decode, count: 7)
    let time = roofline.duration(ofRanks: [prompt] + others)
    #expect(time == roofline.duration(ofRanks: others + [prompt]))
    #expect(time < roofline.duration(of: prompt))
    #expect(time > roofline.duration(of: decode) * 2)
    // Other models take as long as their slowest rank.
    var coefficients = LinearStepTime.Coefficients()
    coefficients.base = .millisecond
    coefficients.perPrefillToken = .microsecond
    let linear = LinearStepTime(coefficients)
    #expect(linear.duration(ofRanks: [prompt] + others) == linear.duration(of: prompt))
  }

  @Test func `slowed ranks take so much longer`() throws {
    let roofline = try Self.roofline(data: 4)
    let works = [Self.prompt(500), Self.decode(8, context: 900), Self.decode(1, context: 0)]
    let time = roofline.duration(ofRanks: works).picoseconds
    let slowed = SlowedStepTime(roofline, by: 1.5).duration(ofRanks: works).picoseconds
    #expect(abs(Double(slowed) - 1.5 * Double(time)) <= 1)
  }
}
