import ServingModel
import ServingSim
import TextAndBytes

extension ScenarioPlanner {
  /// What requests and the run are held to. `workload` is nil where it is not known.
  mutating func objectives(of workload: Workload?) -> ServiceLevelObjectives {
    let section = scenario.objectives
    for objective in Objective.allCases { lines.stated(section.each[objective]) }
    add(section.ofRun)
    var objectives = ServiceLevelObjectives(
      timeToFirstToken: section.each[.timeToFirstToken]?.value,
      timePerOutputToken: section.each[.timePerOutputToken]?.value,
      endToEnd: section.each[.endToEnd]?.value,
      ofRun: section.ofRun.map { RunObjective($0.target) })
    for group in section.groups {
      lines.stated(group.name)
      add(group.ofRun)
      let requests = RunObjective.Group(label: group.label, name: group.name.value)
      objectives.ofRun += group.ofRun.map { RunObjective($0.target, of: requests) }
      if let workload { check(group, workload) }
    }
    checkGoodput(objectives, workload)
    checkCeilings()
    return objectives
  }

  private mutating func add(_ stated: [StatedObjective]) {
    for objective in stated {
      lines.add(objective.path, objective.text, objective.origin.planText)
    }
  }

  /// Whether some request is of the group.
  private func check(_ group: ObjectiveGroupSection, _ workload: Workload) {
    let names = workload.traits[group.label]?.names ?? []
    guard !names.contains(group.name.value) else { return }
    let allowed =
      names.isEmpty
      ? "requests of this workload have no \(group.label.name)"
      : "expected one of \(Spelling.list(names.sorted(), most: 20))"
        + Spelling.hint(for: group.name.value, of: names)
    issues.add(group.name.origin, group.name.path, "found \"\(group.name.value)\"; \(allowed)")
  }

  /// A share of requests that meet their limits needs limits; where there are some and no share is
  /// stated, the usual one holds.
  private mutating func checkGoodput(_ objectives: ServiceLevelObjectives, _ workload: Workload?) {
    let section = scenario.objectives
    let shares = (section.ofRun + section.groups.flatMap(\.ofRun)).filter(\.isGoodput)
    let isOwn = Objective.allCases.contains { workload?.traits[$0.number] != nil }
    let hasLimits = !objectives.stated.isEmpty || isOwn
    if hasLimits, shares.isEmpty {
      lines.add("slo.goodput", "\(Int(RunObjective.usualGoodput * 100)) %", "default")
    }
    guard !hasLimits, workload != nil else { return }
    for share in shares {
      issues.add(
        share.origin, share.path,
        "requests have no limits to meet; expected one beside it, like slo.ttft: 1 s or "
          + "slo.ttft: {each: 1 s}, or a trace that states them")
    }
  }

  /// What a ceiling is held against has to be reckoned.
  private func checkCeilings() {
    let impact = scenario.impact
    for objective in scenario.objectives.ofRun {
      switch objective.target {
      case .cost where impact?.price == nil && impact?.ownership == nil:
        issues.add(
          objective.origin, objective.path,
          "needs what accelerators cost; expected impact.price or impact.ownership")
      case .carbon where impact?.grid == nil:
        issues.add(
          objective.origin, objective.path,
          "needs the carbon of the electricity; expected impact.grid")
      default: continue
      }
    }
  }
}
