import FoundationEssentials
import Report
import ServingSim
import SimKernel
import Testing
import TextAndBytes

@Suite(.timeLimit(.minutes(30))) struct JSONReportTests {
  /// The part of the file that others read, as they would.
  struct File: Decodable {
    struct Requests: Decodable {
      var arrived: Int
      var finished: Int
      var rejected: Int
      var rejected_by_reason: [String: Int]
    }
    struct Distribution: Decodable {
      var mean: Double?
      var p50: Double?
      var p90: Double?
      var p95: Double?
      var p99: Double?
      var max: Double?
    }
    struct Objective: Decodable {
      var bound_s: Double
      var attainment: Double?
    }
    struct Objectives: Decodable {
      var attainment: Double?
      var ttft: Objective?
      var e2e: Objective?
    }
    struct StepTime: Decodable {
      var name: String
      var provenance: String
      var steps: Int
      var steps_outside: Int
    }
    struct Replica: Decodable {
      var replica: Int
      var group: String
      var busy_share: Double?
      var mfu: Double?
    }
    var name: String
    var seed: UInt64
    var hash: String
    var step_time: [StepTime]
    var makespan_s: Double?
    var requests: Requests
    var latency: [String: Distribution]
    var throughput: [String: Double?]
    var slo: Objectives
    var kv: [String: Double?]
    var engines: [Replica]
  }

  static func decode(_ metrics: Metrics) throws -> File {
    try JSONDecoder().decode(File.self, from: Data(JSONReport.render(metrics).utf8))
  }

  @Test func `the file holds the metrics`() throws {
    var run = Fixtures.small()
    run.recording.replicas[0].steps = 7
    run.recording.replicas[0].stepsOutside = 3
    let metrics = Metrics(FinishedRun(plan: run.plan, recording: run.recording))
    let file = try Self.decode(metrics)
    #expect(file.name == "first run")
    #expect(file.step_time.map(\.steps) == [7] && file.step_time.map(\.steps_outside) == [3])
    #expect(file.seed == 42)
    #expect(file.hash == metrics.outcomeHashText)
    #expect(file.step_time.map(\.name) == ["roofline"])
    #expect(file.makespan_s == 2.5)
    #expect(file.requests.arrived == 4 && file.requests.finished == 3)
    #expect(file.requests.rejected_by_reason == ["prompt_too_long": 1, "admission": 0])
    #expect(Set(file.latency.keys) == ["ttft", "itl", "tpot", "e2e", "queueing"])
    #expect(file.latency["ttft"]?.p95 == metrics.latency.timeToFirstToken?.p95)
    #expect(file.latency["e2e"]?.max == 2.3)
    #expect(file.throughput["requests_per_s"] == 1.2)
    #expect(file.throughput["goodput_requests_per_s"] == 0.8)
    #expect(file.slo.attainment == 0.5)
    #expect(file.slo.ttft?.bound_s == 0.25)
    #expect(file.slo.e2e == nil)
    #expect(file.kv["peak_use"] == 0.4)
    #expect(file.kv["preemptions"] == 1)
    #expect(file.engines.map(\.mfu) == [0.1904])
  }

  @Test func `what cannot be told is null`() throws {
    let plan = Fixtures.plan(promptTokens: [], replicas: [Fixtures.replica()])
    let recording = Fixtures.recording([], replicas: [Fixtures.idle()], end: .start)
    let text = JSONReport.render(Metrics(FinishedRun(plan: plan, recording: recording)))
    #expect(text.contains("\"makespan_s\": null"))
    #expect(text.contains("\"requests_per_s\": null"))
    #expect(text.contains("\"mfu\": null"))
    #expect(text.contains("\"p99\": null"))
  }

  @Test func `every random run is valid JSON that keeps its names and figures`() throws {
    var runs = RandomRuns(seed: 5)
    for _ in 0..<60 {
      let run = runs.next()
      let metrics = Metrics(FinishedRun(plan: run.plan, recording: run.recording))
      let file = try Self.decode(metrics)
      #expect(file.name == run.plan.name)
      #expect(file.makespan_s == metrics.makespan)
      #expect(file.latency["itl"]?.p99 == metrics.latency.interToken?.p99)
      #expect(file.engines.map(\.group) == run.plan.replicas.map(\.group))
      #expect(file.engines.map(\.busy_share) == metrics.replicas.map(\.busyShare))
    }
  }
}
