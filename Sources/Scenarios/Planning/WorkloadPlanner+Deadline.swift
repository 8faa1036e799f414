import ServingModel
import ServingSim
import SimKernel
import TextAndBytes

extension WorkloadPlanner {
  /// Gives requests that have no deadline of their own the section's.
  func addDeadlines(
    _ section: DeadlineSection?, to workload: inout Workload, seed: UInt64,
    lines: inout PlanLines
  ) {
    guard let section, let within = section.within else { return }
    lines.stated(within)
    lines.stated(section.ofClass)
    let share = lines.resolve(section.share, "\(section.path).share", default: 1, as: "1")
    guard let isMeant = requests(of: section.ofClass, in: workload) else { return }
    var deadlines =
      workload.deadlines ?? Array(repeating: .longest, count: workload.count)
    for number in deadlines.indices where deadlines[number] == .longest && isMeant(number) {
      var random = RandomStream(seed: seed, .deadlines, index: UInt64(number))
      if random.uniform() < share { deadlines[number] = within.value }
    }
    workload.deadlines = deadlines
  }

  /// Tells the requests of a class; nil, with a problem, when there are none.
  private func requests(of stated: Stated<String>?, in workload: Workload) -> ((Int) -> Bool)? {
    guard let stated else { return { _ in true } }
    guard let classes = workload.traits[.serviceClass] else {
      issues.add(stated.origin, stated.path, "the workload does not say classes of service")
      return nil
    }
    guard let wanted = classes.names.firstIndex(of: stated.value) else {
      issues.add(
        stated.origin, stated.path,
        "no request is of class \"\(stated.value)\"; expected one of "
          + Spelling.list(classes.names) + Spelling.hint(for: stated.value, of: classes.names))
      return nil
    }
    return { classes.ofRequest[$0] == Int32(wanted) }
  }
}
