import TraceArchive

/// A term of a linear step time. One that steps do not tell from those before it is left out.
package enum StepTerm: Int, CaseIterable, Sendable {
  case base
  case perDecodeSequence
  case perPrefillToken
  case perDecodeContext
  case perPrefillPair
  case perPrefillSequence

  /// As a scenario spells it.
  package var name: String {
    switch self {
    case .base: "base"
    case .perDecodeSequence: "per_decode_sequence"
    case .perPrefillToken: "per_prefill_token"
    case .perDecodeContext: "per_decode_context"
    case .perPrefillPair: "per_prefill_pair"
    case .perPrefillSequence: "per_prefill_sequence"
    }
  }

  func amount(in step: TimedStep) -> Double {
    switch self {
    case .base: Double(step.count)
    case .perDecodeSequence: Double(step.decodeSequences)
    case .perPrefillToken: Double(step.prefillTokens)
    case .perDecodeContext: Double(step.decodeContext)
    case .perPrefillPair: Double(step.prefillPairs)
    case .perPrefillSequence: Double(step.prefillSequences)
    }
  }
}
