import SimKernel

/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end, or to the clock's (`SimTime.last`). `progress` is told every
  /// few milliseconds how many requests have ended and returns false to stop there; the recording
  /// then holds what has happened.
  ///
  /// `watch` may end it, too, by what has come of the requests until then.
  package static func run(
    _ plan: Plan, watch: RunWatch? = nil, progress: ((Int) -> Bool)? = nil
  ) -> Recording {
    // The run writes where the recording keeps them: outcomes are most of a run's memory.
    var outcomes = blankOutcomes(count: plan.workload.count)
    var recording = outcomes.withUnsafeMutableBufferPointer { rows in
      withColumns(of: plan.workload) { columns in
        var fleet = Fleet(
          plan, columns, outcomes: rows, paths: columns.content.map { ContentPaths($0) })
        fleet.run(watched(progress, by: watch, UnsafeBufferPointer(rows)))
        return fleet.recording(outcomes: [])
      }
    }
    recording.outcomes = outcomes
    return recording
  }

  private static func watched(
    _ progress: ((Int) -> Bool)?, by watch: RunWatch?, _ outcomes: UnsafeBufferPointer<Outcome>
  ) -> ((Int) -> Bool)? {
    guard var watch else { return progress }
    return { ended in watch.goesOn(ended: ended, outcomes) && progress?(ended) != false }
  }

  private static func blankOutcomes(count: Int) -> [Outcome] {
    [Outcome](unsafeUninitializedCapacity: count) { rows, filled in
      preferHugePages(UnsafeMutableRawBufferPointer(rows))
      rows.initialize(repeating: Outcome())
      filled = count
    }
  }
}
