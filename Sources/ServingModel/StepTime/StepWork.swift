/// What one engine step computes, in totals over its batch: all that a step-time model may see.
///
/// A sequence's context is the number of its tokens whose KV entries exist before the step.
package struct StepWork: Hashable, Sendable {
  /// Sequences that finish or continue a prompt in this step, and their tokens.
  package var prefillSequences: Int
  package var prefillTokens: Int
  /// Sum over prefilling sequences of n c + n (n + 1) / 2 for n new tokens after context c: the
  /// query-key pairs of causal attention.
  package var prefillPairs: Int
  /// The same with every token seeing at most the model's window; 0 without windowed layers.
  package var prefillWindowedPairs: Int
  /// Sum of the prefilling sequences' contexts.
  package var prefillContext: Int
  /// Sequences that generate their next token from their last one, or several with a drafter's help.
  package var decodeSequences: Int
  /// Sum of the decoding sequences' contexts.
  package var decodeContext: Int
  /// Sum of min(context, window); 0 without windowed layers.
  package var decodeWindowedContext: Int
  /// Tokens that a drafter proposed for the decoding sequences and that this step verifies, beside
  /// their last ones, and the query-key pairs of these.
  package var draftTokens: Int
  package var draftPairs: Int
  /// The same pairs with every token seeing at most the model's window; 0 without windowed layers.
  package var draftWindowedPairs: Int

  /// A step of nothing.
  @inlinable @inline(__always)
  package init() {
    prefillSequences = 0
    prefillTokens = 0
    prefillPairs = 0
    prefillWindowedPairs = 0
    prefillContext = 0
    decodeSequences = 0
    decodeContext = 0
    decodeWindowedContext = 0
    draftTokens = 0
    draftPairs = 0
    draftWindowedPairs = 0
  }

  /// Tokens that go through the model's layers.
  @inlinable @inline(__always) package var tokens: Int {
    prefillTokens + decodeSequences + draftTokens
  }

  /// Sequences that it computes anything of.
  package var sequences: Int { prefillSequences + decodeSequences }

  /// Tokens that the output head is asked for what follows them. A prompt that goes on in the next step
  /// counts as if it ended here.
  package var sampledTokens: Int { prefillSequences + decodeSequences + draftTokens }

  /// Whether each of its sequences computes its last token and no other.
  package var isPlainDecode: Bool { prefillSequences == 0 && draftTokens == 0 }
}
