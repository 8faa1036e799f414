import ServingModel
import SimKernel
import Testing

/// Decode steps without a CUDA graph.
struct RooflineLaunchTests {
  private func roofline(_ model: String, captured: Int = .max) throws -> Roofline {
    Roofline(
      model: try #require(Models.named(model)),
      accelerator: try #require(Accelerators.named("h100-sxm")),
      maxNumBatchedTokens: 0, maxNumSeqs: 0, capturedSequences: captured)
  }

  @Test func `no step is shorter than its launches, and large ones are as long as before`() throws {
    let launch = RooflineCoefficients.uncalibrated[.launchTime]
    for (model, sequences, isBound) in [
      ("llama-3.1-8b", 1, true), ("llama-3.1-8b", 4096, false), ("qwen3-32b", 1, false),
    ] {
      let layers = try #require(Models.named(model)).layers
      let work = StepWork.decode(sequences, context: 0, window: nil)
      let graph = try roofline(model).duration(of: work).seconds
      let eager = try roofline(model, captured: 0).duration(of: work).seconds
      let floor = launch * Double(layers)
      #expect(abs(eager - max(graph, floor)) < 1e-9 && (eager > graph) == isBound)
    }
  }

  @Test func `graphs reach as far as they were captured, and lines and steps agree`() throws {
    let eager = try roofline("llama-3.1-8b", captured: 8)
    let graphs = try roofline("llama-3.1-8b")
    for sequences in [1, 8, 9, 40] {
      let line = try #require(eager.decodeLine(sequences: sequences))
      let work = StepWork.decode(sequences, context: 50, window: nil)
      #expect(eager.duration(of: work) == line.base + line.perContext * work.decodeContext)
      #expect((line == graphs.decodeLine(sequences: sequences)) == (sequences <= 8))
    }
  }

  @Test func `steps with prompts are launched one by one anyway`() throws {
    var work = StepWork.decode(4, context: 50, window: nil)
    work.prefill(100, context: 0, window: nil)
    #expect(
      try roofline("llama-3.1-8b", captured: 0).duration(of: work)
        == roofline("llama-3.1-8b").duration(of: work))
  }
}
