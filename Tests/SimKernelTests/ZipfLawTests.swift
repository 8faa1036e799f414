import SimKernel
import Testing

@Test func `a Zipf law draws number k in proportion to the inverse power of its rank`() {
  let law = ZipfLaw(count: 3, exponent: 1)
  var stream = RandomStream(seed: 3, .tests)
  var counts = [0, 0, 0]
  for _ in 0..<110_000 { counts[law.draw(from: &stream)] += 1 }
  #expect(abs(counts[0] - 60_000) < 1000)
  #expect(abs(counts[1] - 30_000) < 1000)
  #expect(abs(counts[2] - 20_000) < 1000)
}

@Test func `an exponent of 0 draws all numbers alike`() {
  let law = ZipfLaw(count: 4, exponent: 0)
  var stream = RandomStream(seed: 4, .tests)
  var counts = [0, 0, 0, 0]
  for _ in 0..<80_000 { counts[law.draw(from: &stream)] += 1 }
  #expect(counts.allSatisfy { abs($0 - 20_000) < 700 })
}
