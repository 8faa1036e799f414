import ServingModel
import SimKernel
import ServingSim

extension Law {
  static let arrivalsAreAsRecorded = Law("recorded arrivals happen when they did") {
    plan, recording in
    for (number, arrival) in plan.workload.arrivals.enumerated() where arrival != .never {
      guard recording.outcomes[number].arrival == arrival else {
        return "request \(number) arrives at \(recording.outcomes[number].arrival)"
      }
    }
    return nil
  }

  static let dependentsFollow = Law("dependents arrive a think time after the last they wait for") {
    plan, recording in
    guard let dependencies = plan.workload.dependencies else { return nil }
    var ready = [SimTime](repeating: .start, count: plan.workload.count)
    for number in ready.indices {
      let range =
        Int(dependencies.firstDependent[number])..<Int(dependencies.firstDependent[number + 1])
      for dependent in dependencies.dependents[range].map(Int.init) {
        ready[dependent] = max(ready[dependent], recording.outcomes[number].finish)
      }
    }
    for number in ready.indices where dependencies.waitsFor[number] > 0 {
      guard recording.outcomes[number].arrival == ready[number] + dependencies.thinkTimes[number]
      else { return "request \(number) arrives at \(recording.outcomes[number].arrival)" }
    }
    return nil
  }

  /// With c clients, the n-th request is sent a think time after the (n - c)-th end.
  static let closedLoopsAreClosed = Law("a closed loop's clients wait for an end") {
    plan, recording in
    guard let loop = plan.workload.closedLoop, plan.workload.dependencies == nil,
      plan.workload.arrivals.allSatisfy({ $0 == .never })
    else { return nil }
    let ends = recording.outcomes.map(\.finish).sorted()
    for (number, outcome) in recording.outcomes.enumerated() {
      let isFirst = number < loop.concurrency
      let expected = isFirst ? .start : ends[number - loop.concurrency] + loop.thinkTime
      guard outcome.arrival == expected else {
        return "request \(number) is sent at \(outcome.arrival), not \(expected)"
      }
    }
    return nil
  }
}
