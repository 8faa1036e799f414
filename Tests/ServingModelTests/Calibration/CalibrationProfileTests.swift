import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct CalibrationProfileTests {
  private func subject(_ accelerator: String, tensor: Int = 1) throws -> CalibrationSubject {
    let model = try #require(Models.named("llama-3.1-8b"))
    return CalibrationSubject(
      model: model, accelerator: try #require(Accelerators.named(accelerator)),
      parallelism: Parallelism(tensor: tensor), precision: .native(to: model), engine: "vllm")
  }

  private func profile(_ effects: [CalibrationEffect]) -> CalibrationProfile {
    CalibrationProfile(
      name: "test", source: "made up", base: Coefficient.allCases.map { _ in 0.5 },
      effects: effects,
      evidence: [
        CalibrationEvidence(
          engine: "vllm", accelerator: "h100-sxm", model: "llama-3.1-8b", precision: .bfloat16,
          layout: .tensor, cases: 3)
      ])
  }

  @Test func `factors of all traits multiply, and only of those`() throws {
    let profile = profile([
      CalibrationEffect([.layerLatency, .hostTime], .accelerator, "h100-sxm", factor: 0.5),
      CalibrationEffect([.layerLatency], .engine, "vllm", factor: 0.8),
      CalibrationEffect([.layerLatency], .engine, "sglang", factor: 0.1),
    ])
    let found = profile.coefficients(for: try subject("h100-sxm"))
    #expect(abs(found[.layerLatency] - 0.2) < 1e-12)
    #expect(abs(found[.hostTime] - 0.25) < 1e-12)
    #expect(abs(profile.coefficients(for: try subject("l4"))[.layerLatency] - 0.4) < 1e-12)
  }

  @Test func `a counted trait is an exponent`() throws {
    let profile = profile([
      CalibrationEffect([.allReduceLatency], .tensorDoublings, "", factor: 1.1)
    ])
    let found = profile.coefficients(for: try subject("h100-sxm", tensor: 8))
    #expect(abs(found[.allReduceLatency] - 0.5 * 1.331) < 1e-12)
    #expect(
      abs(profile.coefficients(for: try subject("h100-sxm"))[.allReduceLatency] - 0.5) < 1e-12)
  }

  @Test func `no share exceeds the datasheet`() throws {
    let profile = profile([CalibrationEffect([.matrixCompute], .engine, "vllm", factor: 9)])
    #expect(profile.coefficients(for: try subject("h100-sxm"))[.matrixCompute] == 1)
  }
}
