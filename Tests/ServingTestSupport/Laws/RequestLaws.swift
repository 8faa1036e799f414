import ServingModel
import SimKernel
import ServingSim

extension Law {
  static let requestsAreConserved = Law("every request arrives and ends once") { plan, recording in
    let releases = recording.releases
    for (number, outcome) in recording.outcomes.enumerated() {
      let prompt = Int(plan.workload.promptTokens[number])
      switch outcome.status {
      case .failed where !plan.failures.isEmpty: break
      case .aborted where plan.workload.patience?[number] ?? .longest < .longest: break
      case .rejectedByAdmission where !plan.admission.isEmpty:
        guard outcome.firstScheduled == .never, outcome.finish == releases[number] else {
          return "request \(number) was refused: \(outcome)"
        }
      case .notArrived, .underWay, .aborted, .rejectedByAdmission, .failed:
        return "request \(number) is \(outcome.status) at the end"
      case .rejectedPromptTooLong:
        guard outcome.firstScheduled == .never, outcome.finish == releases[number],
          plan.replicas.contains(where: { prompt >= $0.maxModelLength })
        else { return "request \(number) was refused: \(outcome)" }
      case .finished:
        let room = plan.replicas[Int(outcome.replica)].maxModelLength - prompt
        let limit = plan.workload.traits.value(.maxTokens, of: number) ?? .max
        let tokens = min(Int(plan.workload.outputTokens[number]), Int(limit), room)
        guard tokens > 0, outcome.outputTokens == Int32(tokens) else {
          return "request \(number) has \(outcome.outputTokens) tokens, not \(tokens)"
        }
      }
    }
    return nil
  }

  static let momentsAreInOrder = Law("arrival, first step, first token, end") { _, recording in
    for (number, outcome) in recording.outcomes.enumerated()
    where outcome.status == .finished {
      let isAnswerOfOne = outcome.outputTokens == 1
      guard outcome.arrival <= outcome.firstScheduled,
        outcome.firstScheduled < outcome.firstToken,
        isAnswerOfOne == (outcome.firstToken == outcome.finish),
        outcome.firstToken <= outcome.finish, outcome.finish <= recording.end
      else { return "request \(number): \(outcome)" }
    }
    return nil
  }

  static let windowsCountEverythingOnce = Law("windows add up to outcomes") { _, recording in
    for (i, replica) in recording.replicas.enumerated() {
      let requests = recording.finished(on: i).map { recording.outcomes[$0] }
      let totals = replica.totals
      let preemptions = requests.reduce(0) { $0 + Int($1.preemptions) }
      guard totals.arrived == requests.count, totals.finished == requests.count,
        totals.preemptions == preemptions, replica.preemptions == preemptions,
        isClose(totals.prefillSteps.steps + totals.decodeSteps.steps, Double(replica.steps))
      else { return "replica \(i): \(totals)" }
    }
    return nil
  }
}
