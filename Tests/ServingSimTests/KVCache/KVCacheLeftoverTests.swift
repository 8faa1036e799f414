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
}
