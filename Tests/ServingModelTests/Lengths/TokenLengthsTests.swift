import ServingModel
import SimKernel
import Testing

private func draws(_ lengths: TokenLengths, count: Int = 40_000) -> [Int32] {
  var stream = RandomStream(seed: 21, .tests)
  return (0..<count).map { _ in lengths.draw(from: &stream) }
}

private func mean(_ values: [Int32]) -> Double {
  values.reduce(0) { $0 + Double($1) } / Double(values.count)
}

@Test func `fixed lengths are fixed and at least one token`() {
  #expect(Set(draws(.fixed(12), count: 10)) == [12])
  #expect(Set(draws(.fixed(0), count: 10)) == [1])
}

@Test func `lognormal lengths have their median`() {
  let values = draws(TokenLengths(.lognormal(median: 760, sigma: 0.985))).sorted()
  #expect(abs(Int(values[values.count / 2]) - 760) < 15)
}

@Test func `gamma lengths have mean shape x scale`() {
  #expect(abs(mean(draws(TokenLengths(.gamma(shape: 0.93, scale: 2201)))) - 2046.9) < 40)
}

@Test func `uniform lengths reach both ends alike`() {
  let values = draws(TokenLengths(.uniform(min: 3, max: 6)))
  for length in Int32(3)...6 {
    #expect(abs(values.count { $0 == length } - 10_000) < 400)
  }
  #expect(values.allSatisfy { (3...6).contains($0) })
}

@Test func `quantile lengths reproduce the quantiles`() {
  let table = stride(from: 0.0, through: 1000, by: 10).map { $0 }
  let values = draws(TokenLengths(.quantiles(table))).sorted()
  #expect(abs(Int(values[values.count / 4]) - 250) < 10)
  #expect(abs(Int(values[values.count * 9 / 10]) - 900) < 10)
}

@Test func `bounds move outlying draws onto themselves`() {
  let law = TokenLengths(.lognormal(median: 100, sigma: 2), min: 50, max: 200)
  let values = draws(law)
  #expect(values.allSatisfy { (50...200).contains($0) })
  #expect(values.contains(50) && values.contains(200))
  #expect(draws(TokenLengths(.lognormal(median: 1e300, sigma: 1)), count: 1) == [.max])
}
