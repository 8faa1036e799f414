import ServingModel
import Testing

@Suite(.timeLimit(.minutes(30))) struct ParameterCountTests {
  /// Models whose count differs from the declared figure by more than 1.5 %, and why.
  static let exceptions = [
    "mimo-7b": "the declared figure includes the multi-token prediction layer",
    "gemma-4-26b-a4b": "rounded declared figure, and per-layer parts that are not counted",
    "kimi-linear-48b-a3b": "declared as 48 billion, rounded down",
  ]

  @Test(arguments: Models.all) func `parameters counted are the parameters declared`(
    model: ModelArchitecture
  ) {
    guard let declared = model.declaredParameters else { return }
    let error = abs(ParameterCount(model).total / declared - 1)
    if Self.exceptions[model.id] == nil {
      #expect(error <= ParameterCount.tolerance, "\(model.id): \(error)")
    } else {
      #expect(error > ParameterCount.tolerance && error < 0.06, "\(model.id): \(error)")
      #expect(model.declaredExcess != 1)
    }
  }

  @Test(arguments: Models.all) func `active parameters are near what is declared`(
    model: ModelArchitecture
  ) {
    guard let declared = model.declaredActiveParameters, declared > 2e9 else { return }
    let ratio = ParameterCount(model).active / declared
    // Publishers round, and differ on whether an embedding is active.
    #expect((0.84...1.21).contains(ratio), "\(model.id): \(ratio)")
  }

  @Test func `the parts of Llama 3.1 8B are those of its matrices`() throws {
    let count = ParameterCount(try #require(Models.named("llama-3.1-8b")))
    #expect(count[.embedding] == 128_256 * 4096)
    #expect(count[.head] == 128_256 * 4096)
    #expect(count[.attention] == 32 * (4096 * 6144 + 4096 * 4096))
    #expect(count[.feedForward] == 32 * 3 * 4096 * 14336)
    #expect(count.total == 8_030_261_248 - 65 * 4096)
  }

  @Test func `a tied head is counted once and still multiplied with`() throws {
    let model = try #require(Models.named("qwen3-0.6b"))
    let count = ParameterCount(model)
    #expect(count[.head] == 0)
    #expect(count.active == count.total)
    #expect(model.matrices().contains { $0.part == .head })
  }

  @Test func `tensor parallelism splits every matrix but the replicated ones`() throws {
    let model = try #require(Models.named("llama-3.1-70b"))
    let whole = model.matrices().reduce(0) { $0 + $1.parameters }
    let eighth = model.matrices(Parallelism(tensor: 8)).reduce(0) { $0 + $1.parameters }
    #expect(eighth * 8 == whole)
    // 8 KV heads on 16 accelerators: each holds a whole one.
    let sixteenth = model.matrices(Parallelism(tensor: 16)).reduce(0) { $0 + $1.parameters }
    #expect(sixteenth * 16 - whole == Double(80 * 8192 * 2 * 8 * 128))
  }

  @Test func `weights take the room of their formats`() throws {
    let dense = try #require(Models.named("llama-3.1-70b"))
    let half = dense.weightBytes(Precision(weights: .bfloat16, of: dense))
    #expect(abs(half.gibibytes - 131.4) < 0.1)
    let fp8 = dense.weightBytes(Precision(weights: .float8, of: dense))
    // Embedding and head stay bf16.
    #expect(fp8.count == half.count / 2 + 2 * 128_256 * 8192)
  }

  /// vLLM 0.19 loads gpt-oss-20b into 13.72 GiB on an A100 (myoceane.fr, "AI vLLM A100 Gemma 4",
  /// 2026), 7 % more than the checkpoint, whose experts the kernels pad.
  @Test func `four-bit weights of a mixture are its experts'`() throws {
    let model = try #require(Models.named("gpt-oss-20b"))
    let precision = Precision.native(to: model)
    #expect(precision == Precision(layers: .bfloat16, experts: .float4))
    let weights = model.weightBytes(precision).gibibytes
    #expect(weights < 13.72 && weights > 0.92 * 13.72)
  }
}
