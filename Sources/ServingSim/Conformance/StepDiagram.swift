import SimKernel

/// A run of one replica drawn as text: one row a request, one column a step.
///
/// `.` waits; a digit, or `(12)` above 9, prefills that many tokens; `d` decodes; `d3` decodes and
/// verifies 3 tokens of a drafter; `x` was preempted; `-` runs but is left out of the step; `|` has ended.
/// A column is as wide as its widest cell.
package struct StepDiagram {
  package let text: String

  /// `rows` are the requests that have one, and the rows' names; without them, all requests have rows,
  /// and letters for names.
  package init(
    _ trace: StepTrace, of workload: Workload, rows wanted: [(request: Int, name: String)]? = nil
  ) {
    let wanted = wanted ?? workload.promptTokens.indices.map { ($0, letter($0)) }
    let rows = wanted.map { row(of: $0.request, in: trace) }
    let widths = trace.steps.indices.map { step in rows.map { $0[step].count }.max() ?? 0 }
    text = zip(wanted, rows).map { wanted, row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line =
        "\(wanted.name): " + cells.joined() + row[trace.steps.count]
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

private func letter(_ number: Int) -> String {
  String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number % 26)))
}

/// One cell a step, and one for what has ended with the last.
private func row(of number: Int, in trace: StepTrace) -> [String] {
  let outcome = trace.outcomes[number]
  let end = trace.steps.firstIndex { $0.start >= outcome.finish } ?? trace.steps.count
  var pen = RowPen()
  let lived = trace.steps[..<end].map { step in
    step.end <= outcome.arrival ? " " : pen.cell(of: number, in: step)
  }
  return lived + ["|"] + [String](repeating: " ", count: trace.steps.count - end)
}

/// Tells a request that its step leaves out from one that waits.
private struct RowPen {
  var isRunning = false

  mutating func cell(of number: Int, in step: TracedStep) -> String {
    if step.preempted.contains(number) { isRunning = false }
    guard let part = step.batch.first(where: { $0.request == number }) else {
      return step.preempted.contains(number) ? "x" : isRunning ? "-" : "."
    }
    isRunning = true
    guard !step.decoding.contains(number) else {
      return part.tokens > 1 ? "d\(part.tokens - 1)" : "d"
    }
    return part.tokens > 9 ? "(\(part.tokens))" : "\(part.tokens)"
  }
}
