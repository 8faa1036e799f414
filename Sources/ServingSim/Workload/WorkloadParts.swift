/// What two workloads can differ in, each in one number. Numbers of one process are comparable, those
/// of two are not.
package struct WorkloadParts: Hashable, Sendable {
  package private(set) var parts: [(name: String, digest: Int)] = []

  package init(_ workload: Workload) {
    add("the number of requests", workload.count)
    add("lengths of prompts and answers", [workload.promptTokens, workload.outputTokens])
    add("arrivals", workload.arrivals)
    add(
      "which requests share text",
      [
        workload.content?.chainOfRequest, workload.content?.parents, workload.content?.offsets,
        workload.content?.answersExtend.map { $0 ? 1 : 0 },
      ])
    add(
      "which requests wait for others",
      [
        workload.dependencies?.waitsFor, workload.dependencies?.firstDependent,
        workload.dependencies?.dependents,
      ])
    add("think times", workload.dependencies?.thinkTimes)
    add("the closed loop", workload.closedLoop)
    add("sessions and priorities", [workload.sessions, workload.priorities])
    add("deadlines and timeouts", [workload.deadlines, workload.patience])
  }

  /// Of a run that is known only by what came of it.
  package init(_ run: FinishedRun) {
    let outcomes = run.recording.outcomes
    add("the number of requests", outcomes.count)
    add("lengths of prompts", run.promptTokens)
    add("arrivals", outcomes.map(\.arrival))
  }

  private mutating func add(_ name: String, _ value: some Hashable) {
    parts.append((name, value.hashValue))
  }

  /// The names of parts that `other` has otherwise.
  package func differences(from other: WorkloadParts) -> [String] {
    zip(parts, other.parts).compactMap { $0.digest == $1.digest ? nil : $0.name }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.parts.count == b.parts.count && a.differences(from: b).isEmpty
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(parts.map(\.digest)) }
}
