import SimKernel
import Testing

/// Instants as doubles: the bits of the standard library's conversion.
struct InstantConversionTests {
  private func slow(_ n: some BinaryInteger) -> Double { Double(n) }

  @Test func `instants of 64 bits and longer ones convert as the standard library does it`() {
    var instants: [Instant] = [
      0, 1, -1, Instant(Int64.max), Instant(Int64.min), Instant(Int64.max) + 1,
      Instant(Int64.min) - 1, .max, .min, 126_230_400_000_000_000_000,
    ]
    for bit in 0..<126 {
      let power = Instant(1) << Instant(bit)
      instants += [
        power, power - 1, power + 1, -power, power + (power >> 53), power + (power >> 54),
      ]
    }
    for instant in instants { #expect(Double(instant).bitPattern == slow(instant).bitPattern) }
  }
}
