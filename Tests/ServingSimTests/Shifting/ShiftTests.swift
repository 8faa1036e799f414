import ServingSim
import ServingTestSupport
import SimKernel
import Testing

/// Requests that wait for a low signal: 300 at first, 100 from 40 ms to 60 ms, then 500.
@Suite(.timeLimit(.minutes(30))) struct ShiftTests {
  private static let signal = StepSeries(starts: [0, 40, 60], values: [300, 100, 500], end: 1000)

  private func run(
    _ arrivals: [Double], deadline: Int, spacing: Int = 2, reserve: Int = 5,
    edit: (inout Plan) -> Void = { _ in }
  ) -> Recording {
    var plan = stepPlan(arrivals.map { StepRequest(at: $0, prompt: 2, output: 2) })
    plan.workload.deadlines = arrivals.map { _ in .millisecond * deadline }
    plan.shift = ShiftPlan(
      signal: Self.signal, spacing: .millisecond * spacing, reserve: .millisecond * reserve)
    edit(&plan)
    return Simulation.run(plan)
  }

  private func releases(_ recording: Recording) -> [Double] {
    recording.releases.map { $0.seconds * 1e3 }
  }

  @Test func `a request waits for the lowest signal within its slack`() {
    let recording = run([1], deadline: 90)
    #expect(releases(recording) == [40])
    #expect(recording.outcomes[0].firstScheduled.seconds == 0.040)
    #expect(recording.outcomes[0].arrival.seconds == 0.001)
  }

  @Test func `what would come too late is released at once`() {
    // The last release in time is at 35 ms, where all is as it is now.
    #expect(releases(run([1], deadline: 39)) == [1])
    #expect(run([1], deadline: 39).held.isEmpty)
    #expect(releases(run([1], deadline: 3)) == [1])
  }

  @Test func `a request runs on into the lower signal when it cannot wait for it`() {
    // From 38 ms on it has three of its five milliseconds in the low; 39 is no slot.
    #expect(releases(run([1], deadline: 43)) == [38])
  }

  @Test func `releases keep their distance, the later ones where the signal is low still`() {
    #expect(releases(run([1, 2, 3, 4], deadline: 90)) == [40, 42, 44, 46])
  }

  @Test func `when the best slots are taken the next best is, in the end none`() {
    // Slots begin every 8 ms. From 40 and 48 the signal is 100, from 56 it is 180 on average.
    let recording = run([1, 2, 3, 4, 5], deadline: 60, spacing: 8)
    #expect(releases(recording) == [40, 48, 56, 4, 5])
  }

  @Test func `requests without deadline go on at once`() {
    let recording = run([1, 2], deadline: 90) { $0.workload.deadlines?[0] = .longest }
    #expect(releases(recording) == [1, 40])
    #expect(recording.held == [HeldRequest(number: 1, release: SimTime(seconds: 0.04))])
  }

  @Test func `without a shift nobody waits`() {
    #expect(releases(run([1, 2], deadline: 90) { $0.shift = nil }) == [1, 2])
  }

  @Test func `nobody is late when the fleet keeps up with the releases`() {
    let arrivals = (0..<60).map { Double($0) / 4 }
    let recording = run(arrivals, deadline: 80, spacing: 2)
    // From 38 and from 40 to 56 every other millisecond, and from 36.
    #expect(recording.held.count == 11)
    for outcome in recording.outcomes {
      #expect(outcome.finish <= outcome.arrival + .millisecond * 80)
    }
  }
}
