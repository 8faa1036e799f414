import ServingSim
import SimKernel
import ServingModel

/// Takes the figures of a run of one share of a system.
struct RunFigures {
  let recording: Recording
  /// How many such shares the whole system serves.
  let shares: Double
  /// Steps until a request's first tokens are sent.
  let streamSteps: Double
  /// Seconds that a first token takes beyond what the simulation says.
  let wait: Double
  /// Tokens of an answer that one simulated token stands for.
  let tokensPerStep: Double
  /// nil where nobody asks for it.
  let power: SystemPower?
  private let finished: [Outcome]

  init(
    _ recording: Recording, shares: Double, streamSteps: Double, wait: Double,
    tokensPerStep: Double, power: SystemPower? = nil
  ) {
    self.recording = recording
    self.shares = shares
    self.streamSteps = streamSteps
    self.wait = wait
    self.tokensPerStep = tokensPerStep
    self.power = power
    finished = recording.outcomes.filter { $0.status == .finished }
  }

  /// nil when nothing happened that the figure could be taken of.
  func value(of metric: Metric) -> Double? {
    switch metric {
    case .latency(.itl, .quantile(let share)):
      recording.interTokenLatencies.quantile(share).map { $0 / 1e9 / tokensPerStep }
    case .latency(let latency, let statistic):
      value(of: statistic, in: latencies(latency))
    case .meanGap: recording.interTokenLatencies.mean.map { $0 / 1e9 / tokensPerStep }
    case .outputThroughput: outputThroughput
    case .batchEndToEnd: lastEnd.map { $0 * 1e3 }
    case .batchPrefill:
      finished.map(\.firstToken.seconds).max().map { $0 * 1e3 }
    case .endToEndPerOutputToken:
      lastEnd.flatMap { end in
        finished.map(\.outputTokens).max().map { end * 1e3 / (Double($0) * tokensPerStep) }
      }
    case .power: meanPower
    case .powerPerAccelerator:
      meanPower.flatMap { watts in power.map { watts / $0.accelerators } }
    case .energyPerOutputToken:
      meanPower.flatMap { watts in outputThroughput.map { watts / $0 } }
    }
  }

  /// Watts of all accelerators.
  private var meanPower: Double? {
    guard let start = finished.map(\.arrival).min() else { return nil }
    return power?.mean(over: recording, from: start)?.value
  }

  private var lastEnd: Double? { finished.map(\.finish.seconds).max() }

  private var outputThroughput: Double? {
    let tokens = finished.reduce(0.0) { $0 + Double($1.outputTokens) }
    let start = finished.map(\.arrival.seconds).min() ?? 0
    return lastEnd.map { tokens * tokensPerStep / ($0 - start) * shares }
  }

  private func value(of statistic: Metric.Statistic, in latencies: [Instant]) -> Double? {
    guard !latencies.isEmpty else { return nil }
    switch statistic {
    case .mean:
      return latencies.reduce(0.0) { $0 + Double($1) } / Double(latencies.count) / 1e9
    case .quantile(let share):
      var values = latencies
      return Quantiles.select([share], in: &values).map { $0[0] / 1e9 }
    }
  }

  /// In picoseconds, one a request that has such a latency.
  private func latencies(_ latency: Metric.Latency) -> [Instant] {
    switch latency {
    case .ttft:
      finished.map { $0.firstToken.picoseconds - $0.arrival.picoseconds + held($0) + queued }
    case .e2e: finished.map { $0.finish.picoseconds - $0.arrival.picoseconds + queued }
    case .tpot, .itl:
      finished.filter { $0.outputTokens > 1 }.map {
        let decoding = $0.finish.picoseconds - $0.firstToken.picoseconds - held($0)
        return Instant(Double(decoding) / Double($0.outputTokens - 1) / tokensPerStep)
      }
    }
  }

  private var queued: Instant { SimTime(seconds: wait).picoseconds }

  /// How long the first token waits to be sent, at the request's own mean step; no longer than half
  /// the answer takes.
  private func held(_ request: Outcome) -> Instant {
    guard streamSteps > 0, request.outputTokens > 1 else { return 0 }
    let decoding = Double(request.finish.picoseconds - request.firstToken.picoseconds)
    return Instant(decoding * min(0.5, streamSteps / Double(request.outputTokens - 1)))
  }
}

extension Recording {
  /// Requests past their first token, on average over the time that any was; at least one.
  var meanBatch: Double {
    let finished = outcomes.filter { $0.status == .finished }
    let start = finished.map(\.firstToken.seconds).min() ?? 0
    let end = finished.map(\.finish.seconds).max() ?? 0
    let decoding = finished.reduce(0.0) { $0 + $1.finish.seconds - $1.firstToken.seconds }
    return end > start ? max(1, decoding / (end - start)) : 1
  }
}
