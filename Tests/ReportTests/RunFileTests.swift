import ServingModel
import ServingSim
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct RunFileTests {
  static func bytes(_ run: FinishedRun) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try RunFile.write(run) { bytes.append(contentsOf: $0) }
    return bytes
  }

  static func read(_ bytes: [UInt8]) throws -> FinishedRun {
    try bytes.withUnsafeBytes { try RunFile.read($0) }
  }

  static func run() -> FinishedRun {
    let small = Fixtures.small()
    var run = FinishedRun(plan: small.plan, recording: small.recording)
    run.traits[.tenant] = RequestLabels(names: ["a", "b"], ofRequest: [0, 1, -1, 0])
    run.replicas[0].accelerator = Accelerators.named("h100-sxm")
    run.replicas[0].powerCap = Watts(350)
    run.replicas[0].powersDown = true
    run.deadlines = [.longest, .second, .longest, .second * 5]
    run.recording.held = [HeldRequest(number: 3, release: Fixtures.time(1010))]
    run.recording.replicas[0].wakes = 2
    run.recording.replicas[0].windows[1].offTime = 4e11
    run.recording.replicas[0].joined = Fixtures.time(3)
    run.recording.replicas[0].gone = Fixtures.time(1900)
    run.replicas[0].model = "llama-3.1-8b"
    run.replicas[0].calibration = CalibrationStanding(
      profile: "p", status: .transferred,
      errors: [ExpectedError(.transferred, .tpot, median: 0.1, ninetieth: 0.3)])
    return run
  }

  @Test func `a run reads back to the bit`() throws {
    let run = Self.run()
    let copy = try Self.read(try Self.bytes(run))
    #expect(copy.name == run.name && copy.seed == run.seed && copy.objectives == run.objectives)
    #expect(copy.promptTokens == run.promptTokens && copy.traits[.tenant] == run.traits[.tenant])
    #expect(copy.recording.outcomes == run.recording.outcomes)
    #expect(copy.recording.end == run.recording.end)
    #expect(copy.recording.interTokenLatencies == run.recording.interTokenLatencies)
    #expect(copy.recording.replicas.map(\.windows) == run.recording.replicas.map(\.windows))
    #expect(Metrics(copy) == Metrics(run))
    #expect(try Self.bytes(copy) == Self.bytes(run))
    #expect(copy.deadlines == run.deadlines && copy.recording.held == run.recording.held)
    #expect(copy.replicas[0].powerCap == Watts(350) && copy.replicas[0].powersDown)
    #expect(copy.recording.replicas[0].wakes == 2)
    #expect(copy.recording.replicas[0].joined == Fixtures.time(3))
    #expect(copy.recording.replicas[0].gone == Fixtures.time(1900))
    #expect(copy.replicas[0].accelerator == run.replicas[0].accelerator)
    #expect(copy.replicas[0].calibration == run.replicas[0].calibration)
  }

  @Test func `random runs give the same report from their file`() throws {
    var runs = RandomRuns(seed: 7)
    for _ in 0..<20 {
      let random = runs.next()
      let run = FinishedRun(plan: random.plan, recording: random.recording)
      #expect(Metrics(try Self.read(try Self.bytes(run))) == Metrics(run))
    }
  }

  @Test func `what is not a run is refused`() throws {
    #expect(throws: RunFileError.notARun) { try Self.read(Array("name: x".utf8)) }
    #expect(throws: RunFileError.notARun) { try Self.read([]) }
    var other = try Self.bytes(Self.run())
    other[8] = 9
    #expect(throws: RunFileError.version(9)) { try Self.read(other) }
    #expect(throws: RunFileError.damaged) {
      try Self.read(try Self.bytes(Self.run()) + [0])
    }
  }

  /// A file whose sum is right says nothing of its numbers.
  @Test func `no number that a run cannot come to is believed`() throws {
    let whole = try Self.bytes(Self.run())
    let words: [UInt64] = [.max, 1 << 62, Double.nan.bitPattern, (1e300).bitPattern]
    // Before the histogram, which is most of the file, and some of that.
    let places =
      Array(stride(from: 12, to: 2500, by: 7)) + stride(from: 2500, to: whole.count - 16, by: 4001)
    for place in places {
      for word in words {
        var bytes = whole
        for i in 0..<8 { bytes[place + i] = UInt8(truncatingIfNeeded: word >> UInt64(8 * i)) }
        Self.seal(&bytes)
        guard let run = try? Self.read(bytes) else { continue }
        _ = TextReport.render(Metrics(run))
        try TimelineCSV.write(run) { _ in }
      }
    }
  }

  /// Makes the last eight bytes the sum of the others, as the format has it.
  private static func seal(_ bytes: inout [UInt8]) {
    var sum = RunFileSum()
    bytes.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0.dropLast(8))) }
    for i in 0..<8 {
      bytes[bytes.count - 8 + i] = UInt8(truncatingIfNeeded: sum.value >> UInt64(8 * i))
    }
  }

  @Test func `a cut file never passes for a whole one`() throws {
    let whole = try Self.bytes(Self.run())
    for length in stride(from: 12, to: whole.count, by: 97) {
      #expect(throws: RunFileError.self) { try Self.read(Array(whole.prefix(length))) }
    }
  }

  @Test func `a changed byte is noticed, wherever it is`() throws {
    let whole = try Self.bytes(Self.run())
    for place in stride(from: 12, to: whole.count, by: 101) {
      var bytes = whole
      bytes[place] ^= 0x10
      #expect(throws: RunFileError.damaged) { try Self.read(bytes) }
    }
  }
}
