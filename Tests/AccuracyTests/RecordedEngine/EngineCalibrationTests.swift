import ServingModel
import SimKernel
import Testing

@testable import Accuracy
@testable import TraceArchive

@Suite(.timeLimit(.minutes(30))) struct EngineCalibrationTests {
  /// A micro-benchmark of a prompt and decode steps of 8 ms and 1 ms a sequence.
  private func run(_ name: String, server: String, model: String?, steps: Bool = true) -> ServedRun
  {
    var run = ServedRun(name: name, server: server, model: model, concurrency: 1)
    guard steps else { return run }
    run.steps = (1...20).map { index in
      let decodes = index % 5
      return TimedStep(
        busy: 8 + Double(decodes) + (decodes == 0 ? Double(index) * 0.5 : 0),
        gap: index == 1 ? nil : decodes == 0 ? 500 : 0.25, decodeSequences: decodes,
        decodeContext: 0, prefillSequences: decodes == 0 ? 1 : 0,
        prefillTokens: decodes == 0 ? index : 0, prefillPairs: 0)
    }
    return run
  }

  @Test func `servers of one model share its micro-benchmarks`() {
    let calibration = EngineCalibration([
      run("A.mb_x", server: "A", model: "m"), run("B.load", server: "B", model: "m"),
      run("C.load", server: "C", model: nil), run("D.mb_x", server: "D", model: "m", steps: false),
    ])
    #expect(calibration.models.map(\.servers) == [["A", "B"]])
    #expect(calibration.unmeasured == ["D", "C"])
    let made = calibration.calibration(source: "here")
    #expect(made.servers.map(\.name) == ["A", "B"])
    #expect(made["B"]?.stepTime == made["A"]?.stepTime)
  }

  @Test func `steps, and the gaps of an engine that is not waiting`() throws {
    let calibration = EngineCalibration([run("mb_x", server: "A", model: nil)])
    let model = try #require(calibration.models.first)
    #expect(abs(model.steps[.base] - 8) < 1e-6)
    #expect(abs(model.steps[.perDecodeSequence] - 1) < 1e-6)
    #expect(abs(model.steps[.perPrefillToken] - 0.5) < 1e-6)
    #expect(model.steps.unidentified == [.perDecodeContext, .perPrefillPair])
    #expect(model.host == 0.25)
    #expect(model.runs.first?.steps == 20 && abs(model.runs.first?.bias ?? 1) < 1e-9)
    let coefficients = try #require(calibration.calibration(source: "")["A"]?.stepTime)
    #expect(coefficients.host.picoseconds == 250_000_000)
    #expect(abs(coefficients.base.seconds - 8e-3) < 1e-9)
  }
}
