import ServingModel
import SimKernel
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

  @Test func `boards of one chip share what was measured of it, and are no measured accelerators`()
    throws
  {
    let profile = profile([
      CalibrationEffect([.matrixCompute], .accelerator, "h100-sxm", factor: 0.5)
    ])
    #expect(profile.coefficients(for: try subject("h100-nvl"))[.matrixCompute] == 0.25)
    #expect(profile.coefficients(for: try subject("h200-sxm"))[.matrixCompute] == 0.5)
    #expect(profile.status(of: try subject("h100-nvl")) == .newAccelerator)
    for accelerator in Accelerators.all {
      let chip = try #require(Accelerators.named(accelerator.chip))
      #expect(chip.architecture == accelerator.architecture && chip.chip == chip.id)
    }
  }

  @Test func `a peak that is held back is reached`() throws {
    let model = try #require(Models.named("llama-3.1-8b"))
    var card = try #require(Accelerators.named("l40s"))
    func prompt(_ accelerator: Accelerator) -> Double {
      var work = StepWork()
      (work.prefillSequences, work.prefillTokens, work.prefillPairs) = (1, 8000, 32_004_000)
      return Roofline(
        model: model, accelerator: accelerator, maxNumBatchedTokens: 0, maxNumSeqs: 0
      ).duration(of: work).seconds
    }
    let free = prompt(card)
    // Half of the peak, held back from all of it: as fast as before, as far as half goes.
    card.denseCompute[.bfloat16] = card.peak(for: .bfloat16) * 0.5
    let half = prompt(card)
    card.headroom = 2
    let held = prompt(card)
    #expect(held < 0.85 * half && held >= free)
    card.headroom = 20
    #expect(prompt(card) == held)
  }
}
