import Capsule
import Testing

struct MarconiLikeTests {
  private static let trace = MarconiLike()

  @Test func `the totals are those published`() {
    let trace = Self.trace
    #expect(trace.count == MarconiTotals.requests)
    #expect(trace.inputs.reduce(0, +) == MarconiTotals.inputTokens)
    #expect(trace.outputs.reduce(0, +) == MarconiTotals.outputTokens)
    #expect(trace.outputs.reduce(0) { $0 + $1 * ($1 + 1) / 2 } == MarconiTotals.outputSteps)
    #expect(Set(trace.sessions).count == MarconiTotals.sessions)
    #expect(trace.inputs.allSatisfy { $0 >= 1 } && trace.outputs.allSatisfy { $0 >= 1 })
  }

  @Test func `a session's prompts grow`() {
    var last = [Int](repeating: 0, count: MarconiTotals.sessions)
    for (session, input) in zip(Self.trace.sessions, Self.trace.inputs) {
      #expect(input >= last[session])
      last[session] = input
    }
  }

  @Test func `the same seed gives the same trace`() {
    #expect(MarconiLike().csv == Self.trace.csv)
    #expect(MarconiLike(seed: 1).csv != Self.trace.csv)
  }
}
