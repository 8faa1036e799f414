import ServingTestSupport
import Testing
import TraceArchive

private func mean(_ values: [Int32]) -> Double {
  (values.reduce(0) { $0 + Double($1) } / Double(values.count) * 1000).rounded() / 1000
}

@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct RealTraceTests {
  @Test func `the Azure conversation trace of 2023 has its published size and means`() throws {
    let trace = try RequestTrace.read(
      path: SharedData.path("traces/azure/AzureLLMInferenceTrace_conv.csv.gz"))
    #expect(trace.format == .azure && trace.count == 19_366 && trace.rowsRead == 19_366)
    #expect(mean(trace.inputTokens) == 1154.697)
    #expect(mean(trace.outputTokens) == 211.126)
    #expect(trace.arrivals.last == 3_501_721_937_000)
  }

  @Test func `the Mooncake conversation trace has its published size and block ids`() throws {
    let trace = try RequestTrace.read(
      path: SharedData.path("traces/mooncake/conversation_trace.jsonl.gz"))
    #expect(trace.format == .mooncake && trace.count == 12_031)
    #expect(mean(trace.inputTokens) == 12_035.061)
    #expect(trace.arrivals.last == 3_536_999_000_000)
    let prefixes = try #require(trace.prefixes)
    #expect(
      (0..<trace.count).allSatisfy { prefixes[$0].runs.first?.first == 0 },
      "a shared system prompt")
    #expect(Set((0..<trace.count).flatMap { prefixes[$0].ids }).count == 182_790)
  }

  @Test func `the original Kavier's example is read`() throws {
    let trace = try RequestTrace.read(path: SharedData.path("traces/kavier/input_example.csv"))
    #expect(trace.format == .kavier && trace.count == 6)
    #expect(trace.sessions.map { Set($0).count } == 4)
  }
}
