import ServingSim
import SimKernel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct Lin: StepTimeModel {
  var name: String { "lin" }
  var provenance: String { "" }
  var attentionWindow: Int? { nil }
  func duration(of w: StepWork) -> SimDuration {
    SimDuration(picoseconds: 6_000_000_000 + 20_000_000 * Int64(w.prefillTokens) + 10_000_000 * Int64(w.decodeSequences) + 40_000 * Int64(w.decodeContext))
  }
  func decodeLine(sequences n: Int) -> DecodeLine? {
    DecodeLine(base: SimDuration(picoseconds: 6_000_000_000 + 10_000_000 * Int64(n)), perContext: SimDuration(picoseconds: 40_000), perWindowedContext: .zero)
  }
}

func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
    + Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) * 1e-6
}
func replica(prefix: Bool, blocks: Int = 28_000) -> ReplicaPlan {
  ReplicaPlan(group: "b", maxNumSeqs: 256, maxNumBatchedTokens: 2048, maxModelLength: 131_072, blockSize: 16, usableBlocks: blocks, enablePrefixCaching: prefix, stepTime: Lin())
}
func poisson(_ n: Int, rate: Double) -> [SimTime] {
  var r = RandomStream(seed: 1, .arrivals)
  var t = 0.0
  return (0..<n).map { _ in t += -log(1 - r.uniform()) / rate; return SimTime(seconds: t) }
}
func run(_ name: String, _ plan: Plan) {
  let c = cpuSeconds()
  let rec = Simulation.run(plan)
  let d = cpuSeconds() - c
  let steps = rec.replicas.map(\.steps).reduce(0, +)
  print(name, "cpu", d, "req/s", Double(plan.workload.count) / d, "steps", steps, "end", rec.end.seconds, "itl", (rec.interTokenLatencies.mean ?? 0) * 1e-12, "hit", Double(rec.replicas.map(\.cachedTokens).reduce(0, +)) / Double(rec.replicas.map(\.lookedUpTokens).reduce(0, +)))
}
@main struct Main {
  static func main() {
    let n = Int(CommandLine.arguments.dropFirst().first ?? "1000000") ?? 1_000_000; let only = CommandLine.arguments.dropFirst(2).first
    for rate in [10.0] {
      let w = Workload(arrivals: poisson(n, rate: rate), promptTokens: [Int32](repeating: 1000, count: n), outputTokens: [Int32](repeating: 200, count: n), description: "")
      run("one replica \(rate)/s", Plan(name: "", seed: 1, workload: w, replicas: [replica(prefix: false)], router: .roundRobin, objectives: ServiceLevelObjectives(), lines: []))
      if rate == 10, only == nil { run("one replica prefix, unique \(rate)/s", Plan(name: "", seed: 1, workload: w, replicas: [replica(prefix: true)], router: .roundRobin, objectives: ServiceLevelObjectives(), lines: [])) }
    }
    if only != nil { return }
    let w = Workload(arrivals: poisson(n, rate: 640), promptTokens: [Int32](repeating: 1000, count: n), outputTokens: [Int32](repeating: 200, count: n), description: "")
    run("64 replicas", Plan(name: "", seed: 1, workload: w, replicas: (0..<64).map { _ in replica(prefix: false) }, router: .leastOutstanding, objectives: ServiceLevelObjectives(), lines: []))
    // sessions: 4 turns
    let s = n / 4
    var prompts: [Int32] = [], outs: [Int32] = [], chain: [Int32] = [], arr: [SimTime] = [], waits: [Int32] = [], first: [Int32] = [0], deps: [Int32] = [], think: [SimDuration] = []
    let starts = poisson(s, rate: 2.5)
    for i in 0..<s { for t in 0..<4 {
      prompts.append(Int32(400 + t * 400)); outs.append(200); chain.append(Int32(i)); arr.append(t == 0 ? starts[i] : .never); waits.append(t == 0 ? 0 : 1)
      if t < 3 { deps.append(Int32(prompts.count)) }
      first.append(Int32(deps.count)); think.append(.second * 10)
    } }
    let ws = Workload(arrivals: arr, promptTokens: prompts, outputTokens: outs, content: ContentTable(chainOfRequest: chain, answersExtendChain: true, parents: [Int32](repeating: -1, count: s), offsets: [Int32](repeating: 0, count: s)), dependencies: Dependencies(waitsFor: waits, firstDependent: first, dependents: deps, thinkTimes: think), sessions: chain, description: "")
    run("sessions prefix", Plan(name: "", seed: 1, workload: ws, replicas: [replica(prefix: true)], router: .roundRobin, objectives: ServiceLevelObjectives(), lines: []))
  }
}
