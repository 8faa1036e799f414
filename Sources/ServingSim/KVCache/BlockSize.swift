/// Tokens that a KV block holds, and divisions by it: shifts where it is a power of two, which it
/// nearly always is.
struct BlockSize {
  let tokens: Int
  /// The power of two; -1: it is none.
  private let shift: Int

  init(_ tokens: Int) {
    precondition(tokens > 0, "KV blocks that hold nothing")
    self.tokens = tokens
    shift = tokens & (tokens - 1) == 0 ? tokens.trailingZeroBitCount : -1
  }

  /// Whole blocks in `count` tokens, which is not negative.
  @inline(__always)
  func full(_ count: Int) -> Int { shift >= 0 ? count &>> shift : quotient(count) }

  @inline(never)
  private func quotient(_ count: Int) -> Int { count / tokens }

  /// Blocks that `count` tokens occupy.
  @inline(__always)
  func blocks(for count: Int) -> Int { full(count &+ tokens &- 1) }

  /// Tokens of `count` beyond whole blocks.
  @inline(__always)
  func remainder(_ count: Int) -> Int { count &- full(count) &* tokens }
}
