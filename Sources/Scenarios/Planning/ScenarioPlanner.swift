import Impact
import ServingModel
import ServingPolicies
import ServingSim
import SimKernel
import TextAndBytes

/// `Scenario` -> `Plan`: resolves every name, default and file, and refuses what cannot run.
struct ScenarioPlanner {
  let scenario: Scenario
  let source: SourceFile
  let issues: IssueList
  var lines = PlanLines()
  /// What follows from the fields, after all of them.
  private var derived = PlanLines()
  private var memory: MemoryNeed
  /// Known once `plan()` has been called; nil when the scenario has no `impact`.
  private(set) var impact: ImpactPlan?
  /// What files were taken for, to be told to whoever runs it.
  private(set) var said: [String] = []

  init(
    _ scenario: Scenario, source: SourceFile, issues: IssueList, memoryLimit: MemoryLimit? = nil
  ) {
    self.scenario = scenario
    memory = MemoryNeed(limit: memoryLimit)
    self.source = source
    self.issues = issues
  }

  mutating func plan() throws(ScenarioIssues) -> Plan {
    let name = lines.resolve(
      scenario.name, "name", default: defaultName, "default: the file's name")
    let seed = UInt64(lines.resolve(scenario.seed, "seed", default: 1))
    let workload = workload(seed: seed)
    var (replicas, scaling, groups) = fleet(
      requestLength: workload?.typicalRequest, seed: seed)
    let pools = self.pools(of: groups, &replicas, &scaling)
    checkMemory(of: replicas, scaling)
    let sharedStores = sharedStores(replicas + scaling.map(\.replica))
    let (router, routerSettings) = router()
    let objectives = objectives(of: workload)
    lines.stated(scenario.outputDirectory)
    if let section = scenario.impact {
      let planner = ImpactPlanner(section: section, source: source, issues: issues)
      impact = planner.plan()
      planner.write(to: &lines)
    }
    checkGroups(groups.map(\.name))
    let regions = self.regions(pools)
    if regions.serves.count == regions.names.count { checkServing(pools, regions) }
    if let workload { checkLabels(of: workload, pools, regions) }
    let shift = shift(of: workload)
    let admission = admission()
    let failures = failures(of: replicas, scaling)
    let retry = retry()
    try issues.throwIfAny()
    guard var workload else { throw ScenarioIssues([Self.noWorkload(scenario)]) }
    limitAnswers(of: &workload, on: replicas + scaling.map(\.replica))
    let remarks = ScenarioRemarks(
      scenario: scenario, workload: workload, replicas: replicas, scaling: scaling
    ).all
    var plan = Plan(
      name: name, seed: seed, workload: workload, replicas: replicas, router: router,
      shift: shift, objectives: objectives, lines: lines.lines + derived.lines,
      remarks: remarks + lines.remarks)
    plan.routerSettings = routerSettings
    plan.scaling = scaling
    plan.admission = admission
    plan.failures = failures
    plan.pools = pools
    plan.regions = regions
    plan.sharedStores = sharedStores
    plan.retry = retry
    plan.migrationLimit = scenario.router?.migrationLimit?.value ?? 0
    return plan
  }

  /// Of requests that are drawn, where a scheduler asks for it.
  private func limitAnswers(of workload: inout Workload, on replicas: [ReplicaPlan]) {
    guard case .synthetic = scenario.workload?.requests, workload.traits[.maxTokens] == nil,
      replicas.contains(where: {
        $0.scheduler is SGLangScheduling || $0.scheduler is GuaranteedNoEvict
      })
    else { return }
    workload.limitAnswersToTheirLengths()
  }

  /// `my-fleet` for `scenarios/my-fleet.yaml`.
  private var defaultName: String { source.baseName }

  private static func noWorkload(_ scenario: Scenario) -> ScenarioIssue {
    ScenarioIssue(
      origin: scenario.origin, path: "workload", message: "missing; expected trace or synthetic")
  }

  private mutating func workload(seed: UInt64) -> Workload? {
    guard let section = scenario.workload else {
      issues.add(Self.noWorkload(scenario))
      return nil
    }
    let planner = WorkloadPlanner(issues: issues, source: source)
    let planned: Workload?
    switch section.requests {
    case .trace(let trace):
      planned = planner.replay(trace, lines: &lines, derived: &derived, said: &said)
      memory.requests = Double(planned?.count ?? 0) * PlanMemory.request(traits)
    case .synthetic(let synthetic):
      guard
        memory.takes(
          requests: synthetic.memory(traits), what: synthetic.summary, origin: synthetic.origin,
          path: synthetic.path, issues: issues)
      else { return nil }
      planned = planner.synthetic(synthetic, seed: seed, lines: &lines, derived: &derived)
    }
    guard var workload = planned else { return nil }
    addLabels(to: &workload, seed: seed)
    planner.addDeadlines(section.deadline, to: &workload, seed: seed, lines: &lines)
    if let timeout = section.clientTimeout {
      lines.stated(timeout)
      workload.patience = Array(repeating: timeout.value, count: workload.count)
    }
    return workload
  }

  /// What requests have beside their columns.
  private var traits: PlanMemory.Traits {
    var traits: PlanMemory.Traits = []
    if scenario.workload?.deadline != nil { traits.insert(.deadlines) }
    if scenario.workload?.clientTimeout != nil { traits.insert(.patience) }
    if scenario.impact != nil { traits.insert(.billing) }
    return traits
  }

  /// What `impact` says is of groups that there are.
  private func checkGroups(_ names: [String]) {
    for case let name? in scenario.impact?.groups.map(\.name) ?? []
    where !names.isEmpty && !names.contains(name.value) {
      issues.add(
        name.origin, name.path,
        "no group \"\(name.value)\"; expected one of \(Spelling.list(names))"
          + Spelling.hint(for: name.value, of: names))
    }
  }

  private mutating func checkMemory(of replicas: [ReplicaPlan], _ scaling: [ScalingPlan]) {
    let models = scenario.impact.map { $0.power?.count ?? 1 } ?? 0
    guard let excess = memory.takes(replicas: replicas, scaling: scaling, powerModels: models)
    else { return }
    issues.add(scenario.fleet.first?.origin ?? scenario.origin, "fleet", excess)
  }

  private mutating func fleet(
    requestLength: Int?, seed: UInt64
  ) -> ([ReplicaPlan], [ScalingPlan], groups: [(name: String, section: GroupSection)]) {
    if scenario.fleet.isEmpty {
      issues.add(
        scenario.origin, "fleet",
        "missing; expected a mapping like {model: llama-3.1-8b, accelerator: h100-sxm}")
    }
    var replicas: [ReplicaPlan] = []
    var scaling: [ScalingPlan] = []
    var groups: [(name: String, section: GroupSection)] = []
    for (index, stated) in scenario.fleet.enumerated() {
      guard let group = stated.withRecordedServer(source, issues) else { continue }
      let planner = GroupPlanner(
        group: group, index: index, source: source, issues: issues, stores: storeNames,
        seed: seed, requestLength: requestLength)
      var planned = planner.plan(lines: &lines, derived: &derived)
      if let name = planned.replicas.first?.group {
        if groups.contains(where: { $0.name == name }) {
          issues.add(group.origin, group.path, "a second group is named \"\(name)\"")
        }
        groups.append((name, group))
      }
      if let pool = planner.scaling(of: planned, lines: &lines, derived: &derived) {
        for i in planned.replicas.indices { planned.replicas[i].nodes = pool.replica.nodes }
        scaling.append(pool)
      }
      replicas += planned.replicas
    }
    return (replicas, scaling, groups)
  }
}
