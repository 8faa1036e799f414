import Foundation
import ServingSim
import ServingTestSupport
import SimKernel
import Testing

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct PerfettoTraceTests {
  /// A Python that has the package perfetto; `.ci/run` makes one.
  static let python = ProcessInfo.processInfo.environment["KAVIER_PERFETTO"]

  @Test func `numbers and texts are written as Protocol Buffers say`() {
    var message = ProtobufMessage()
    message.add(1, 150)
    message.add(2, "testing")
    message.add(3) { $0.add(1, 1) }
    let text: [UInt8] = [0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]
    #expect(message.bytes == [0x08, 0x96, 0x01] + text + [0x1a, 2, 0x08, 1])
  }

  @Test(.enabled(if: python != nil, "KAVIER_PERFETTO names no Python with the package perfetto"))
  func `Perfetto's own schema reads every byte of it`() throws {
    let (plan, recording) = try #require(
      (0..<100).lazy.map { seed in randomPlan(seed: seed) }.map { ($0, Simulation.run($0)) }
        .first { _, recording in recording.replicas.contains { $0.preemptions > 0 } })
    let timeline = try RunTimeline(
      plan, recording, replicas: Array(plan.replicas.indices))
    var bytes: [UInt8] = []
    try PerfettoTrace.write(timeline) { bytes.append(contentsOf: $0) }
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let steps = timeline.replicas.reduce(0) { $0 + $1.steps.count }
    let preemptions = recording.replicas.reduce(0) { $0 + $1.preemptions }
    #expect(preemptions > 0)
    let slices = plan.replicas.indices.flatMap { RequestSlices.all(of: $0, timeline) }
      .reduce(steps) { $0 + 1 + $1.parts.count }
    let requests = recording.outcomes.count { $0.status == .finished }
    let tracks = 4 * plan.replicas.count + requests
    #expect(
      try Self.check(file.path)
        == "\(tracks) tracks \(slices) slices \(preemptions) instants \(2 * steps) counters\n")
  }

  private static func check(_ path: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: python ?? "")
    process.arguments = [SharedData.repository + "/.ci/perfetto_check.py", path]
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
