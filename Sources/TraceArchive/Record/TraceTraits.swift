import ServingModel
import SimKernel

/// Where a trace has what requests say of themselves.
extension RequestLabel {
  var field: TraceField? { TraceField.named(traceColumn) }
}

extension RequestNumber {
  var field: TraceField? { TraceField.named(traceColumn) }

  /// A value of a trace as the column has it; nil: 0, which says nothing.
  fileprivate func value(_ found: Int64) -> Int64? {
    guard found > 0 else { return nil }
    switch kind {
    case .count: return found
    case .duration:
      let longest = SimDuration.longest.picoseconds
      return found < longest / 1_000_000 ? found * 1_000_000 : longest
    }
  }
}

extension TraitCollector {
  private static let labels = RequestLabel.allCases.map(\.field)
  private static let numbers = RequestNumber.allCases.map(\.field)

  mutating func append(_ record: TraceRecord) {
    append(
      word: { label in Self.labels[label.rawValue].flatMap { record[text: $0] } },
      number: { number in
        Self.numbers[number.rawValue].flatMap { record[$0] }.flatMap { number.value($0) }
      })
  }
}
