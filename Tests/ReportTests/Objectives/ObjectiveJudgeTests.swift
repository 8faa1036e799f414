import Impact
import ReportTestSupport
import ServingModel
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report

/// Verdicts, against what requests.csv says.
@Suite(.timeLimit(.minutes(30))) struct ObjectiveJudgeTests {
  static func percentile(_ name: String) throws -> Percentile { try #require(Percentile(name)) }

  static func judged(_ run: FinishedRun, _ objectives: [RunObjective], bill: Bill? = nil)
    -> [JudgedObjective]
  {
    var run = run
    run.objectives.ofRun = objectives
    return Metrics(run, bill: bill).verdicts.filter { objectives.contains($0.objective) }
  }

  /// A percentile of a column as anybody reckons it: ascending, with a straight line between two
  /// ranks, and every request that got no answer at the end. nil: no row has the latency.
  private static func naive(
    _ table: RunFiles.Table, _ column: String, _ share: Double, where isMeant: (Int) -> Bool
  ) -> Double? {
    var values: [Double] = []
    for row in table.rows.indices where isMeant(row) {
      let status = table.text(row, "status")
      let isDropped = status == "aborted" || status == "failed"
      if status == "finished" {
        if let value = table[row, column] { values.append(value) }
      } else if isDropped || status.hasPrefix("rejected") {
        // One token has no time between tokens.
        let isOne = column == "tpot_s" && table[row, "output_tokens"] == 1 && !isDropped
        if !isOne { values.append(.infinity) }
      }
    }
    guard !values.isEmpty else { return nil }
    values.sort()
    let place = share * Double(values.count - 1)
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    guard place > Double(low) else { return values[low] }
    return values[high].isFinite
      ? values[low] + (values[high] - values[low]) * (place - Double(low)) : .infinity
  }

  @Test func `percentiles are those of requests.csv, with no answer as the longest time`() throws {
    var runs = RandomRuns(seed: 31)
    var compared = (finite: 0, infinite: 0, groups: 0)
    for _ in plans(150) {
      let random = runs.next()
      var run = FinishedRun(plan: random.plan, recording: random.recording)
      let count = run.promptTokens.count
      let names = ["a", "b"]
      run.traits[.serviceClass] = RequestLabels(
        names: names, ofRequest: (0..<count).map { Int32($0 % 3) - 1 })
      // None of them under way: those have no latency yet.
      for index in run.recording.outcomes.indices
      where run.recording.outcomes[index].status == .underWay {
        run.recording.outcomes[index] = Outcome()
      }
      let table = try RunFiles(run, bill: nil).requests
      for latency in ObjectiveLatency.allCases where latency != .interToken {
        for name in ["p01", "p50", "p95", "p999"] {
          for group in [nil, "a", "b"] {
            let percentile = try Self.percentile(name)
            let objective = RunObjective(
              .latency(latency, percentile, atMost: .second),
              of: group.map { .init(label: .serviceClass, name: $0) })
            let judged = try #require(Self.judged(run, [objective]).first)
            let found = Self.naive(table, latency.rawValue + "_s", percentile.share) {
              group == nil || table.text($0, "class") == group
            }
            guard let found else {
              #expect(judged.value == nil && judged.verdict == .notJudged)
              continue
            }
            let value = try #require(judged.value)
            // The file has whole nanoseconds.
            #expect(
              value == found || abs(value - found) < 2e-9 + 1e-9 * found, "\(name) \(latency)")
            #expect(judged.verdict == (value <= 1 ? .met : .missed))
            compared.finite += found.isFinite ? 1 : 0
            compared.infinite += found.isFinite ? 0 : 1
            compared.groups += group == nil ? 0 : 1
          }
        }
      }
    }
    #expect(compared.finite > 100 && compared.infinite > 100 && compared.groups > 100)
  }

  @Test func `without refusals a percentile is the report's`() throws {
    var run = RunDigestTests.small()
    run.recording.outcomes[2] = Fixtures.finished(
      arrival: 5, scheduled: 9, first: 77, finish: 900, tokens: 4)
    let metrics = Metrics(run)
    for (latency, found) in [
      (ObjectiveLatency.timeToFirstToken, metrics.latency.timeToFirstToken),
      (.timePerOutputToken, metrics.latency.timePerOutputToken),
      (.endToEnd, metrics.latency.endToEnd), (.interToken, metrics.latency.interToken),
    ] {
      for (name, value) in [("p50", found?.p50), ("p90", found?.p90), ("p99", found?.p99)] {
        let objective = RunObjective(
          .latency(latency, try Self.percentile(name), atMost: .second))
        #expect(Self.judged(run, [objective]).first?.value == value, "\(latency) \(name)")
      }
    }
  }

  @Test func `a fleet that refuses half of its requests meets no high percentile`() throws {
    // TTFT of 100, 300 and 50 ms, and one that was refused.
    let run = RunDigestTests.small()
    let ttft = { name in
      RunObjective(.latency(.timeToFirstToken, try Self.percentile(name), atMost: .second))
    }
    let judged = Self.judged(run, [try ttft("p50"), try ttft("p95")])
    // The middle of 50, 100, 300 and never.
    #expect(judged.map(\.value) == [0.2, .infinity])
    #expect(judged.map(\.verdict) == [.met, .missed])
    #expect(judged.map(\.margin) == [0.8, nil])
    #expect(judged.map(\.unanswered) == [1, 1] && judged.map(\.requests) == [4, 4])
    var text = run
    text.objectives.ofRun = [try ttft("p95")]
    let line = TextReport.render(Metrics(text)).split(separator: "\n").first {
      $0.hasPrefix("TTFT p95 ")
    }
    #expect(line?.contains(" no answer ") == true && line?.hasSuffix(" missed") == true)
  }

  @Test func `gaps that a refused request never had count as ones without end`() throws {
    // Two gaps of 100 ms; the refused request asked for six tokens.
    var run = RunDigestTests.small()
    run.recording.outcomes[2].outputTokens = 6
    let itl = { name in
      RunObjective(.latency(.interToken, try Self.percentile(name), atMost: .second))
    }
    let judged = Self.judged(run, [try itl("p25"), try itl("p50")])
    let value = try #require(judged[0].value)
    #expect(abs(value - 0.1) < 0.001 && judged[1].value == .infinity)
    #expect(judged.allSatisfy { !$0.isErrorKnown })
  }

  @Test func `requests under way have taken so long and may take for ever`() throws {
    var run = RunDigestTests.small()
    run.recording.outcomes[2].status = .underWay
    run.recording.outcomes[2].arrival = Fixtures.time(500)
    run.recording.outcomes[2].finish = .never
    let e2e = { name, limit in
      RunObjective(
        .latency(.endToEnd, try Self.percentile(name), atMost: .millisecond * limit))
    }
    // 1100, 2300, 50 ms and one from 2000 ms on: at p90 2210 ms, or never.
    let judged = Self.judged(
      run, [try e2e("p90", 3000), try e2e("p90", 2200), try e2e("p01", 1000)])
    #expect(judged.map(\.value?.isFinite) == [true, true, true])
    #expect(abs((judged[0].value ?? 0) - 2.21) < 1e-9)
    #expect(judged.map(\.verdict) == [.tooClose, .missed, .met])
  }

  private static func calibrated(_ ninetieth: Double) -> CalibrationStanding {
    CalibrationStanding(
      profile: "p", status: .measured,
      errors: ExpectedError.Metric.allCases.map {
        ExpectedError(.measured, $0, median: 0.1, ninetieth: ninetieth)
      })
  }

  @Test func `the interval is that of the errors to expect`() throws {
    var run = RunDigestTests.small()
    let p50 = RunObjective(
      .latency(.timeToFirstToken, try Self.percentile("p50"), atMost: .millisecond * 250))
    func judged(_ error: Double?) throws -> JudgedObjective {
      run.replicas[0].calibration = error.map { Self.calibrated($0) }
      return try #require(Self.judged(run, [p50]).first)
    }
    // 200 ms.
    #expect(try judged(0.25).interval == 0.16...(0.2 / 0.75))
    #expect(try judged(0.25).verdict == .tooClose)
    #expect(try judged(0.1).verdict == .met)
    #expect(try judged(1.5).interval == 0.08...(.infinity))
    #expect(try judged(nil).verdict == .met && judged(nil).interval == nil)
    #expect(try !judged(nil).isErrorKnown && judged(0.1).isErrorKnown)
    run.objectives.ofRun = [p50]
    run.replicas[0].calibration = Self.calibrated(0.1)
    #expect(!TextReport.render(Metrics(run)).contains("No errors are known of predictions"))
    run.replicas[0].calibration = nil
    #expect(
      TextReport.render(Metrics(run)).contains("No errors are known of predictions of goodput"))
  }

  @Test func `a fleet near its limit has a wider interval`() throws {
    var run = RunDigestTests.small()
    run.replicas[0].calibration = Self.calibrated(0.5)
    let p50 = RunObjective(
      .latency(.timeToFirstToken, try Self.percentile("p50"), atMost: .second))
    // 200 ms over all requests, 100 ms over finished ones; with slower steps three times that.
    #expect(Self.judged(run, [p50]).first?.verdict == .met)
    let slow = LatencyFigures(mean: 1, p50: 0.3, p90: 1, p95: 1, p99: 1)
    run.slower = SlowerRun(share: 0.1, latencies: [.timeToFirstToken: slow])
    let judged = try #require(Self.judged(run, [p50]).first)
    #expect(judged.verdict == .tooClose && abs((judged.interval?.upperBound ?? 0) - 1.2) < 1e-9)
    #expect(judged.value == 0.2 && judged.interval?.lowerBound == 0.2 / 1.5)
    run.slower?.latencies[.timeToFirstToken]?.p50 = 0.05
    #expect(Self.judged(run, [p50]).first?.interval?.upperBound == 0.4)
  }

  @Test func `goodput of a group is the share of its requests, refused ones missing`() throws {
    var run = RunDigestTests.small()
    run.traits[.tenant] = RequestLabels(names: ["a", "b", "none"], ofRequest: [0, 0, 1, 1])
    let goodput = { (name: String?) in
      RunObjective(
        .goodput(atLeast: 0.5), of: name.map { .init(label: .tenant, name: $0) })
    }
    // 0 and 3 meet a TTFT of 250 ms, 1 misses it and 2 was refused.
    let judged = Self.judged(
      run, [goodput(nil), goodput("a"), goodput("b"), goodput("none"), goodput("unknown")])
    #expect(judged.map(\.value) == [0.5, 0.5, 0.5, nil, nil])
    #expect(judged.map(\.verdict) == [.met, .met, .met, .notJudged, .notJudged])
    #expect(judged.map(\.requests) == [4, 2, 2, 0, 0])
    run.replicas[0].calibration = Self.calibrated(0.2)
    // All a fifth shorter: 300 ms are 250.
    #expect(Self.judged(run, [goodput("a")]).first?.interval == 0.5...1)
    run.replicas[0].calibration = Self.calibrated(1)
    #expect(Self.judged(run, [goodput("a")]).first?.interval == 0...1)
  }

  @Test func `goodput of a fleet near its limit has a wider interval`() throws {
    var run = RunDigestTests.small()
    run.replicas[0].calibration = Self.calibrated(0.2)
    let half = RunObjective(.goodput(atLeast: 0.5))
    // 0 and 3 are within 250 ms also when they take a fourth more, and 1 when it takes a fifth less.
    #expect(Self.judged(run, [half]).first?.interval == 0.5...0.75)
    // Of finished requests half are within 100 ms, and with slower steps within three times that.
    let slow = LatencyFigures(mean: 1, p50: 0.3, p90: 1, p95: 1, p99: 0.3)
    run.slower = SlowerRun(share: 0.1, latencies: [.timeToFirstToken: slow])
    #expect(Self.judged(run, [half]).first?.interval == 0.25...0.75)
    // The 99th percentile is no longer than it was.
    let most = RunObjective(.goodput(atLeast: 0.99))
    #expect(Self.judged(run, [most]).first?.interval == 0.5...0.75)
  }

  @Test func `limits of requests without a share are held to the usual one`() {
    let verdicts = Metrics(RunDigestTests.small()).verdicts
    #expect(verdicts.map(\.objective.target) == [.goodput(atLeast: 0.99)])
    var run = RunDigestTests.small()
    run.objectives = ServiceLevelObjectives()
    #expect(Metrics(run).verdicts.isEmpty)
    #expect(JSONReport.render(Metrics(run)).contains("\"verdict\": null"))
  }

  @Test func `ceilings are held against the bill`() throws {
    var run = RunDigestTests.small()
    run.replicas[0].accelerator = Accelerators.named("h100-sxm")
    run.replicas[0].calibration = Self.calibrated(0.5)
    // 2.5 s of one accelerator at 3.6 to 7.2 an hour, for 3 requests and 33 output tokens.
    let price = PricePlan.rent(Sourced(Interval(3.6, 7.2), source: "here"))
    let bill = Bill(run, plan: ImpactPlan(price: price, currency: "EUR"))
    let targets: [RunObjective.Target] = [
      .cost(.hour, atMost: 7), .cost(.hour, atMost: 7.3), .cost(.request, atMost: 0.003),
      .cost(.millionOutputTokens, atMost: 1), .carbon(.request, atMost: 1),
    ]
    let judged = Self.judged(run, targets.map { RunObjective($0) }, bill: bill)
    let values = judged.map { $0.value ?? -1 }
    let expected = [7.2, 7.2, 0.005 / 3, 0.005 / 33 * 1e6, -1]
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-9 * max(1, $1) }, "\(values)")
    // A token's cost goes with the throughput, whose error is known; an hour's does not.
    #expect(judged.map(\.verdict) == [.tooClose, .met, .met, .missed, .notJudged])
    #expect(judged.map(\.isErrorKnown) == [true, true, true, true, false])
    let perRequest = try #require(judged[2].interval)
    #expect(abs(perRequest.upperBound - 0.0025) < 1e-12)
    #expect(abs(perRequest.lowerBound - 0.0025 / 3 * 0.5) < 1e-12)
    let without = Self.judged(run, targets.map { RunObjective($0) })
    #expect(without.allSatisfy { $0.verdict == .notJudged })
  }

  @Test func `rows are no wider than a terminal, whatever groups are called`() throws {
    var run = RunDigestTests.small()
    let name = String(repeating: "tenant of a long name ", count: 8)
    run.traits[.tenant] = RequestLabels(names: [name], ofRequest: [0, 0, 0, 0])
    run.replicas[0].calibration = Self.calibrated(0.94)
    run.objectives.ofRun = try ObjectiveLatency.allCases.map {
      RunObjective(
        .latency($0, try Self.percentile("p9999"), atMost: .second * 123),
        of: .init(label: .tenant, name: name))
    }
    let text = TextReport.render(Metrics(run))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("TTFT p9999"))
  }
}
