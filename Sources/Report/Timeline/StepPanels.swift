package import ServingSim
import SimKernel
import TextAndBytes

/// The first steps of a replica as text: a `StepDiagram` in panels that a terminal can show.
package enum StepPanels {
  /// More steps than a reader follows.
  package static let mostSteps = 120

  /// One of the run's engines, from the run's start.
  package static func text(
    of replica: Int, in plan: Plan, _ recording: Recording, steps: Int = mostSteps
  ) -> String {
    let number = plan.engineNumbers(recording)[replica].text
    let solo = SoloPlan(of: replica, in: plan, recording)
    let trace = StepTrace(of: solo.plan, replica: solo.replica, mostSteps: steps)
    guard let end = trace.steps.last?.end else { return "Replica \(number) ran no step.\n" }
    // In order of arrival; a long run has far more requests than a diagram has rows.
    let places = trace.outcomes.indices.filter {
      let outcome = trace.outcomes[$0]
      return Int(outcome.replica) == solo.replica && outcome.arrival < end
    }.sorted { (trace.outcomes[$0].arrival, $0) < (trace.outcomes[$1].arrival, $1) }
    let numbers = places.map { String(solo.numbers[$0]) }
    let width = numbers.map(\.count).max() ?? 1
    let rows = zip(places, numbers).map { ($0, TextLayout.padLeft($1, to: width)) }
    let lines = StepDiagram(trace, of: solo.plan.workload, rows: rows).text
      .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    let title =
      "Replica \(number) \(solo.replicaPlan.group): \(trace.steps.count) steps, "
      + "\(TimeUnit.text(Double(end.picoseconds) / 1e12)); a row a request, a column a step."
    return ([title, Self.key, ""] + panels(lines, label: width + 2)).joined(separator: "\n")
      + "\n"
  }

  private static let key =
    "12 or (12) prefills so many tokens, d decodes, . waits, - is left out,\n"
    + "x was preempted, | has ended."

  /// `lines` cut into pieces that fit; a piece has the rows that are not blank in it.
  private static func panels(_ lines: [String], label: Int) -> [String] {
    let room = TextLayout.width - label
    let longest = (lines.map(\.count).max() ?? 0) - label
    return stride(from: 0, to: max(1, longest), by: room).flatMap { start in
      let rows = lines.compactMap { line -> String? in
        let piece = line.dropFirst(label + start).prefix(room)
        return piece.allSatisfy { $0 == " " } ? nil : String(line.prefix(label) + piece)
      }
      return (start == 0 ? [] : [""]) + rows.map { TextLayout.trimmed($0) }
    }
  }
}
