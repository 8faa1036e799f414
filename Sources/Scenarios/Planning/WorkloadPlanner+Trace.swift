import ServingSim
import SimKernel
import TraceArchive
import TextAndBytes

extension WorkloadPlanner {
  /// Reads a trace and makes its requests those of the run; nil, with problems, when it cannot.
  func replay(
    _ section: TraceSection, lines: inout PlanLines, derived: inout PlanLines, said: inout [String]
  ) -> Workload? {
    guard let stated = section.path else { return nil }
    lines.stated(stated)
    lines.stated(section.format)
    var options = TraceReadOptions(
      format: section.format?.value, sort: section.sort?.value ?? false,
      mooncakeBlockSize: section.blockSize?.value ?? 512)
    options.columns = section.columns.map(\.value)
    options.timeUnit = section.timeUnit?.value
    for column in section.columns {
      let name = String(column.value.drop { $0 != "=" }.dropFirst())
      lines.add(column.path, name, column.origin.planText)
    }
    lines.stated(section.timeUnit)
    lines.stated(section.sort)
    lines.stated(section.blockSize)
    let replay = self.replay(section, lines: &lines)
    guard let path = source.readable(stated, issues: issues) else { return nil }
    do throws(FileProblems) {
      let trace = try source.files.trace(path, options)
      let workload = try replay.workload(of: trace)
      describe(trace, lines: &derived)
      said += trace.said
      describe(workload, lines: &derived)
      return workload
    } catch {
      issues.add(error)
      return nil
    }
  }

  private func replay(_ section: TraceSection, lines: inout PlanLines) -> TraceReplay {
    var replay = TraceReplay()
    replay.rateScale = lines.resolve(
      section.rateScale, "\(section.field).rate_scale", default: 1, as: "1")
    if let window = section.window {
      lines.stated(window.from)
      lines.stated(window.to)
      replay.from = window.from.value
      replay.to = window.to.value
    }
    lines.stated(section.limit)
    replay.limit = section.limit?.value
    replay.sessions = lines.resolve(
      section.sessions, "\(section.field).sessions", default: .recorded)
    lines.stated(section.thinkTime)
    replay.thinkTime = section.thinkTime?.value ?? .zero
    lines.stated(section.concurrency)
    replay.concurrency = section.concurrency?.value
    return replay
  }

  private func describe(_ trace: RequestTrace, lines: inout PlanLines) {
    let path = "derived.workload.trace"
    lines.add("\(path).format", trace.format.rawValue, trace.notes.joined(separator: "; "))
    lines.add("\(path).rows", "\(trace.rowsRead)", "derived: rows of the file")
    let dropped = DropReason.allCases.compactMap { reason in
      trace.dropped[reason].map { "\($0) with \(reason.rawValue)" }
    }
    lines.add(
      "\(path).dropped", "\(trace.dropped.values.reduce(0, +))",
      dropped.isEmpty ? "derived: every row is a request" : dropped.joined(separator: ", "))
  }
}
