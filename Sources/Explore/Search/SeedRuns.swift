package import Report
package import Scenarios
import Synchronization

/// A scenario run with several seeds, on several cores.
package struct SeedRuns: Sendable {
  package enum Outcome: Sendable {
    /// One a seed, in their order.
    case finished(SeedReport)
    /// A bill cannot be made.
    case refused(String)
    case stopped
  }

  private let template: ScenarioTemplate
  private let seeds: [UInt64]
  private let workers: Int
  private let memoryLimit: MemoryLimit?
  private let isStopped: @Sendable () -> Bool

  /// `memoryLimit` is that of each worker.
  package init(
    _ template: ScenarioTemplate, seeds: [UInt64], workers: Int, memoryLimit: MemoryLimit? = nil,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.template = template
    self.seeds = seeds
    self.workers = workers
    self.memoryLimit = memoryLimit
    self.isStopped = isStopped
  }

  /// `told` hears how many are done. Throws what is wrong with the plan of a seed.
  package func run(
    told: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(ScenarioIssues) -> Outcome {
    let done = Mutex(0)
    let made = concurrently(seeds, workers: workers) { seed in
      let run = run(seed)
      told(
        done.withLock { done in
          done += 1
          return done
        })
      return run
    }
    var runs: [ReckonedRun] = []
    for run in made {
      switch try run.get() {
      case .figures(let figures): runs.append(figures)
      case .refused(let message): return .refused(message)
      case .stopped: return .stopped
      }
    }
    return .finished(SeedReport(name: runs.first?.metrics.name ?? "", runs: runs))
  }

  /// What is kept of a run; its requests are not.
  private enum Made: Sendable {
    case figures(ReckonedRun)
    case refused(String)
    case stopped
  }

  private func run(_ seed: UInt64) -> Result<Made, ScenarioIssues> {
    guard !isStopped() else { return .success(.stopped) }
    do throws(ScenarioIssues) {
      let loaded = try template.load(seed: seed, memoryLimit: memoryLimit)
      switch ScenarioRun(loaded, isStopped: isStopped) {
      case .finished(_, let figures, _): return .success(.figures(figures))
      case .refused(let message): return .success(.refused(message))
      case .stopped, .lost: return .success(.stopped)
      }
    } catch {
      return .failure(error)
    }
  }
}
