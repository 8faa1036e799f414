import ServingModel
import SimKernel
import Testing

@Test(arguments: LengthTables.all)
func `a length table rises, has 101 points, a name of its own and a source`(table: LengthTable) {
  for lengths in [table.promptTokens, table.outputTokens] {
    guard case .quantiles(let values) = lengths.law else {
      Issue.record("\(table.id) is no quantile table")
      continue
    }
    #expect(values.count == 101)
    #expect(values == values.sorted())
    #expect(values.allSatisfy { $0 >= 1 && $0 == $0.rounded() })
  }
  #expect(!table.source.isEmpty)
  #expect(LengthTables.named(table.id) == table)
  #expect(LengthTables.all.count { $0.id == table.id } == 1)
}

/// Means of the traces themselves.
@Test(arguments: [
  ("azure2023-conv", 1154.697, 211.126), ("azure2023-code", 2047.848, 27.883),
  ("mooncake-conversation", 12035.061, 342.619), ("sharegpt", 85.259, 280.127),
  ("ragpulse", 2943.583, 283.236), ("weka", 118295.988, 440.076),
])
func `lengths drawn from a table have the trace's mean`(
  id: String, prompt: Double, output: Double
) throws {
  let table = try #require(LengthTables.named(id))
  for (lengths, expected) in [(table.promptTokens, prompt), (table.outputTokens, output)] {
    var stream = RandomStream(seed: 2, .tests)
    let count = 100_000
    let sum = (0..<count).reduce(0.0) { sum, _ in sum + Double(lengths.draw(from: &stream)) }
    #expect(abs(sum / Double(count) - expected) < 0.02 * expected)
  }
}

@Test func `an unknown table name finds nothing`() {
  #expect(LengthTables.named("azure") == nil)
}
