import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ReplicaMetricsTests {
  @Test func `a replica's figures are means over the makespan`() throws {
    let (plan, recording) = Fixtures.small()
    let replica = try #require(
      Metrics(FinishedRun(plan: plan, recording: recording)).replicas.first)
    #expect(replica.group == "h100")
    #expect(replica.requests == 4)
    #expect(replica.busyShare == 1 / 2.5)
    #expect(replica.meanRunning == 1.5 / 2.5)
    #expect(replica.meanWaiting == 0.5 / 2.5)
    #expect(replica.meanCacheUse == 25 / 2.5 / 100)
    #expect(replica.peakCacheUse == 0.4)
    #expect(replica.prefixHitRatio == 32.0 / 350)
    #expect(replica.preemptions == 1)
  }

  @Test func `utilisation holds the meter's work against the peaks`() throws {
    let (plan, recording) = Fixtures.small()
    let replica = try #require(
      Metrics(FinishedRun(plan: plan, recording: recording)).replicas.first)
    // 210 tokens x 2 + 12 sampled x 3 + 40 pairs x 0.5 operations, of 1000 a second.
    #expect(replica.modelFLOPsUtilization == (420 + 36 + 20) / 2500.0)
    // 100 of weights, 100 of context x 1, 210 tokens written x 4, of 1000 a second.
    #expect(replica.modelBandwidthUtilization == (100 + 100 + 840) / 2500.0)
  }

  @Test func `without a meter no utilisation is known`() throws {
    var (plan, recording) = Fixtures.small()
    plan.replicas = [Fixtures.replica(meter: nil)]
    let replica = try #require(
      Metrics(FinishedRun(plan: plan, recording: recording)).replicas.first)
    #expect(replica.modelFLOPsUtilization == nil)
    #expect(replica.modelBandwidthUtilization == nil)
    recording.replicas = [Fixtures.idle()]
    #expect(Metrics(FinishedRun(plan: plan, recording: recording)).replicas[0].busyShare == 0)
  }
}
