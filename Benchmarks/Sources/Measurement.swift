import ServingSim
import SimKernel

/// What a benchmark's runs cost.
struct Measurement {
  private var requests: Int
  private var seconds: Double
  private var spans: Int
  private var steps: Int
  private var preemptions: Int
  private var hitRatio: Double
  /// Bytes of memory beyond the workload, at most; nil: not known on this system.
  private var bytes: Int?
  private var hash: UInt64

  /// Plays `plan` `runs` times and keeps the fastest.
  init(_ plan: Plan, runs: Int) {
    requests = plan.workload.count
    let before = Memory.resident()
    Memory.forgetPeak()
    let start = cpuSeconds()
    let recording = Simulation.run(plan)
    seconds = cpuSeconds() - start
    if let before, let peak = Memory.peak() { bytes = max(0, peak - before) }
    let replicas = recording.replicas
    spans = replicas.reduce(0) { $0 + $1.spans }
    steps = replicas.reduce(0) { $0 + $1.steps }
    preemptions = replicas.reduce(0) { $0 + $1.preemptions }
    let lookedUp = replicas.reduce(0) { $0 + $1.lookedUpTokens }
    hitRatio = Double(replicas.reduce(0) { $0 + $1.cachedTokens }) / Double(max(1, lookedUp))
    hash = recording.outcomeHash
    for _ in 1..<max(1, runs) {
      let start = cpuSeconds()
      _ = Simulation.run(plan)
      seconds = min(seconds, cpuSeconds() - start)
    }
  }

  static let header =
    cell("benchmark", 13, left: true) + cell("requests", 10) + cell("CPU s", 8)
    + cell("requests/s", 12) + cell("ns/span", 9) + cell("spans", 10) + cell("steps", 11)
    + cell("preempted", 11) + cell("hits", 7) + cell("B/request", 11) + "  outcomes"

  func line(_ name: String) -> String {
    Self.cell(name, 13, left: true) + Self.cell("\(requests)", 10)
      + Self.cell(decimals(seconds, 3), 8) + Self.cell("\(Int(Double(requests) / seconds))", 12)
      + Self.cell(decimals(seconds / Double(max(1, spans)) * 1e9, 1), 9)
      + Self.cell("\(spans)", 10) + Self.cell("\(steps)", 11) + Self.cell("\(preemptions)", 11)
      + Self.cell(decimals(hitRatio, 3), 7)
      + Self.cell(bytes.map { "\($0 / requests)" } ?? "-", 11)
      + "  " + String(hash, radix: 16)
  }

  private static func cell(_ text: String, _ width: Int, left: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return left ? text + space : space + text
  }

  private func decimals(_ value: Double, _ places: Int) -> String {
    var unit = 1
    for _ in 0..<places { unit *= 10 }
    let scaled = Int((value * Double(unit)).rounded())
    let fraction = String(scaled % unit)
    return "\(scaled / unit)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}

extension Recording {
  /// Differs when any outcome does.
  fileprivate var outcomeHash: UInt64 {
    var mixer = SplitMix64(state: UInt64(outcomes.count))
    func mix(_ value: Int64) { mixer.state = mixer.next() ^ UInt64(bitPattern: value) }
    for i in 0..<outcomes.count {
      let outcome = outcomes[i]
      mix(Int64(clamping: outcome.arrival.picoseconds))
      mix(Int64(clamping: outcome.firstScheduled.picoseconds))
      mix(Int64(clamping: outcome.firstToken.picoseconds))
      mix(Int64(clamping: outcome.finish.picoseconds))
      mix(Int64(outcome.cachedTokens))
      mix(Int64(outcome.outputTokens))
      mix(Int64(outcome.replica))
      mix(Int64(outcome.preemptions))
    }
    return mixer.next()
  }
}
