import ServingModel
import SimKernel
import Testing

/// One set-up that the laws of a step time are tried on.
struct RooflineCase: CustomTestStringConvertible, Sendable {
  var model: String
  var accelerator: String
  var tensor: Int
  var pipeline = 1
  var weights: NumberFormat?

  var testDescription: String { "\(model) on \(tensor)x\(pipeline) \(accelerator)" }

  static let all = [
    RooflineCase(model: "llama-3.1-8b", accelerator: "h100-sxm", tensor: 1),
    RooflineCase(model: "llama-3.1-70b", accelerator: "a100-sxm-80", tensor: 4),
    RooflineCase(model: "llama-3.1-70b", accelerator: "h100-sxm", tensor: 2, pipeline: 2),
    RooflineCase(model: "llama-3.1-405b", accelerator: "b200-sxm", tensor: 8, weights: .float8),
    RooflineCase(model: "qwen3-30b-a3b", accelerator: "mi300x", tensor: 1),
    RooflineCase(model: "deepseek-v3", accelerator: "h200-sxm", tensor: 8),
    RooflineCase(model: "gpt-oss-120b", accelerator: "h100-sxm", tensor: 8),
    RooflineCase(model: "gemma-3-27b", accelerator: "l40s", tensor: 2, weights: .float8),
    RooflineCase(model: "qwen3.5-27b", accelerator: "tpu-v5e", tensor: 8, pipeline: 3),
    RooflineCase(model: "nemotron-h-56b", accelerator: "mi325x", tensor: 2),
    RooflineCase(model: "falcon-7b", accelerator: "a10", tensor: 1, pipeline: 4),
  ]

  func setUp(maxTokens: Int = 8192) throws -> (time: Roofline, meter: WorkMeter) {
    let model = try #require(Models.named(model))
    let accelerator = try #require(Accelerators.named(accelerator))
    let parallelism = Parallelism(tensor: tensor, pipeline: pipeline)
    let precision = weights.map { Precision(weights: $0, of: model) }
    return (
      Roofline(
        model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
        maxNumBatchedTokens: maxTokens, maxNumSeqs: 1024),
      WorkMeter(
        model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
        maxTokens: maxTokens)
    )
  }
}

extension StepWork {
  static func decode(_ sequences: Int, context: Int, window: Int?) -> StepWork {
    var work = StepWork()
    work.decodeSequences = sequences
    work.decodeContext = sequences * context
    work.decodeWindowedContext = window.map { sequences * min(context, $0) } ?? 0
    return work
  }

  mutating func prefill(_ tokens: Int, context: Int, window: Int?) {
    prefillSequences += 1
    prefillTokens += tokens
    prefillContext += context
    prefillPairs += tokens * context + tokens * (tokens + 1) / 2
    guard let window else { return }
    for token in 1...tokens { prefillWindowedPairs += min(context + token, window) }
  }
}

extension WorkMeter {
  func flops(of work: StepWork) -> Double {
    flopsPerToken * Double(work.tokens)
      + flopsPerSampledSequence * Double(work.decodeSequences + work.prefillSequences)
      + flopsPerPair * Double(work.prefillPairs + work.decodeContext + work.decodeSequences)
      + flopsPerWindowedPair * Double(work.prefillWindowedPairs + work.decodeWindowedContext)
  }

  func bytes(of work: StepWork) -> Double {
    weightBytes[min(work.tokens, weightBytes.count - 1)]
      + readBytesPerContext * Double(work.decodeContext + work.prefillContext)
      + readBytesPerWindowedContext * Double(work.decodeWindowedContext)
      + writtenBytesPerToken * Double(work.tokens)
  }
}

@Suite(.timeLimit(.minutes(30))) struct RooflineTests {
  @Test(arguments: RooflineCase.all) func `no step beats the datasheet`(_ setUp: RooflineCase)
    throws
  {
    let (time, meter) = try setUp.setUp()
    var works: [StepWork] = []
    for context in [0, 1, 100, 1000, 10_000, 128_000] {
      for sequences in [1, 7, 64, 256, 1024] {
        works.append(.decode(sequences, context: context, window: time.attentionWindow))
        var mixed = works[works.count - 1]
        mixed.prefill(512, context: context, window: time.attentionWindow)
        works.append(mixed)
      }
      for tokens in [1, 100, 2048, 8192] {
        var work = StepWork()
        work.prefill(tokens, context: context, window: time.attentionWindow)
        works.append(work)
      }
    }
    for work in works {
      let seconds = time.duration(of: work).seconds
      #expect(seconds >= meter.flops(of: work) / meter.peakCompute.rate, "\(work)")
      #expect(seconds >= meter.bytes(of: work) / meter.peakBandwidth.rate, "\(work)")
    }
  }

  @Test(arguments: RooflineCase.all) func `more work never takes less time`(_ setUp: RooflineCase)
    throws
  {
    let (time, _) = try setUp.setUp(maxTokens: 2048)
    var random = RandomStream(seed: 1, .tests)
    for _ in 0..<400 {
      var work = StepWork.decode(
        random.integer(below: 600), context: random.integer(below: 20_000),
        window: time.attentionWindow)
      if random.integer(below: 2) == 0 {
        work.prefill(
          1 + random.integer(below: 1000), context: random.integer(below: 9000),
          window: time.attentionWindow)
      }
      for field: WritableKeyPath<StepWork, Int> in [
        \.prefillSequences, \.prefillTokens, \.prefillPairs, \.prefillWindowedPairs,
        \.prefillContext, \.decodeSequences, \.decodeContext, \.decodeWindowedContext,
      ] {
        var more = work
        more[keyPath: field] += 1 + random.integer(below: 100)
        #expect(time.duration(of: more) >= time.duration(of: work))
      }
    }
  }

  @Test(arguments: RooflineCase.all) func `the decode line is the duration to the picosecond`(
    _ setUp: RooflineCase
  ) throws {
    let (time, _) = try setUp.setUp(maxTokens: 1024)
    var random = RandomStream(seed: 2, .tests)
    for _ in 0..<500 {
      var work = StepWork()
      // Beyond the tables too.
      work.decodeSequences = 1 + random.integer(below: 1500)
      work.decodeContext = random.integer(below: 100_000_000)
      if time.attentionWindow != nil {
        work.decodeWindowedContext = random.integer(below: 1_000_000)
      }
      let line = try #require(time.decodeLine(sequences: work.decodeSequences))
      let onLine =
        line.base + line.perContext * work.decodeContext
        + line.perWindowedContext * work.decodeWindowedContext
      #expect(time.duration(of: work) == onLine)
    }
    #expect(time.decodeLine(sequences: 0) == nil)
  }

  @Test func `a step beyond the tables costs what a larger table says`() throws {
    let setUp = RooflineCase.all[2]
    let small = try setUp.setUp(maxTokens: 64).time
    let large = try setUp.setUp(maxTokens: 4096).time
    var work = StepWork.decode(200, context: 500, window: nil)
    work.prefill(1800, context: 0, window: nil)
    #expect(small.duration(of: work) == large.duration(of: work))
  }

  @Test func `a step without work costs its host time`() throws {
    let time = try RooflineCase.all[0].setUp().time
    #expect(
      time.duration(of: StepWork()).seconds == RooflineCoefficients.uncalibrated[.hostTime])
  }

  /// Weights of 15 GB at 0.8 of 3.35 TB/s are 5.6 ms; floors, layers and host add the rest. vLLM
  /// 0.15 takes about 7.3 ms at such loads.
  @Test func `a small decode batch of Llama 3.1 8B on an H100 takes about 7 ms`() throws {
    let time = try RooflineCase.all[0].setUp().time
    let step = time.duration(of: .decode(8, context: 700, window: nil)).seconds
    #expect((0.0065...0.0080).contains(step))
  }

  @Test func `a mixture reads the experts it reaches`() throws {
    let meter = try RooflineCase.all[4].setUp().meter
    let model = try #require(Models.named("qwen3-30b-a3b"))
    let count = ParameterCount(model)
    let others = count[.attention] + count[.router] + count[.head]
    #expect(abs(meter.weightBytes[1] / (2 * (others + count[.expert] / 16)) - 1) < 1e-9)
    #expect(abs(meter.weightBytes[8192] / (2 * (others + count[.expert])) - 1) < 1e-9)
    #expect(meter.weightBytes[0] == 0)
  }

  @Test func `windowed layers are asked for by models that have them`() throws {
    #expect(try RooflineCase.all[0].setUp().time.attentionWindow == nil)
    #expect(try RooflineCase.all[6].setUp().time.attentionWindow == 128)
  }

  @Test func `a latent of MLA is compute-bound on one accelerator and traffic-bound on eight`()
    throws
  {
    var setUp = RooflineCase.all[5]
    setUp.tensor = 1
    let one = try #require(try setUp.setUp(maxTokens: 16).time.decodeLine(sequences: 1))
    setUp.tensor = 8
    let eight = try #require(try setUp.setUp(maxTokens: 16).time.decodeLine(sequences: 1))
    let traffic = 70_272.0 / (0.8 * 4.8e12) * 1e12
    #expect(Double(eight.perContext.picoseconds) == traffic.rounded(.up))
    #expect(one.perContext > eight.perContext)
  }
}
