/// Tokens that a KV block holds, and divisions by it as a multiplication and a shift (Granlund and
/// Montgomery, 1994), exact for all numbers below 2^31.
struct BlockSize {
  let tokens: Int
  private let multiplier: UInt64
  private let shift: UInt64

  init(_ tokens: Int) {
    precondition(tokens > 0 && tokens < 1 << 31, "a KV block of \(tokens) tokens")
    self.tokens = tokens
    let bits = UInt64(Int.bitWidth - (tokens - 1).leadingZeroBitCount)
    shift = 31 + bits
    multiplier = ((1 << shift) + UInt64(tokens) - 1) / UInt64(tokens)
  }

  /// Whole blocks in `count` tokens, which is not negative.
  @inline(__always)
  func full(_ count: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: count) &* multiplier) &>> shift)
  }

  /// Blocks that `count` tokens occupy.
  @inline(__always)
  func blocks(for count: Int) -> Int { full(count &+ tokens &- 1) }

  /// Tokens of `count` beyond whole blocks.
  @inline(__always)
  func remainder(_ count: Int) -> Int { count &- full(count) &* tokens }
}
