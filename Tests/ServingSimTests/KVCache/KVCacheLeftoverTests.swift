import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct KVCacheLeftoverTests {
  /// Texts of preempted requests whose clients leave among them.
  @Test(arguments: 0..<60)
  func `a run leaves no text of a request's own behind`(seed: Int) {
    let plan = randomPlanUnderPressure(seed: UInt64(2 * seed + 1))
    let rows = UnsafeMutableBufferPointer<Outcome>.allocate(capacity: plan.workload.count)
    rows.initialize(repeating: Outcome())
    defer { rows.deallocate() }
    withColumns(of: plan.workload) { columns in
      var fleet = Fleet(plan, columns, outcomes: rows, paths: nil)
      fleet.run(nil)
      for i in 0..<fleet.count { #expect(fleet.replicas[i].kv.strands.count == 0) }
    }
  }

  @Test func `the eviction of forgotten text takes nothing of another's`() {
    var kv = KVCache(
      blockSize: BlockSize(1), capacity: 10, findsPrefixes: true, paths: nil)
    var (first, second) = (
      ContentHold(chain: -1, chainBlocks: 0), ContentHold(chain: -1, chainBlocks: 0)
    )
    kv.take(4)
    kv.release(&first, allocated: 4, full: 4, ended: false)
    kv.forgetOwnText(&first)
    // The second text gets the place in the tables that the first one had.
    kv.take(4)
    kv.release(&second, allocated: 4, full: 4, ended: false)
    kv.take(4)
    #expect(kv.match(second, tokens: 5).blocks == 4)
    kv.take(1)
    #expect(kv.match(second, tokens: 5).blocks == 4 && kv.free == 5)
  }
}
