import Report
package import Scenarios
import ServingSim
import SimKernel

/// Answers questions by runs that grow longer as fewer plans are left (successive halving):
///
/// 1. Each plan is made; one that does not fit is never run.
/// 2. A tenth of the requests, hardly ever two at once, on one replica. A plan that misses an objective
///    so is too slow, however many replicas there are.
/// 3. A tenth of the requests, all at once, on one replica: what a replica does at most bounds how few
///    can do.
/// 4. A fifth of the requests: the fewest replicas that hold.
/// 5. All requests and seeds, for plans that may still be best in something.
package struct Recommender: Sendable {
  /// As it was asked, without what the workload cannot be changed by.
  package private(set) var question: Question
  private let runner: TrialRunner
  private let load: ScenarioSize
  private let length: ScenarioLength
  /// Its replicas.
  private let fleet: ScenarioSize
  /// Whether there is an objective to choose by.
  package let isJudged: Bool
  private let requests: Int
  /// Requests a second.
  private let rate: Double

  /// Fewer say nothing of a 95th percentile.
  private static let fewest = 200
  /// What short runs may be off by.
  private static let tolerance = 0.1

  /// Throws what keeps the scenario from being asked.
  package init(_ question: Question, _ runner: TrialRunner) throws(ScenarioIssues) {
    self.question = question
    self.runner = runner
    load = try question.template.statedLoad()
    length = try question.template.statedLength()
    fleet = try question.template.statedReplicas()
    let plan = try Self.first(of: question, runner)
    let workload = plan.workload
    isJudged = plan.isJudged
    if workload.content != nil { self.question.changes.removeAll { $0.prompts != 1 } }
    requests = workload.count
    let span = workload.arrivals.lazy.filter { !$0.isNever }.map(\.seconds).max() ?? 0
    rate = span > 0 ? Double(requests) / span : 0
  }

  /// The first plan that can be made. Throws what keeps the first from being made, where none can.
  private static func first(
    of question: Question, _ runner: TrialRunner
  ) throws(ScenarioIssues) -> Plan {
    var problem: ScenarioIssues?
    for candidate in question.candidates {
      do throws(ScenarioIssues) {
        return try question.template.load(
          candidate.overrides, seed: runner.seeds.first, memoryLimit: runner.memoryLimit
        ).plan
      } catch {
        problem = problem ?? error
      }
    }
    throw problem ?? ScenarioIssues([])
  }

  /// `told` hears what comes of each plan.
  package func answer(
    told: @escaping @Sendable (Recommended) -> Void = { _ in }
  ) -> Recommendation {
    let candidates = question.candidates
    let looks = concurrently(candidates, workers: runner.workers) { candidate in
      let look = look(at: candidate)
      if let fate = look.fate { told(Recommended(candidate: candidate, fate: fate)) }
      return look
    }
    var spent = looks.reduce(0) { $0 + $1.requests }
    var plans = zip(candidates, looks).compactMap { candidate, look in
      look.fate.map { Recommended(candidate: candidate, fate: $0) }
    }
    let left = zip(candidates, looks).compactMap { candidate, look in
      look.short.map { (candidate: candidate, short: $0) }
    }.sorted { $0.short.price < $1.short.price }
    // By their short runs, and by more than those are off. The cheapest one of each accelerator is kept:
    // how dear others may get depends on it.
    let beaten = left.enumerated().map { index, plan -> String? in
      guard
        left[..<index].contains(where: { $0.candidate.accelerator == plan.candidate.accelerator })
      else { return nil }
      return left.first { $0.short.beats(plan.short, by: Self.tolerance) }?.candidate.name
    }
    for (plan, other) in zip(left, beaten) {
      guard let other else { continue }
      plans.append(
        Recommended(candidate: plan.candidate, fate: .worse(than: other, plan.short)))
    }
    let promising = zip(left, beaten).filter { $0.1 == nil }.map(\.0)
    let confirmed = concurrently(promising, workers: runner.workers) { plan in
      let (fate, requests) = confirm(plan.candidate, from: plan.short)
      let plan = Recommended(candidate: plan.candidate, fate: fate)
      told(plan)
      return (plan: plan, requests: requests)
    }
    spent += confirmed.reduce(0) { $0 + $1.requests }
    var answer = Recommendation(plans: plans + confirmed.map(\.plan), requests: spent)
    vary(&answer)
    return answer
  }

  /// Tries the plans on the front with what may change.
  private func vary(_ answer: inout Recommendation) {
    let front = Set(answer.front.map(\.candidate.name))
    let tried = concurrently(
      answer.plans.indices.filter { front.contains(answer.plans[$0].candidate.name) },
      workers: runner.workers
    ) { [plans = answer.plans] index in
      (index: index, changed: changed(plans[index]), grids: carbonOfGrids(plans[index]))
    }
    for (index, changed, grids) in tried {
      answer.plans[index].changed = changed.map(\.replicas)
      answer.plans[index].carbonOfGrids = grids.map(\.carbon)
      answer.requests +=
        changed.reduce(0) { $0 + $1.requests } + grids.reduce(0) { $0 + $1.requests }
    }
  }

  private func changed(_ plan: Recommended) -> [(replicas: Int?, requests: Int)] {
    guard let figures = plan.figures else { return [] }
    let most = most(accelerators: figures.accelerators, replicas: figures.replicas)
    return question.changes.map { change in
      // As many seconds as a fifth of the requests last, so as many more of them.
      let count = Int(Double(requests) * change.load)
      let part = length.part(0.2, of: count, atLeast: 2 * Self.fewest).map { [$0] } ?? []
      let factor = change.load * (1 + change.prompts) / 2
      let start = Int((Double(figures.replicas) * factor).rounded())
      guard start <= most else { return (nil, 0) }
      let load = load.setting(load.stated * change.load)
      var runner = alone
      runner.promptScale = change.prompts
      let found = search(
        plan.candidate.overrides + part + [load], from: start, most: most, runner)
      return (found.figures?.replicas, found.requests)
    }
  }

  private func carbonOfGrids(_ plan: Recommended) -> [(carbon: Double?, requests: Int)] {
    guard let figures = plan.figures else { return [] }
    return question.grids.map { grid in
      let trial = runner.trial(
        plan.candidate.overrides + [
          replicas(figures.replicas), Override(setting: "impact.grid", to: grid),
        ], .expected, endsWhenLost: false)
      return (PlanFigures(trial, replicas: figures.replicas)?.carbon, trial.requests)
    }
  }

  // MARK: stages

  private struct Look: Sendable {
    /// What comes of it, where that is known by now.
    var fate: Recommended.Fate?
    /// By a short run.
    var short: PlanFigures?
    var requests = 0
  }

  private func look(at candidate: Question.Candidate) -> Look {
    let runner = alone
    let tenth = length.part(0.1, of: requests, atLeast: Self.fewest).map { [$0] } ?? []
    let one = candidate.overrides + [replicas(1)] + tenth
    var look = Look()

    var quiet = runner.trial(one + [quietLoad], .expected)
    look.requests += quiet.requests
    if case .lost = quiet.outcome {
      // It says how slow it is only when it goes on to the end.
      quiet = runner.trial(one + [quietLoad], .expected, endsWhenLost: false)
      look.requests += quiet.requests
    }
    if let fate = Self.fate(ofQuiet: quiet) {
      look.fate = fate
      return look
    }
    if question.confidence == .sure {
      let sure = runner.trial(one + [quietLoad], .sure)
      look.requests += sure.requests
      if let objective = sure.service.first(where: { $0.verdict != .met }) {
        look.fate = .unsure(Self.words(objective, interval: true))
        return look
      }
    }

    let most = most(accelerators: quiet.runs.first?.accelerators ?? 1, replicas: 1)
    var least = 1
    if let busyLoad {
      let busy = runner.trial(one + [busyLoad], .expected, endsWhenLost: false)
      look.requests += busy.requests
      let throughput = busy.runs.first?.metrics.throughput.requestsPerSecond ?? 0
      if throughput > 0 { least = max(1, Int(rate / throughput * (1 - 2 * Self.tolerance))) }
    }
    guard least <= most else {
      look.fate = .tooLarge
      return look
    }

    let fifth = length.part(0.2, of: requests, atLeast: 2 * Self.fewest).map { [$0] } ?? []
    let found = search(candidate.overrides + fifth, from: least, most: most, runner)
    look.requests += found.requests
    look.short = found.figures
    if look.short == nil { look.fate = .tooLarge }
    return look
  }

  /// The fate of a plan, and the requests that it took to find out.
  private func confirm(
    _ candidate: Question.Candidate, from short: PlanFigures
  ) -> (Recommended.Fate, Int) {
    let most = most(accelerators: short.accelerators, replicas: short.replicas)
    let found = search(candidate.overrides, from: short.replicas, most: most, alone)
    guard let figures = found.figures else { return (.tooLarge, found.requests) }
    if let amount = figures.trial.amounts.first(where: { !$0.isMetAsPredicted }) {
      return (.tooDear(Self.words(amount)), found.requests)
    }
    return (.holds(figures), found.requests)
  }

  /// The fewest replicas that hold, `most` of them at most; nil: none do.
  private func search(
    _ overrides: [Override], from least: Int, most: Int, _ runner: TrialRunner
  ) -> (figures: PlanFigures?, requests: Int) {
    var search = CapacitySearch(runner, .replicas(least, path: fleet.path))
    search.overrides = overrides
    search.mostReplicas = most
    let capacity = search.run([question.confidence])
    let found = question.confidence == .sure ? capacity.sure : capacity.expected
    let figures = capacity.trial(at: found).flatMap { PlanFigures($0, replicas: Int(found ?? 0)) }
    return (figures, capacity.requests)
  }

  /// How many replicas are allowed, where so many take so many accelerators.
  private func most(accelerators: Int, replicas: Int) -> Int {
    question.mostAccelerators * replicas / max(1, accelerators)
  }

  /// One trial at a time: plans are looked at side by side.
  private var alone: TrialRunner {
    var runner = runner
    runner.workers = 1
    return runner
  }

  private func replicas(_ n: Int) -> Override { fleet.setting(Double(n)) }

  /// Under which requests hardly ever meet.
  private var quietLoad: Override {
    switch load {
    case .rate, .rateScale: setting(times: min(1, 1e-3 / max(rate, 1e-3)))
    case .clients, .replicas: load.setting(1)
    }
  }

  /// Under which all of them meet; nil for clients, who wait for each other.
  private var busyLoad: Override? {
    switch load {
    case .rate, .rateScale: setting(times: 1000)
    case .clients, .replicas: nil
    }
  }

  /// So many times the load, as far as a scenario can state it.
  private func setting(times factor: Double) -> Override {
    guard case .rateScale = load else { return load.setting(load.stated * factor) }
    let bounds = ScenarioSize.rateScales
    return load.setting(min(max(load.stated * factor, bounds.lowerBound), bounds.upperBound))
  }

  // MARK: words

  /// nil: it may hold.
  private static func fate(ofQuiet trial: Trial) -> Recommended.Fate? {
    switch trial.outcome {
    case .refused(let message): return .refused(message)
    case .stopped: return .refused("stopped")
    case .lost, .judged: break
    }
    let missed = trial.service.first { objective in
      guard let value = objective.value else { return true }
      return objective.isCeiling
        ? value > objective.limit * (1 + tolerance) : value < objective.limit * (1 - tolerance)
    }
    return missed.map { .tooSlow(words($0)) }
  }

  private static func words(_ objective: JudgedObjective, interval: Bool = false) -> String {
    let cells = ObjectiveTable.cells(objective)
    return "\(objective.name) \(cells[interval ? 4 : 1]) of \(cells[2])"
  }
}
