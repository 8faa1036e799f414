import Dispatch
import Scenarios
import Synchronization

/// What workers take runs from and put them back into, done. One other, who writes them down, waits for
/// them.
final class SweepQueue: Sendable {
  /// A point with one of the seeds.
  struct Task: Sendable {
    var point: Sweep.Point
    var seed: UInt64
  }

  private struct State {
    var next = 0
    var workers: Int
    var done: [SweepRun] = []
    /// The runs that nobody else has to make.
    var claimed: Set<String>
    var isStopped = false
  }

  private let tasks: [Task]
  private let state: Mutex<State>
  private let news = DispatchSemaphore(value: 0)

  /// `claimed`: hashes of plans that are not to be run.
  init(_ tasks: [Task], workers: Int, claimed: Set<String>) {
    self.tasks = tasks
    state = Mutex(State(workers: workers, claimed: claimed))
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// No more are begun.
  func stop() { state.withLock { $0.isStopped = true } }

  /// Whether the plan of this hash is the caller's to run.
  func claim(_ hash: String) -> Bool { state.withLock { $0.claimed.insert(hash).inserted } }

  /// Starts the workers; each makes what is left until nothing is. A nil is not put back.
  func start(_ make: @escaping @Sendable (Task) -> SweepRun?) {
    for _ in 0..<state.withLock({ $0.workers }) {
      DispatchQueue.global().async { [self] in
        while let task = take() {
          if let done = make(task) { put(done) }
        }
        state.withLock { $0.workers -= 1 }
        news.signal()
      }
    }
  }

  private func take() -> Task? {
    state.withLock { state in
      guard !state.isStopped, state.next < tasks.count else { return nil }
      state.next += 1
      return tasks[state.next - 1]
    }
  }

  private func put(_ done: SweepRun) {
    state.withLock { $0.done.append(done) }
    news.signal()
  }

  /// Waits for what has been made meanwhile; nil: all workers have ended.
  func waited() -> [SweepRun]? {
    news.wait()
    return state.withLock { state in
      let done = state.done
      state.done = []
      return done.isEmpty && state.workers == 0 ? nil : done
    }
  }
}
