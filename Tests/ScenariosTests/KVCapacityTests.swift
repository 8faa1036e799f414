import ServingModel
import SimKernel
import Testing

@testable import Scenarios
import ServingSim

/// Options that memory depends on, and what a plan says of them.
struct KVCapacityTests {
  private func blocks(_ engine: String) throws -> Int {
    try #require(try plan(small(fleet: "engine: {\(engine)}")).replicas.first).usableBlocks
  }

  @Test func `defaults depend on release and accelerator, and the plan says so`() throws {
    let newest = try plan(small())
    #expect(
      newest.line("fleet.engine.max_num_seqs")
        == "1024 (default: the one of vLLM from 70 GiB of memory on)")
    #expect(
      newest.line("fleet.engine.gpu_memory_utilization")
        == "0.92 (default: the one of vLLM since 0.21)")
    let older = try plan(small(), set: ["fleet.engine.version=0.15.1"])
    #expect(
      older.line("fleet.engine.gpu_memory_utilization")
        == "0.9 (default: the one of vLLM before 0.21)")
    let smaller = try plan(small(), set: ["fleet.accelerator=a100-sxm-80"])
    #expect(
      smaller.line("fleet.engine.max_num_batched_tokens")
        == "2048 (default: the one of vLLM on an A100)")
    let bounded = try plan(small(fleet: "engine: {max_num_batched_tokens: 512}"))
    #expect(
      bounded.line("fleet.engine.max_num_seqs")
        == "512 (default: the most that max_num_batched_tokens allows)")
  }

  @Test func `enforce_eager frees the memory of graphs`() throws {
    // 0.5 GiB in blocks of 2 MiB.
    #expect(try blocks("enforce_eager: true") - blocks("enforce_eager: false") == 256)
    #expect(
      try blocks("enforce_eager: true, version: \"0.15.1\"")
        == blocks("enforce_eager: false, version: \"0.15.1\""))
  }

  @Test(arguments: ["8 GiB", "8589934592", "8_589_934_592"])
  func `kv_cache_memory_bytes is the KV cache`(size: String) throws {
    #expect(try blocks("kv_cache_memory_bytes: \(size)") == 4095)
    let plan = try plan(
      small(fleet: "engine: {kv_cache_memory_bytes: \(size), gpu_memory_utilization: 0.5}"))
    #expect(
      plan.remarks.contains {
        $0.field == "fleet.engine.gpu_memory_utilization"
          && $0.reason == "kv_cache_memory_bytes says how large the KV cache is"
      })
  }

  @Test func `more than there is is refused with the sum`() throws {
    let found = problems(small(fleet: "engine: {kv_cache_memory_bytes: 70 GiB}")).joined()
    #expect(found.contains("does not fit on 1 x h100-sxm"))
    #expect(found.contains("all of 79.19 GiB that the driver offers"))
    #expect(found.contains("70.00 GiB  as kv_cache_memory_bytes asks for"))
  }

  @Test(arguments: ["0", "-1", "x", "8 gallons", "1e300"])
  func `a size that is none is refused`(size: String) {
    let found = problems(small(fleet: "engine: {kv_cache_memory_bytes: \(size)}"))
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix("expected bytes, or a size with its unit, like 24 GiB") == true,
      "\(found)")
  }

  @Test func `swap_space is taken and does nothing, which is said`() throws {
    let plan = try plan(small(fleet: "engine: {swap_space: 4}"))
    #expect(plan.remarks.map(\.field) == ["fleet.engine.swap_space"])
    #expect(try blocks("swap_space: 4") == blocks("block_size: 16"))
  }

  @Test func `stated weights take the place of counted ones`() throws {
    let plan = try plan(small(fleet: "weights: 30 GiB"))
    #expect(plan.line("derived.fleet.memory.weights") == "-30.00 GiB (derived: as stated)")
  }

  @Test func `a context that a server would refuse is told of`() throws {
    let plan = try plan(small(), set: ["fleet.accelerator=l4", "fleet.engine.version=0.15.1"])
    let longest = try #require(plan.replicas.first).maxModelLength
    #expect(longest < 131_072)
    let remark = try #require(plan.remarks.first { $0.field == "fleet.engine.max_model_len" })
    #expect(remark.reason.contains("a real vLLM does not start with it"))
    #expect(remark.reason.contains("state max_model_len: \(longest) or less"))
    #expect(
      plan.line("derived.fleet.starts")?.hasPrefix("no (derived: without max_model_len") == true)
    // Stated, it is refused, as vLLM does.
    let found = problems(
      small(fleet: "engine: {max_model_len: 131072}"),
      set: ["fleet.accelerator=l4", "fleet.engine.version=0.15.1"])
    #expect(found.first?.contains("enough for a request of \(longest) tokens") == true)
  }

  /// It does start: 21.5 GiB of KV cache (myoceane.fr, "AI vLLM A100 Gemma 4", 2026).
  @Test func `Gemma 4 starts on an A100 with 131,072 tokens of context`() throws {
    let text = small().replacing("llama-3.1-8b", with: "gemma-4-26b-a4b")
      .replacing("h100-sxm", with: "a100-sxm-80")
    let plan = try plan(
      text,
      set: ["fleet.engine={version: \"0.19.0\", enforce_eager: true, max_model_len: 131072}"])
    let kvCache = try #require(
      plan.lines.first { $0.path == "derived.fleet.memory.kv_cache" }?.value)
    #expect(abs((Double(kvCache.dropLast(4)) ?? 0) / 21.5 - 1) < 0.06)
    #expect(try #require(plan.replicas.first).maxModelLength == 131_072)
    #expect(plan.line("derived.fleet.starts")?.hasPrefix("yes ") == true)
  }

  @Test func `hybrids have long blocks, and states take their share`() throws {
    let text = small().replacing("llama-3.1-8b", with: "qwen3.5-27b")
      .replacing("h100-sxm", with: "h200-sxm")
    let replica = try #require(try plan(text).replicas.first)
    #expect(replica.blockSize == 784)
    // A request of 120 tokens has one block of context beside six of states.
    let pool = try #require(
      try plan(text).lines.first { $0.path == "derived.fleet.num_gpu_blocks" }.flatMap {
        Int($0.value)
      })
    let full = (262_144 + 783) / 784
    #expect(replica.usableBlocks == max(full, (pool - 1) / 7))
  }

  @Test func `a model's directory is a model`() throws {
    let folder = "\(repository)/Benchmarks/Fuzz/Seeds/scenario/config"
    let plan = try plan(small(), set: ["fleet.model=\(folder)"])
    #expect(plan.replicas.first?.model == "config")
    let found = problems(small(), set: ["fleet.model=\(repository)/Docs"])
    #expect(found.first?.contains("cannot read \"\(repository)/Docs/config.json\"") == true)
  }
}
