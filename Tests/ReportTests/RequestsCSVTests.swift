import Report
import ServingSim
import SimKernel
import Testing

@Suite(.timeLimit(.minutes(30))) struct RequestsCSVTests {
  static func text(_ run: (plan: Plan, recording: Recording)) throws -> String {
    var text = ""
    try RequestsCSV.write(FinishedRun(plan: run.plan, recording: run.recording)) {
      text += String(decoding: $0, as: UTF8.self)
    }
    return text
  }

  @Test func `a small run reads as it always has`() throws {
    #expect(
      try Self.text(Fixtures.small()) == """
        request_id,arrival_s,prompt_tokens,output_tokens,cached_tokens,replica,status,\
        first_scheduled_s,first_token_s,finish_s,ttft_s,tpot_s,e2e_s,queueing_s,preemptions,dp_rank,\
        retries
        0,0.000000000,100,11,0,0,finished,0.000000000,0.100000000,1.100000000,\
        0.100000000,0.100000000,1.100000000,0.000000000,0,,0
        1,0.200000000,200,21,32,0,finished,0.300000000,0.500000000,2.500000000,\
        0.300000000,0.100000000,2.300000000,0.100000000,1,,0
        2,0.400000000,2000,0,,0,rejected_prompt_too_long,,,0.400000000,,,,,0,,0
        3,1.000000000,50,1,0,0,finished,1.000000000,1.050000000,1.050000000,\
        0.050000000,,0.050000000,0.000000000,0,,0

        """)
  }

  @Test func `a request that never arrived has no times`() throws {
    let plan = Fixtures.plan(promptTokens: [7], replicas: [])
    let recording = Fixtures.recording([Outcome()], replicas: [], end: .start)
    #expect(try Self.text((plan, recording)).hasSuffix("\n0,,7,0,,,not_arrived,,,,,,,,0,,0\n"))
  }

  @Test func `a request under way has the times it came to and no count of tokens yet`() throws {
    var outcome = Fixtures.finished(arrival: 1, scheduled: 2, first: 4, finish: 4, tokens: 9)
    outcome.finish = .never
    outcome.status = .underWay
    let plan = Fixtures.plan(promptTokens: [7], replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      [outcome], replicas: [Fixtures.idle()], end: Fixtures.time(5))
    #expect(
      try Self.text((plan, recording)).hasSuffix(
        "\n0,0.001000000,7,,0,0,under_way,0.002000000,0.004000000,,0.003000000,,,0.001000000,0,,0\n"
      ))
  }

  @Test(arguments: [
    (499, "0.000000000"), (500, "0.000000001"), (1_999_999_999_499, "1.999999999"),
    (1_999_999_999_500, "2.000000000"), (123_456_789_012_000, "123.456789012"),
    (Int64.max / 2, "4611686.018427388"),
  ])
  func `seconds are rounded to nine decimals`(picoseconds: Int64, text: String) throws {
    let plan = Fixtures.plan(promptTokens: [1], replicas: [])
    var outcome = Outcome()
    outcome.arrival = SimTime(picoseconds: Instant(picoseconds))
    let recording = Fixtures.recording([outcome], replicas: [], end: .start)
    let fields = try Self.text((plan, recording)).split(separator: "\n")[1].split(separator: ",")
    #expect(fields[1] == text)
  }

  @Test func `chunks of a long file join without a seam`() throws {
    let count = 12_000
    let outcomes = (0..<count).map {
      Fixtures.finished(arrival: $0, scheduled: $0, first: $0 + 1, finish: $0 + 3, tokens: 2)
    }
    let plan = Fixtures.plan(
      promptTokens: outcomes.map { _ in 9 }, replicas: [Fixtures.replica()])
    let recording = Fixtures.recording(
      outcomes, replicas: [Fixtures.idle()], end: Fixtures.time(count))
    var chunks: [[UInt8]] = []
    try RequestsCSV.write(FinishedRun(plan: plan, recording: recording)) {
      chunks.append([UInt8]($0))
    }
    #expect(chunks.count == 2)
    #expect(chunks.allSatisfy { $0.count < 1_100_000 })
    let lines = String(decoding: chunks.joined(), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == count + 1)
    for (index, line) in lines.dropFirst().enumerated() where index % 997 == 0 {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields.count == 17)
      #expect(fields[0] == "\(index)")
      #expect(Double(fields[1]) == Double(index) / 1000)
    }
  }

  @Test func `an error of the sink ends the writing`() {
    struct Full: Error {}
    let run = Fixtures.small()
    #expect(throws: Full.self) {
      try RequestsCSV.write(FinishedRun(plan: run.plan, recording: run.recording)) { _ in
        throw Full()
      }
    }
  }

  @Test func `random runs have a row a request and seventeen fields a row`() throws {
    var runs = RandomRuns(seed: 13)
    for _ in 0..<60 {
      let run = runs.next()
      let lines = try Self.text(run).split(separator: "\n")
      #expect(lines.count == run.plan.workload.count + 1)
      #expect(lines.allSatisfy { $0.count { $0 == "," } == 16 })
    }
  }
}
