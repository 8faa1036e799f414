import SimKernel
import Testing

@testable import ServingSim

/// The closed form of a span against its steps one by one.
@Suite(.timeLimit(.minutes(30))) struct StepSpanTests {
  @Test(arguments: 0..<100)
  func `the step that ends at a time is found, also where one ends just then`(seed: Int) {
    var random = RandomStream(seed: UInt64(seed), .tests)
    let steps = 2 + random.integer(below: 1000)
    var span = StepSpan()
    span.start = Int64(random.integer(below: 1 << 40))
    span.first = Int64(1 + random.integer(below: 1 << 36))
    span.growth = seed % 4 == 0 ? 0 : Int64(random.integer(below: 1 << 20))
    span.resize(to: steps)
    var end = span.start
    var length = span.first
    var wrong: [Int] = []
    for step in 1...steps {
      if span.firstBoundary(notBefore: end + 1) != step { wrong.append(step) }
      end += length
      length += span.growth
      if span.firstBoundary(notBefore: end) != step { wrong.append(step) }
    }
    #expect(wrong.isEmpty)
    #expect(span.end == end)
  }
}
