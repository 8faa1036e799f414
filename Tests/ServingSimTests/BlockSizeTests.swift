import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct BlockSizeTests {
  @Test(arguments: [1, 2, 3, 5, 7, 16, 48, 127, 784, 1056, (1 << 31) - 1])
  func `blocks are counted as by division`(size: Int) {
    let blockSize = BlockSize(size)
    for count in counts(around: size) {
      let whole = count / size
      let isExact =
        blockSize.full(count) == whole && blockSize.remainder(count) == count - whole * size
        && blockSize.blocks(for: count) == (count + size - 1) / size
      #expect(isExact, "\(count) tokens")
    }
  }

  /// Counts at which a quotient changes, and others anywhere, up to where the next block would
  /// lie beyond 2^31 tokens.
  private func counts(around size: Int) -> [Int] {
    let greatest = (1 << 31) - size
    var random = RandomStream(seed: 1, .tests, index: UInt64(size))
    var counts = [0, 1, greatest - 1, greatest]
    for multiple in 1..<40 {
      counts.append(multiple * size - 1)
      counts.append(multiple * size)
    }
    for _ in 0..<500 { counts.append(random.integer(below: greatest + 1)) }
    return counts.filter { 0 <= $0 && $0 <= greatest }
  }
}
