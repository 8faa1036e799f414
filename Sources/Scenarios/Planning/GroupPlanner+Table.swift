import ServingModel
import SimKernel
import TraceArchive
import TextAndBytes

/// A step time read from the user's own measurements.
extension GroupPlanner {
  /// The table of `section`; nil, with problems, when it cannot be read or the plan goes beyond it.
  func table(
    _ section: TableSection, _ engine: EngineOptions, maxModelLen: Int, kvTokens: Int,
    lines: inout PlanLines, derived: inout PlanLines
  ) -> MeasuredTable? {
    lines.written(section.node, section.path)
    if section.outside == nil {
      lines.add("\(section.path).outside", TableSection.Outside.refuse.rawValue, "default")
    }
    guard let path = source.readable(section.file, issues: issues) else { return nil }
    do throws(FileProblems) {
      let steps = try StepTable.read(path: path)
      let reach = TableReach(
        decode: MeasuredSurface(steps.decode), prefill: MeasuredSurface(steps.prefill),
        engine: engine, maxModelLen: maxModelLen, kvTokens: kvTokens)
      reach.describe(path: "derived.\(group.path)", lines: &derived)
      guard section.outside?.value == .extend || check(reach, section) else { return nil }
      let table = MeasuredTable(
        decode: reach.decode, prefill: reach.prefill,
        provenance: reach.provenance(file: section.file.value), coversDecode: reach.coversDecode)
      let longest = table.duration(of: reach.fullStep).seconds
      return checkLength(longest, section.node.origin, section.path) ? table : nil
    } catch {
      issues.add(error)
      return nil
    }
  }

  /// Whether the table covers all that the plan can come to.
  private func check(_ reach: TableReach, _ section: TableSection) -> Bool {
    let shortfalls = reach.shortfalls
    for shortfall in shortfalls {
      issues.add(
        origin(of: shortfall.field), "\(group.path).engine.\(shortfall.field.rawValue)",
        "\(shortfall.message) in \(section.file.value); lower it to \(shortfall.covered), measure "
          + "more, or state outside: extend in step_time")
    }
    return shortfalls.isEmpty
  }

  private func origin(of field: TableReach.Field) -> Origin {
    let stated =
      switch field {
      case .maxNumSeqs: group.engine.maxNumSeqs
      case .maxNumBatchedTokens: group.engine.maxNumBatchedTokens
      case .maxModelLen: group.engine.maxModelLen
      }
    return stated?.origin ?? group.origin
  }
}

extension MeasuredSurface {
  fileprivate init(_ steps: [StepTable.Step]) {
    self.init(
      steps.map {
        Point(
          size: $0.size, context: $0.context,
          duration: SimDuration(picoseconds: $0.picoseconds))
      })
  }
}
