import Foundation
import Scenarios
import ServingSim
import SimKernel
import Testing

@Suite struct LinearCalibrationFileTests {
  private func read(_ text: String) throws -> LinearCalibration {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try text.write(to: file, atomically: false, encoding: .utf8)
    return try LinearCalibrationFile.read(file.path)
  }

  @Test func `step times are written as scenarios write them`() throws {
    let calibration = try read(
      """
      kind: linear
      source: somewhere
      servers:
        a:
          step_time: {model: linear, base: 8 ms, per_prefill_token: 250 us}
          standard_errors: {base: 1 ms}
          frontend_latency: 5 ms
          measured_on: [mb_x]
      """)
    let server = try #require(calibration["a"])
    #expect(calibration.source == "somewhere" && calibration["b"] == nil)
    #expect(server.stepTime.base.seconds == 8e-3)
    #expect(server.stepTime.perPrefillToken.seconds == 250e-6)
    #expect(server.frontendLatency.seconds == 5e-3 && server.thinkTime.seconds == 0)
  }

  @Test func `everything that is wrong is told`() throws {
    let issues = #expect(throws: ScenarioIssues.self) {
      try read(
        """
        kind: linar
        servers:
          a: {step_time: roofline, frontend_latency: 5}
          b: {step_tim: {model: linear, base: 8 ms}}
        """)
    }
    let text = issues?.description ?? ""
    #expect(text.contains(":1: kind: found \"linar\""))
    #expect(text.contains("servers.a: step_time: allowed here is only model: linear"))
    #expect(text.contains("servers.a.frontend_latency: found \"5\""))
    #expect(text.contains("servers.b.step_time: missing"))
    #expect(text.contains("did you mean \"step_time\""))
  }

  @Test func `a file that is none says what it lacks`() throws {
    let issues = #expect(throws: ScenarioIssues.self) { try read("source: x\n") }
    #expect(issues?.issues.map(\.path).sorted() == ["kind", "servers"])
  }
}
