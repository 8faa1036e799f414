import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct MeasuredTableTests {
  /// 8 ms, 0.25 ms a sequence, 1.53 us a token of context; 0.262 ms a prompt token.
  static let coefficients: LinearStepTime.Coefficients = {
    var c = LinearStepTime.Coefficients()
    c.base = .millisecond * 8
    c.perDecodeSequence = .microsecond * 250
    c.perDecodeContext = .nanosecond * 1530
    c.perPrefillToken = .microsecond * 262
    return c
  }()

  /// What a linear engine shows when it is measured at these sequences, contexts and tokens.
  static func table(
    of c: LinearStepTime.Coefficients, sequences: [Int], contexts: [Int], tokens: [Int],
    coversDecode: Bool = true
  ) -> MeasuredTable {
    let decode = sequences.flatMap { n in
      contexts.map { each in
        MeasuredSurface.Point(
          size: n, context: n * each,
          duration: c.base + c.perDecodeSequence * n + c.perDecodeContext * (n * each))
      }
    }
    let prefill = tokens.map {
      MeasuredSurface.Point(size: $0, context: 0, duration: c.base + c.perPrefillToken * $0)
    }
    return MeasuredTable(
      decode: MeasuredSurface(decode), prefill: MeasuredSurface(prefill), provenance: "by hand",
      coversDecode: coversDecode)
  }

  private static func work(decode: Int = 0, context: Int = 0, prompts: [Int] = []) -> StepWork {
    var work = StepWork()
    work.decodeSequences = decode
    work.decodeContext = context
    work.prefillSequences = prompts.count
    work.prefillTokens = prompts.reduce(0, +)
    work.prefillPairs = prompts.reduce(0) { $0 + $1 * ($1 + 1) / 2 }
    return work
  }

  @Test func `a linear engine's table is that engine to the picosecond`() {
    let linear = LinearStepTime(Self.coefficients)
    let table = Self.table(
      of: Self.coefficients, sequences: [1, 7, 64], contexts: [1, 130, 8000], tokens: [1, 77, 8192])
    for n in 1...64 {
      #expect(table.decodeLine(sequences: n) == linear.decodeLine(sequences: n))
      for each in [1, 2, 129, 131, 7999, 8000] {
        let step = Self.work(decode: n, context: n * each)
        #expect(table.duration(of: step) == linear.duration(of: step))
        #expect(table.covers(step))
      }
    }
    for tokens in [1, 2, 76, 78, 4001, 8192] {
      let step = Self.work(prompts: [tokens])
      #expect(table.duration(of: step) == linear.duration(of: step))
    }
  }

  @Test func `a mixed step is both parts less the shortest step measured`() {
    let table = Self.table(
      of: Self.coefficients, sequences: [1, 8], contexts: [0, 1000], tokens: [1, 512])
    let both = table.duration(of: Self.work(decode: 4, context: 900, prompts: [100, 50]))
    let decode = table.duration(of: Self.work(decode: 4, context: 900))
    let prefill = table.duration(of: Self.work(prompts: [100, 50]))
    #expect(both == decode + prefill - .microsecond * 8250)
  }

  @Test func `chunks are told apart by the context they follow`() {
    func point(_ tokens: Int, _ context: Int, _ milliseconds: Int) -> MeasuredSurface.Point {
      .init(size: tokens, context: context, duration: .millisecond * milliseconds)
    }
    let table = MeasuredTable(
      decode: MeasuredSurface([point(1, 0, 5)]),
      prefill: MeasuredSurface([point(100, 0, 10), point(100, 1000, 30)]), provenance: "by hand",
      coversDecode: true)
    var chunk = Self.work(prompts: [100])
    #expect(table.duration(of: chunk) == .millisecond * 10)
    chunk.prefillPairs += 100 * 500
    #expect(table.duration(of: chunk) == .millisecond * 20)
    #expect(table.covers(chunk))
    chunk.prefillPairs += 100 * 501
    #expect(!table.covers(chunk))
    // Prompts of ten tokens have fewer pairs than one of a hundred has.
    let many = Self.work(prompts: Array(repeating: 10, count: 10))
    #expect(table.duration(of: many) == .millisecond * 10 && table.covers(many))
  }

  @Test func `no step is free`() {
    let table = Self.table(
      of: Self.coefficients, sequences: [1], contexts: [0, 9], tokens: [1, 5])
    #expect(table.duration(of: StepWork()).picoseconds == 1)
    #expect(table.decodeLine(sequences: 0) == nil)
  }

  @Test(arguments: 0..<60) func `an engine runs alike on either`(seed: Int) {
    // What a mixed step shares is the base alone when sequences cost nothing.
    var coefficients = Self.coefficients
    coefficients.perDecodeSequence = .zero
    coefficients.perPrefillToken = .nanosecond * 700
    var plan = randomPlan(seed: UInt64(seed))
    func outcomes(_ model: any StepTimeModel) -> [Outcome] {
      for i in plan.replicas.indices { plan.replicas[i].stepTime = model }
      return Simulation.run(plan).outcomes
    }
    let linear = outcomes(LinearStepTime(coefficients))
    for coversDecode in [true, false] {
      let table = Self.table(
        of: coefficients, sequences: [1, 12], contexts: [0, 5000], tokens: [1, 1000],
        coversDecode: coversDecode)
      #expect((table.decodeLine(sequences: 5) != nil) == coversDecode)
      #expect(outcomes(table) == linear)
    }
  }

  @Test(arguments: [true, false]) func `steps outside are counted`(coversDecode: Bool) throws {
    // Four prompt tokens, then decode steps with contexts of 4, 5, 6 and 7.
    let table = MeasuredTable(
      decode: MeasuredSurface([
        .init(size: 1, context: 5, duration: .millisecond),
        .init(size: 1, context: 6, duration: .millisecond * 2),
      ]), prefill: MeasuredSurface([.init(size: 4, context: 0, duration: .millisecond)]),
      provenance: "by hand", coversDecode: coversDecode)
    let plan = stepPlan([StepRequest(prompt: 4, output: 5)], stepReplica(stepTime: table))
    let replica = try #require(Simulation.run(plan).replicas.first)
    #expect(replica.steps == 5)
    #expect(replica.stepsOutside == 2)
  }

  @Test func `a formula has no outside`() throws {
    let plan = stepPlan([StepRequest(prompt: 4, output: 5)])
    #expect(Simulation.run(plan).replicas.first?.stepsOutside == 0)
  }
}
