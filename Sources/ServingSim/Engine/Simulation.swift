/// Runs a plan: the one entry to the engine.
package enum Simulation {
  /// Plays the plan to its end. `progress` is called now and then with requests ended so far and
  /// returns false to stop early; the recording then holds what has happened.
  package static func run(_ plan: Plan, progress: ((Int) -> Bool)? = nil) -> Recording {
    preconditionFailure("the engine is being built")
  }
}
