import Foundation
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct RunTimelineTests {
  private static let plan = stepPlan([
    StepRequest(prompt: 12, output: 4), StepRequest(at: 1.5, prompt: 3, output: 3),
    StepRequest(at: 2, prompt: 5, output: 1),
  ])

  private static func timeline(
    from: Double = 0, until: SimTime = .never, most: Int = 1000
  ) throws -> RunTimeline {
    try RunTimeline(
      plan, Simulation.run(plan), replicas: [0], from: SimTime(seconds: from), until: until,
      mostSteps: most)
  }

  private static func events(_ timeline: RunTimeline) throws -> [[String: Any]] {
    var bytes: [UInt8] = []
    try ChromeTrace.write(timeline) { bytes.append(contentsOf: $0) }
    let root = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return try #require(root?["traceEvents"] as? [[String: Any]])
  }

  @Test(arguments: 0..<40)
  func `the steps of a fleet's replicas lead to what the fleet recorded`(seed: Int) throws {
    let plan = randomPlan(seed: UInt64(seed))
    let recording = Simulation.run(plan)
    let timeline = try RunTimeline(
      plan, recording, replicas: Array(plan.replicas.indices))
    let steps = timeline.replicas.map(\.steps.count)
    #expect(steps == recording.replicas.map(\.steps))
    let tokens = timeline.replicas.flatMap(\.steps).flatMap(\.batch).map(\.request)
    #expect(Set(tokens).isSubset(of: Set(recording.outcomes.indices)))
  }

  @Test(arguments: 0..<80)
  func `the steps of replicas that join and leave lead to what was recorded`(seed: Int) throws {
    let plan = randomPlanWithScaling(seed: UInt64(seed), powersDown: false)
    var recording = Simulation.run(plan)
    // As it is read from a file.
    let run = FinishedRun(plan: plan, recording: recording)
    recording.joined = []
    recording = try run.recording(of: plan)
    let timeline = try RunTimeline(
      plan, recording, replicas: Array(recording.replicas.indices))
    #expect(timeline.replicas.map(\.steps.count) == recording.replicas.map(\.steps))
    for replica in recording.replicas.indices {
      #expect(!StepPanels.text(of: replica, in: plan, recording).isEmpty)
    }
  }

  @Test func `another plan than the recording's is refused`() throws {
    let recording = Simulation.run(Self.plan)
    var other = Self.plan
    other.replicas[0].maxNumBatchedTokens = 4
    #expect(throws: TimelineMismatch.self) {
      try RunTimeline(other, recording, replicas: [0])
    }
  }

  @Test func `steps are slices one after the other, with their work`() throws {
    let steps = try Self.events(Self.timeline()).filter { $0["ph"] as? String == "X" }
    #expect(steps.first?["name"] as? String == "prefill 8")
    #expect(steps[1]["name"] as? String == "prefill 4")
    var end = 0.0
    for step in steps {
      let start = try #require(step["ts"] as? Double)
      #expect(start >= end)
      end = start + (step["dur"] as? Double ?? 0)
    }
    // A step takes a millisecond.
    #expect(steps.allSatisfy { $0["dur"] as? Double == 1000 })
  }

  @Test func `each request's parts begin and end within it`() throws {
    let events = try Self.events(Self.timeline())
    for id in 0..<3 {
      let own = events.filter { $0["cat"] as? String == "request" && $0["id"] as? Int == id }
      #expect(own.count { $0["ph"] as? String == "b" } == own.count { $0["ph"] as? String == "e" })
      let whole = own.filter { $0["name"] as? String == "request \(id)" }
      let times = own.compactMap { $0["ts"] as? Double }
      #expect(whole.compactMap { $0["ts"] as? Double } == [times.min(), times.max()])
    }
    let arguments = events.first { $0["name"] as? String == "request 0" }?["args"]
    #expect((arguments as? [String: Int])?["prompt_tokens"] == 12)
  }

  @Test func `a stretch has the steps in it, and too many end it earlier`() throws {
    let all = try Self.timeline().replicas[0].steps
    let later = try Self.timeline(from: 0.002, until: SimTime(seconds: 0.004))
    #expect(later.replicas[0].steps == Array(all[2..<4]))
    let short = try Self.timeline(most: 3)
    #expect(short.replicas[0].steps == Array(all.prefix(3)) && short.until == all[3].start)
  }

  @Test(arguments: [1, 5, 20, 60]) func `a fleet's timeline has no more steps than asked for`(
    most: Int
  ) throws {
    let runs = (0..<100).lazy.map { seed in
      let plan = randomPlan(seed: UInt64(seed))
      return (plan: plan, recording: Simulation.run(plan))
    }
    let (plan, recording) = try #require(
      runs.first { run in
        run.plan.replicas.count > 1 && run.recording.replicas.reduce(0) { $0 + $1.steps } > 60
      })
    let numbers = Array(plan.replicas.indices)
    let whole = try RunTimeline(plan, recording, replicas: numbers)
    let short = try RunTimeline(plan, recording, replicas: numbers, mostSteps: most)
    let starts = whole.replicas.flatMap(\.steps).map(\.start).sorted()
    #expect(short.until == starts[most])
    for (a, b) in zip(short.replicas, whole.replicas) {
      #expect(a.steps == b.steps.filter { $0.start < short.until })
    }
    let later = try RunTimeline(
      plan, recording, replicas: numbers, from: short.until, mostSteps: most)
    #expect(later.replicas.flatMap(\.steps).count <= most)
  }

  @Test func `a preemption is an instant of its request`() throws {
    // Five blocks of two tokens: the second request is put off when the first needs a sixth.
    let plan = stepPlan(
      [StepRequest(prompt: 4, output: 4), StepRequest(prompt: 4, output: 4)],
      stepReplica(blocks: 5))
    let recording = Simulation.run(plan)
    try #require(recording.replicas[0].preemptions == 1)
    let timeline = try RunTimeline(plan, recording, replicas: [0])
    let instants = try Self.events(timeline).filter { $0["ph"] as? String == "n" }
    let preempting = try #require(timeline.replicas[0].steps.first { !$0.preempted.isEmpty })
    #expect(instants.count == 1 && instants[0]["name"] as? String == "preempted")
    #expect(instants[0]["id"] as? Int == preempting.preempted[0])
    #expect(instants[0]["ts"] as? Double == Double(preempting.start.picoseconds) / 1e6)
  }

  @Test func `a diagram has a row a request and fits a terminal`() {
    let text = StepPanels.text(of: 0, in: Self.plan, Simulation.run(Self.plan))
    #expect(
      text == """
        Replica 0 by hand: 5 steps, 5 ms; a row a request, a column a step.
        12 or (12) prefills so many tokens, d decodes, . waits, - is left out,
        x was preempted, | has ended.

        0: 84ddd|
        1:  .3dd|
        2:   41|

        """)
  }

  @Test func `a long diagram is cut into panels`() {
    let plan = stepPlan([StepRequest(prompt: 2, output: 100)])
    let lines = StepPanels.text(of: 0, in: plan, Simulation.run(plan)).split(separator: "\n")
    #expect(lines.count == 5 && lines.allSatisfy { $0.count <= TextLayout.width })
    #expect(lines[3].hasPrefix("0: 2dddd") && lines[4].hasSuffix("d|"))
  }
}
