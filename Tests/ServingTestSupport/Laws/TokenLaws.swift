import ServingModel
import SimKernel
import ServingSim

extension Law {
  /// What is computed is what prompts need beyond the prefix cache and answers need beyond their
  /// first token; without a prefix cache, a preempted request's is never less.
  static let tokensAreConserved = Law("tokens computed are tokens needed") { plan, recording in
    for (i, replica) in recording.replicas.enumerated() {
      let numbers = recording.finished(on: i)
      let prefills = numbers.reduce(0) {
        $0 + Int(plan.workload.promptTokens[$1]) - Int(recording.outcomes[$1].cachedTokens)
      }
      let decodes = numbers.reduce(0) { $0 + Int(recording.outcomes[$1].outputTokens) - 1 }
      let totals = replica.totals
      let prefilled = totals.prefillSteps.prefillTokens + totals.decodeSteps.prefillTokens
      let decoded = totals.decodedTokens
      guard totals.decodeSteps.prefillTokens == 0 else { return "a decode step prefills" }
      if replica.preemptions == 0 {
        guard isClose(prefilled, Double(prefills)), isClose(decoded, Double(decodes)) else {
          return "replica \(i): \(prefilled) and \(decoded), not \(prefills) and \(decodes)"
        }
      } else {
        // Who was preempted may find what others have computed of its text since.
        let least = plan.replicas[i].enablePrefixCaching ? 0 : Double(prefills + decodes)
        guard prefilled + decoded >= least - 1e-6, decoded <= Double(decodes) + 1e-6 else {
          return "replica \(i): \(prefilled) and \(decoded) under preemption"
        }
      }
    }
    return nil
  }

  static let gapsFillTheTimeAfterFirstTokens = Law("gaps fill the time after first tokens") {
    plan, recording in
    let finished = recording.outcomes.filter { $0.status == .finished }
    let time = finished.reduce(0) { $0 + $1.finish.picoseconds - $1.firstToken.picoseconds }
    let count = finished.reduce(0) { $0 + Int64($1.outputTokens) - 1 }
    let gaps = recording.interTokenLatencies
    // Tokens that come together have one gap.
    let drafts = plan.replicas.contains { $0.speculation != nil }
    guard drafts ? gaps.count <= count : gaps.count == count, isClose(gaps.total, Double(time))
    else {
      return "\(gaps.count) gaps of \(gaps.total) ps, not \(count) of \(time) ps"
    }
    return nil
  }
}
