import Testing
import TraceArchive

@testable import Tracer

@Suite(.timeLimit(.minutes(30))) struct WorkloadSinkTests {
  private func record(
    _ id: Int64, at microseconds: Int64? = nil, input: Int64 = 10, output: Int64 = 2,
    _ change: (inout TraceRecord) -> Void = { _ in }
  ) -> TraceRecord {
    var record = TraceRecord()
    record.id = id
    record[.arrival] = microseconds
    record.inputTokens = input
    record.outputTokens = output
    change(&record)
    return record
  }

  private func requests(
    _ records: [TraceRecord], hashing: TraceHeader.Hashing? = nil, limit: Int = .max,
    rate: Double = 1
  ) throws -> [PlannedRequest] {
    let sink = WorkloadSink(limit: limit, rate: rate)
    var header = TraceHeader()
    header.hashing = hashing
    try sink.begin(header, fields: TraceField.allCases)
    for record in records { try sink.take(record) }
    return sink.requests
  }

  private func ids(_ request: PlannedRequest) -> [Int] {
    guard case .drawn(let parts) = request.prompt else { return [] }
    let writer = PromptWriter(kind: .ids, vocabulary: 32_000, seed: 1)
    return parts.flatMap(writer.tokens)
  }

  /// How many leading tokens two prompts have in common.
  private func shared(_ a: PlannedRequest, _ b: PlannedRequest) -> Int {
    zip(ids(a), ids(b)).prefix { $0.0 == $0.1 }.count
  }

  @Test func `arrivals, scaled, and what cannot be sent left out`() throws {
    let found = try requests(
      [record(4, at: 1000), record(5, at: 2000, output: 0), record(6, at: 5000)], rate: 2)
    #expect(found.map(\.arrival) == [500_000, 2_500_000])
    #expect(found.map(\.number) == [0, 1])
    #expect(found.map(\.record.id) == [4, 6])
  }

  @Test func `equal block ids are equal tokens, and nothing else is`() throws {
    let chain = TraceHeader.Hashing(kind: .prefixChain, blockSize: 4, hasPartialBlocks: false)
    let found = try requests(
      [
        record(0, at: 0) { $0.prefixIDs = [1, 2] }, record(1, at: 0) { $0.prefixIDs = [1, 2] },
        record(2, at: 0) { $0.prefixIDs = [1, 3] }, record(3, at: 0),
      ], hashing: chain)
    #expect(found.map { ids($0).count } == [10, 10, 10, 10])
    #expect(shared(found[0], found[1]) == 8)
    #expect(shared(found[0], found[2]) == 4)
    #expect(shared(found[0], found[3]) == 0)
  }

  @Test func `ids that hold within a session are shared there only`() throws {
    let chain = TraceHeader.Hashing(
      kind: .prefixChain, blockSize: 4, scope: .session, hasPartialBlocks: false)
    let found = try requests(
      ["a", "a", "b"].enumerated().map { index, session in
        record(Int64(index), at: 0) {
          $0.prefixIDs = [1, 2]
          $0.session = session
        }
      }, hashing: chain)
    #expect(shared(found[0], found[1]) == 8)
    #expect(shared(found[0], found[2]) == 0)
  }

  @Test func `a turn goes on from its parent's prompt and waits for it`() throws {
    let found = try requests([
      record(7, at: 0, input: 10),
      record(8, input: 30) {
        $0[.parentID] = 7
        $0[.think] = 3
      },
      record(9, input: 5) { $0[.parentID] = 8 },
    ])
    #expect(found[1].waitsFor == [0])
    #expect(found[1].think == 3000)
    #expect(shared(found[0], found[1]) == 10)
    #expect(shared(found[1], found[2]) == 0, "a context that began anew")
  }

  @Test func `segments of one kind and id are equal tokens`() throws {
    let found = try requests([
      record(0, at: 0) { $0[text: .segments] = #"[{"kind":"s","id":1,"tokens":6}]"# },
      record(1, at: 0) { $0[text: .segments] = #"[{"kind":"s","id":1,"tokens":4}]"# },
      record(2, at: 0) { $0[text: .segments] = #"[{"kind":"t","id":1,"tokens":6}]"# },
    ])
    #expect(found.map { ids($0).count } == [10, 10, 10])
    #expect(shared(found[0], found[1]) == 4)
    #expect(shared(found[0], found[2]) == 0)
  }

  @Test(arguments: [900, 963, 50, 2, 128_000])
  func `drawn ids are of the vocabulary`(size: Int) {
    let writer = PromptWriter(kind: .ids, vocabulary: size, seed: 1)
    let ids = writer.tokens(Prompt.Part(content: 1, tokens: 500))
    #expect(ids.allSatisfy { $0 >= 0 && $0 < size })
    #expect(size < 100 || Set(ids).count > 100)
  }
}
