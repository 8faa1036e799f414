import Foundation
import ServingSim
import ServingTestSupport
import SimKernel
import Testing
import TraceArchive

@testable import Scenarios

/// Conversations and shared documents in one trace.
@Suite(.timeLimit(.minutes(30))) struct MixedContentTests {
  private static let hashing =
    #"{"kind": "prefix_chain", "block_size": 4, "scope": "global", "partial_block": "excluded"}"#

  /// A document of two blocks that a request is about, a conversation about it, a conversation about
  /// nothing, and a request about more of the document.
  private static let rows = """
    request_id,arrival_us,input_tokens,output_tokens,session_id,prefix_ids,answer_in_context
    0,0,8,5,,1;2,
    1,1,10,3,c,1;2,1
    2,2,15,4,c,1;2,1
    3,3,5,2,d,,
    4,4,9,1,d,,
    5,5,12,1,,1;2;3,
    6,6,19,2,c,,1
    """

  private func content(_ rows: String) throws -> ContentTable {
    try #require(
      try TraceReplay().workload(of: scratchTrace(rows, hashing: Self.hashing)).content)
  }

  @Test func `each prompt is told by what the trace says of it`() throws {
    let content = try content(Self.rows)
    #expect(content.chainOfRequest == [0, 1, 1, 2, 2, 0, 1])
    #expect(content.parents == [-1, 0, -1])
    #expect(content.offsets == [0, 8, 0])
    #expect(content.answersExtend == [false, true, true])
  }

  @Test func `an answer that is no part of later prompts is shared with none of them`() throws {
    let content = try content(
      """
      request_id,arrival_us,input_tokens,output_tokens,session_id,answer_in_context
      0,0,8,5,a,0
      1,1,10,5,a,0
      2,2,12,5,a,1
      3,3,20,5,a,1
      4,4,25,5,a,0
      """)
    // The prompt of turn 4 goes on from prompt and answer of turn 3, and its own answer is no part.
    #expect(content.chainOfRequest == [0, 0, 1, 1, 2])
    #expect(content.parents == [-1, 0, 1] && content.offsets == [0, 10, 25])
    #expect(content.answersExtend == [false, true, false])
  }

  @Test func `turns without ids among turns with ids are nobody's unless they say so`() throws {
    let content = try content(
      """
      request_id,arrival_us,input_tokens,output_tokens,session_id,prefix_ids
      0,0,8,1,a,1;2
      1,1,12,1,a,
      2,2,4,1,b,
      """)
    #expect(content.chainOfRequest == [0, -1, 1])
    #expect(content.answersExtend == [false, true])
  }

  @Test func `a conversation that begins with parts of a prompt goes on from its answers`() throws {
    let parts = #""[{""kind"":""passage"",""id"":7,""tokens"":6}]""#
    let content = try content(
      """
      request_id,arrival_us,input_tokens,output_tokens,session_id,segments,answer_in_context
      0,0,9,1,,\(parts),
      1,1,9,2,a,\(parts),1
      2,2,11,2,a,\(parts),1
      """)
    #expect(content.chainOfRequest == [1, 2, 2])
    #expect(content.parents == [-1, 0, 0] && content.offsets == [0, 6, 6])
    #expect(content.answersExtend == [false, false, true])
  }

  @Test(arguments: [1, 2, 4, 16]) func `a mixed trace fares as the reference says`(
    blockSize: Int
  ) throws {
    let workload = try TraceReplay().workload(
      of: scratchTrace(Self.rows, hashing: Self.hashing))
    var plan = stepPlan(
      [], stepReplica(seats: 2, budget: 16, blockSize: blockSize, blocks: 64, caching: true))
    plan.workload = workload
    // One after the other, so that answers are there when the next prompt comes.
    plan.workload.arrivals = workload.arrivals.indices.map { SimTime(seconds: Double($0) * 0.1) }
    let recording = Simulation.run(plan)
    #expect(Differential(plan).difference == nil)
    guard blockSize == 1 else { return }
    #expect(recording.outcomes.map(\.cachedTokens) == [0, 8, 12, 0, 6, 8, 18])
  }
}

/// Traces put together by `kavier trace merge`.
@Suite(.timeLimit(.minutes(30))) struct MergedContentTests {
  @Test func `merged conversations keep what they share, parents or not`() throws {
    let folder = NSTemporaryDirectory() + "kavier-merged-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let chats = """
      request_id,arrival_us,input_tokens,output_tokens,session_id
      0,0,10,2,a
      1,5,20,2,a
      2,9,30,2,a
      """
    let documents = """
      request_id,arrival_us,input_tokens,output_tokens,session_id,parent_id,prefix_ids
      0,1,8,1,x,,1;2
      1,6,12,1,x,0,1;2;3
      """
    let hashing =
      #"{"hashing":{"kind":"prefix_chain","block_size":4,"partial_block":"included"}}"#
    for (name, rows, header) in [("chats", chats, "{}"), ("documents", documents, hashing)] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      try rows.write(
        toFile: "\(folder)/\(name)/requests.csv", atomically: true, encoding: .utf8)
      try header.write(toFile: "\(folder)/\(name)/trace.json", atomically: true, encoding: .utf8)
    }
    _ = try TraceMerge.run(
      paths: ["\(folder)/chats", "\(folder)/documents"], options: TraceReadOptions(),
      to: "\(folder)/both")
    let trace = try RequestTrace.read(path: "\(folder)/both")
    #expect(trace.parents == [-1, -1, 0, 1, 2])
    let content = try #require(try TraceReplay().workload(of: trace).content)
    #expect(content.chainOfRequest == [0, 1, 0, 1, 0])
    #expect(content.answersExtend == [true, false])
  }
}
