import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ParallelismTests {
  @Test func `what cannot be dealt out is said in sentences`() throws {
    let model = try #require(Models.named("qwen2.5-7b"))  // 28 heads, 4 KV heads, 28 layers
    #expect(Parallelism(tensor: 4).issues(for: model).isEmpty)
    #expect(Parallelism(tensor: 7).issues(for: model).count == 1)
    let heads = Parallelism(tensor: 8).issues(for: model)
    #expect(heads.map(\.size) == [.tensor])
    #expect(
      heads.map(\.message) == [
        "qwen2.5-7b has 28 attention heads, which tensor_parallel_size 8 does not divide"
      ])
    #expect(Parallelism(pipeline: 29).issues(for: model).map(\.size) == [.pipeline])
    let experts = try #require(Models.named("qwen3-30b-a3b"))  // 128 experts
    #expect(
      Parallelism(tensor: 4, data: 3, expert: 12).issues(for: experts).map(\.size) == [.expert])
  }

  @Test func `a replica occupies its product`() {
    #expect(Parallelism(tensor: 4, pipeline: 2).accelerators == 8)
  }

  @Test func `weights run in a format the accelerator has`() throws {
    let h100 = try #require(Accelerators.named("h100-sxm"))
    let a100 = try #require(Accelerators.named("a100-sxm-80"))
    #expect(h100.computeFormat(for: .float8) == .float8)
    #expect(a100.computeFormat(for: .float8) == .bfloat16)
    #expect(h100.computeFormat(for: .int4) == .bfloat16)
    #expect(a100.peak(for: .float8) == .tera(312))
  }
}
