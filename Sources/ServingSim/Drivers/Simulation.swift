import SimKernel

/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end, or to the clock's (`SimTime.last`). `progress` is told every
  /// few milliseconds how many requests have ended and returns false to stop there; the recording
  /// then holds what has happened.
  package static func run(_ plan: Plan, progress: ((Int) -> Bool)? = nil) -> Recording {
    // The run writes where the recording keeps them: outcomes are most of a run's memory.
    var outcomes = blankOutcomes(count: plan.workload.count)
    var recording = outcomes.withUnsafeMutableBufferPointer { rows in
      withColumns(of: plan.workload) { columns in
        var fleet = Fleet(
          plan, columns, outcomes: rows, paths: columns.content.map { ContentPaths($0) })
        fleet.run(progress)
        return fleet.recording(outcomes: [])
      }
    }
    recording.outcomes = outcomes
    return recording
  }

  private static func blankOutcomes(count: Int) -> [Outcome] {
    [Outcome](unsafeUninitializedCapacity: count) { rows, filled in
      preferHugePages(UnsafeMutableRawBufferPointer(rows))
      rows.initialize(repeating: Outcome())
      filled = count
    }
  }
}
