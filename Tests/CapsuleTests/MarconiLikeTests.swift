import KavierOriginal
import Testing

@testable import Capsule

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

  @Test func `prompts are used again as soon as published, and save as much`() throws {
    for row in MarconiTotals.reuse {
      var settings = try OriginalSettings.published("A10", "Llama-3-8B")
      settings.prefixMinimum = 1024
      settings.cachedPrompts = row.kept
      var run = OriginalRun(settings)
      Self.trace.eachRow(withTokens: true) { _ = run.serve($0) }
      #expect(abs(run.hitRatio / row.hits - 1) < 0.03, "\(row): \(run.hitRatio)")
      #expect(abs(run.prefillSeconds / 3600 / row.hours - 1) < 0.01, "\(row)")
    }
  }

  @Test func `the same seed gives the same trace`() {
    #expect(MarconiLike().csv == Self.trace.csv)
    #expect(MarconiLike(seed: 1).csv != Self.trace.csv)
  }
}
