/// What one engine step computes, in totals over its batch: all that a step-time model may see.
///
/// A sequence's context is the number of its tokens whose KV entries exist before the step.
package struct StepWork: Hashable, Sendable {
  /// Sequences that finish or continue a prompt in this step, and their tokens.
  package var prefillSequences = 0
  package var prefillTokens = 0
  /// Sum over prefilling sequences of n c + n (n + 1) / 2 for n new tokens after context c: the
  /// query-key pairs of causal attention.
  package var prefillPairs = 0
  /// The same with every token seeing at most the model's window; 0 without windowed layers.
  package var prefillWindowedPairs = 0
  /// Sum of the prefilling sequences' contexts.
  package var prefillContext = 0
  /// Sequences that generate their next token from their last one.
  package var decodeSequences = 0
  /// Sum of the decoding sequences' contexts.
  package var decodeContext = 0
  /// Sum of min(context, window); 0 without windowed layers.
  package var decodeWindowedContext = 0

  package init() {}

  /// Tokens that go through the model's layers.
  package var tokens: Int { prefillTokens + decodeSequences }
}
