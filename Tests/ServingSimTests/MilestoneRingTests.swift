import ServingTestSupport
import SimKernel
import Testing

@testable import ServingSim

@Suite(.timeLimit(.minutes(30))) struct MilestoneRingTests {
  @Test func `every milestone is found at its step and none before`() {
    var random = RandomStream(seed: 5, .tests)
    var ring = MilestoneRing()
    var live = Slab<LiveRequest>()
    var milestones: [Int32: Int64] = [:]
    var now: Int64 = 0
    for _ in 0..<2000 {
      if milestones.isEmpty || random.pick([true, false]) {
        let id = live.insert(
          LiveRequest(
            number: 0, promptTokens: 1, outputTokens: 1, maxTokens: 0, rank: 0, arrival: 0,
            content: ContentHold(chain: -1, chainBlocks: 0)))
        let milestone = now + Int64(random.integer(below: random.pick([2, 70, 1000])))
        ring.insert(id, at: milestone, now: now, in: live)
        milestones[id] = milestone
      }
      if random.integer(below: 4) == 0, let id = milestones.keys.min() {
        ring.remove(id, in: live)
        live.remove(id)
        milestones[id] = nil
      }
      guard let next = milestones.values.min() else { continue }
      #expect(ring.stepsToNext(from: now) == Int(next - now) + 1)
      var found: Set<Int32> = []
      var id = ring.takeAll(at: next)
      while id >= 0 {
        found.insert(id)
        id = live[id].milestoneNext
      }
      #expect(found == Set(milestones.filter { $0.value == next }.keys))
      for id in found {
        milestones[id] = nil
        live.remove(id)
      }
      now = next + 1
    }
  }

  @Test func `a milestone beyond the ring waits in its last slot`() {
    var ring = MilestoneRing()
    var live = Slab<LiveRequest>()
    let id = live.insert(
      LiveRequest(
        number: 0, promptTokens: 1, outputTokens: 1, maxTokens: 0, rank: 0, arrival: 0,
        content: ContentHold(chain: -1, chainBlocks: 0)))
    ring.insert(id, at: 10 * MilestoneRing.size, now: 5, in: live)
    #expect(ring.stepsToNext(from: 5) == Int(MilestoneRing.size))
  }
}
