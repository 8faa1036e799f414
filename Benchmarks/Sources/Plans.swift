import ServingPolicies
import ServingModel
import ServingSim
import SimKernel

extension Plan {
  static func bench(_ workload: Workload, _ replicas: [ReplicaPlan]) -> Plan {
    Plan(
      name: "benchmark", seed: 1, workload: workload, replicas: replicas,
      router: .leastOutstanding, objectives: ServiceLevelObjectives(), lines: [])
  }
}

extension ReplicaPlan {
  /// An 8B model on one H100 or so, with a work meter, so that all there is to record is recorded.
  static func bench(
    prefixCaching: Bool = false, blocks: Int = 28_000,
    stepTime: LinearStepTime = LinearStepTime(.small)
  ) -> ReplicaPlan {
    ReplicaPlan(
      group: "benchmark", maxNumSeqs: 256, maxNumBatchedTokens: 2048,
      maxModelLength: min(131_072, blocks * 16), blockSize: 16, usableBlocks: blocks,
      enablePrefixCaching: prefixCaching, scheduler: FirstComeFirstServed(),
      stepTime: stepTime, meter: .bench)
  }
}

extension WorkMeter {
  fileprivate static var bench: WorkMeter {
    WorkMeter(
      flopsPerToken: 1.5e10, flopsPerSampledSequence: 1e9, flopsPerPair: 5e5,
      flopsPerWindowedPair: 0, readBytesPerContext: 131_072, readBytesPerWindowedContext: 0,
      writtenBytesPerToken: 131_072, weightBytes: [Double](repeating: 1.6e10, count: 2049),
      peakCompute: FLOPsPerSecond(9.89e14), peakBandwidth: .gigabytes(3350))
  }
}

extension LinearStepTime.Coefficients {
  /// In the range of an 8B model on one H100.
  static var small: Self {
    var costs = Self()
    costs.base = .microsecond * 6000
    costs.perPrefillToken = .microsecond * 20
    costs.perDecodeSequence = .microsecond * 10
    costs.perDecodeContext = .nanosecond * 40
    return costs
  }

  /// In the range of a 70B model on four H100.
  static var large: Self {
    var costs = Self()
    costs.base = .microsecond * 15_000
    costs.perPrefillToken = .microsecond * 60
    costs.perDecodeSequence = .microsecond * 30
    costs.perDecodeContext = .nanosecond * 40
    return costs
  }
}

extension Workload {
  /// 1000 tokens in, 200 out, `rate` requests a second.
  static func poisson(_ requests: Int, rate: Double) -> Workload {
    SyntheticWorkload(
      load: .open(.poisson(rate: rate), .requests(requests)), promptTokens: .fixed(1000),
      outputTokens: .fixed(200)
    ).workload(seed: 1, description: "benchmark")
  }

  /// Conversations of four turns, `rate` begun a second: prompts of 400, 800, 1200 and 1600 tokens
  /// that contain all before them, answers of 200, ten seconds between an answer and the next turn.
  static func sessions(_ requests: Int, rate: Double) -> Workload {
    let turns = 4
    let sessions = max(1, requests / turns)
    let count = sessions * turns
    let starts = poisson(sessions, rate: rate).arrivals
    let turn = (0..<count).map { $0 % turns }
    let session = (0..<count).map { Int32($0 / turns) }
    // The followers of the requests before number i: all of them but the last turns.
    let first = (0...count).map { Int32($0 - $0 / turns) }
    let followers = (0..<count).filter { turn[$0] < turns - 1 }.map { Int32($0 + 1) }
    return Workload(
      arrivals: (0..<count).map { turn[$0] == 0 ? starts[$0 / turns] : .never },
      promptTokens: turn.map { Int32(400 * ($0 + 1)) },
      outputTokens: [Int32](repeating: 200, count: count),
      content: ContentTable(
        chainOfRequest: session, answersExtend: true,
        parents: [Int32](repeating: -1, count: sessions),
        offsets: [Int32](repeating: 0, count: sessions)),
      dependencies: Dependencies(
        waitsFor: turn.map { $0 == 0 ? 0 : 1 }, firstDependent: first, dependents: followers,
        thinkTimes: [SimDuration](repeating: .second * 10, count: count)),
      sessions: session, description: "benchmark")
  }
}
