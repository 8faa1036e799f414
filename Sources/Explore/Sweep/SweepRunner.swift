package import Scenarios

/// Runs what of a sweep is not in its store.
package struct SweepRunner: Sendable {
  package let sweep: Sweep
  package let hashes: PlanHash
  package var shard = SweepShard.whole
  package var workers: Int
  /// Of each worker.
  package var memoryLimit: MemoryLimit?
  /// Hears of every plan how its trace was read; often the same, and from any thread.
  package var told: @Sendable ([String]) -> Void = { _ in }

  package init(_ sweep: Sweep, hashes: PlanHash, workers: Int) {
    self.sweep = sweep
    self.hashes = hashes
    self.workers = workers
  }

  /// The runs of the shard that have not been made, and how many have.
  private func begin(
    _ store: RunStore
  ) throws(StoreProblem) -> (left: [SweepQueue.Task], progress: SweepProgress) {
    try store.begin(sweep, signature: hashes.signature(sweep))
    if try store.hasOtherFiles(hashes) { try store.forgetPoints() }
    let planned = try store.planned()
    // Whether there is memory for a plan depends on where and how it is run: it is asked again.
    let run = try store.hashes(refused: false)
    var left: [SweepQueue.Task] = []
    var index = 0
    var progress = SweepProgress(total: 0)
    for point in sweep.points {
      for seed in sweep.seeds {
        defer { index += 1 }
        guard shard.holds(index) else { continue }
        progress.total += 1
        let known = planned[SweepRun.ID(point: point.number, seed: seed)]
        if let known, run.contains(known) {
          progress.reused += 1
        } else {
          left.append(SweepQueue.Task(point: point, seed: seed))
        }
      }
    }
    return (left, progress)
  }

  /// Makes them. `update` hears how far it is and says whether to go on: what is under way when it
  /// says no is lost, and all that is done is in the store.
  package func run(
    into store: RunStore, update: (SweepProgress) -> Bool
  ) throws(StoreProblem) -> SweepProgress {
    var (left, progress) = try begin(store)
    let columns = SweepColumns(sweep)
    let queue = SweepQueue(
      left, workers: max(1, min(workers, left.count)), claimed: try store.hashes())
    var problem: StoreProblem?
    queue.start { run($0, queue) }
    while let done = queue.waited() {
      guard problem == nil else { continue }
      do throws(StoreProblem) {
        try store.database.transaction { () throws(StoreProblem) in
          for run in done { try store.add(run, columns, hashes) }
        }
      } catch {
        problem = error
        queue.stop()
      }
      for run in done { progress.count(run) }
      if !update(progress) { queue.stop() }
    }
    if let problem { throw problem }
    return progress
  }

  /// nil: it was stopped.
  private func run(_ task: SweepQueue.Task, _ queue: SweepQueue) -> SweepRun? {
    let seed = task.seed
    let id = SweepRun.ID(point: task.point.number, seed: seed)
    let overrides = sweep.overrides(of: task.point)
    let labels = sweep.labels(of: task.point)
    func refused(_ message: String, files: [String] = []) -> SweepRun {
      let hash = hashes.hash(refused: message, overrides.map { "\($0.path)=\($0.text)" })
      return SweepRun(
        id: id, labels: labels, hash: hash,
        row: queue.claim(hash) ? RunRow(hash: hash, refused: message, seed: seed) : nil,
        files: files)
    }
    let loaded: LoadedScenario
    do throws(ScenarioIssues) {
      loaded = try sweep.template.load(overrides, seed: seed, memoryLimit: memoryLimit)
    } catch {
      return refused(error.issues.map(\.reason).joined(separator: "; "))
    }
    told(loaded.said)
    let hash = hashes.hash(loaded)
    guard queue.claim(hash) else {
      return SweepRun(id: id, labels: labels, hash: hash, row: nil, files: loaded.files)
    }
    switch ScenarioRun(loaded, isStopped: { queue.isStopped }) {
    case .stopped, .lost: return nil
    case .refused(let message): return refused(message, files: loaded.files)
    case .finished(let run, let figures, let seconds):
      return SweepRun(
        id: id, labels: labels, hash: hash,
        row: RunRow(hash: hash, run, figures, seconds: seconds), files: loaded.files)
    }
  }
}

extension SweepProgress {
  fileprivate mutating func count(_ run: SweepRun) {
    switch run.row?.status {
    case nil: reused += 1
    case .finished, .partial: self.run += 1
    case .refused: refused += 1
    }
  }
}

extension ScenarioIssue {
  /// Without the place: that of a value that was put in says nothing a row does not.
  var reason: String { path.isEmpty ? message : "\(path): \(message)" }
}
