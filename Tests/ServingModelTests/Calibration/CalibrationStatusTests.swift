import ServingModel
import Testing

/// How far a plan is from what was measured.
struct CalibrationStatusTests {
  private func subject(
    _ model: String = "qwen3-30b-a3b", on accelerator: String = "h100-sxm",
    _ parallelism: Parallelism = Parallelism(tensor: 2), weights: NumberFormat = .bfloat16,
    engine: String = "vllm"
  ) throws -> CalibrationSubject {
    let model = try #require(Models.named(model))
    return CalibrationSubject(
      model: model, accelerator: try #require(Accelerators.named(accelerator)),
      parallelism: parallelism, precision: Precision(weights: weights, of: model), engine: engine)
  }

  private func status(of subject: CalibrationSubject) throws -> CalibrationStatus {
    let known = [
      try self.subject(), try self.subject("llama-3.1-8b", on: "a100-sxm-80"),
      try self.subject(
        "deepseek-v3", on: "b200-sxm", Parallelism(tensor: 4, data: 4, expert: 16)),
    ]
    return subject.status(among: known.map { CalibrationEvidence($0, cases: 5) })
  }

  @Test func `each step away from what was measured has its name`() throws {
    #expect(try status(of: subject()) == .measured)
    // The size of a tensor-parallel group is no other kind of parallelism.
    #expect(try status(of: subject(on: "h100-sxm", Parallelism(tensor: 4))) == .measured)
    #expect(try status(of: subject(weights: .float8)) == .newPrecision)
    #expect(try status(of: subject("llama-3.1-8b")) == .newModel)
    #expect(
      try status(of: subject(on: "h100-sxm", Parallelism(tensor: 4, expert: 4))) == .newParallelism)
    #expect(try status(of: subject(on: "l40s")) == .newAccelerator)
    #expect(try status(of: subject(engine: "sglang")) == .newEngine)
  }

  @Test func `servers apart are far from everything, unless such were measured`() throws {
    let wide = Parallelism(tensor: 16)
    #expect(try status(of: subject("llama-3.1-405b", on: "h100-sxm", wide)) == .severalServers)
    #expect(
      try status(of: subject("llama-3.1-405b", on: "h100-sxm", wide, engine: "sglang"))
        == .severalServers)
    // One link domain of 72.
    #expect(try status(of: subject("llama-3.1-405b", on: "gb200", wide)) == .newAccelerator)
    let experts = Parallelism(tensor: 4, data: 4, expert: 16)
    #expect(try status(of: subject("deepseek-v3", on: "b200-sxm", experts)) == .measured)
    #expect(try status(of: subject("deepseek-v3", on: "h200-sxm", experts)) == .newAccelerator)
  }

  @Test func `data-parallel ranks of a dense model do not talk to each other`() throws {
    let ranks = Parallelism(tensor: 2, data: 16)
    #expect(try subject("llama-3.1-8b", on: "h100-sxm", ranks).layout == .tensor)
    #expect(try subject("deepseek-v3", on: "h100-sxm", ranks).layout == .expertAcrossServers)
  }
}
