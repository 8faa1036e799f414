import Testing

@testable import ServingModel

struct KVLayoutTests {
  private func layout(
    _ name: String, tensor: Int = 1, kvCache: NumberFormat = .bfloat16, tokens: Int = 8192,
    version: String? = nil, caching: Bool = true
  ) throws -> KVLayout {
    let model = try #require(Models.named(name))
    var engine = EngineLimits(maxNumBatchedTokens: tokens)
    engine.release = VLLMRelease(version)
    engine.enablePrefixCaching = caching
    return KVLayout(
      model, precision: .native(to: model, kvCache: kvCache),
      parallelism: Parallelism(tensor: tensor), engine: engine)
  }

  @Test func `layers that are alike are one group`() throws {
    let layout = try layout("llama-3.1-8b")
    #expect(layout.isUniform && layout.blockSize == 16)
    #expect(layout.bytesPerBlock == Bytes(2_097_152))
    #expect(layout.printedTokens(blocks: 10, maxModelLen: 4096) == 160)
    #expect(layout.contextBlocks(pool: 10, requestsOf: 1000) == 10)
    #expect(layout.longestRequest(blocks: 10, upTo: 4096) == 160)
  }

  /// "Setting attention block size to ... tokens to ensure that attention page size is >= mamba page
  /// size", as vLLM logs it.
  @Test(arguments: [
    ("qwen3-next-80b-a3b", 1, NumberFormat.bfloat16, 544),
    ("qwen3.5-35b-a3b", 1, .bfloat16, 1056), ("qwen3.5-27b", 1, .bfloat16, 784),
    ("qwen3.6-35b-a3b", 1, .float8, 2096),
  ])
  func `a block of attention is as large as a state`(
    model: String, tensor: Int, kvCache: NumberFormat, size: Int
  ) throws {
    #expect(try layout(model, tensor: tensor, kvCache: kvCache).blockSize == size)
  }

  /// vLLM printed 567,978 tokens for 5.98 GiB and requests of 131,072 (club-3090, issue 612): 299
  /// blocks, of which a request takes 63 and two for each of three groups of states.
  @Test func `states take blocks beside the context`() throws {
    let layout = try layout("qwen3.6-35b-a3b", kvCache: .float8)
    #expect(layout.layersPerGroup == 10 && layout.groups.count == 4)
    #expect(layout.reservedBlocks(forRequestOf: 131_072) == 69)
    let blocks = Int(Bytes.gibibytes(5.98).count / layout.bytesPerBlock.count)
    #expect(blocks == 299)
    #expect(layout.printedTokens(blocks: blocks, maxModelLen: 131_072) == 567_978)
  }

  /// The same of 5153 blocks: 7,035,562 tokens of requests of 32,768 (vLLM, issue 53749).
  @Test func `a group that is not full counts as full`() throws {
    let layout = try layout("nemotron-3-nano-30b-a3b")
    #expect(layout.layersPerGroup == 6 && layout.groups.count == 1 + 4)
    #expect(layout.printedTokens(blocks: 5153, maxModelLen: 32_768) == 7_035_562)
  }

  /// 0.11: 7162 blocks, 973,760 tokens of 262,144 at 14.77 requests (Qwen3-Next on 2 x H200). 0.19:
  /// 290,864 tokens of 32,768 at 33.04 requests (Qwen3.5 27B, issue 40691).
  @Test(arguments: [
    ("qwen3-next-80b-a3b", 2, "0.11.0", 7162, 262_144, 973_760, 14.77),
    ("qwen3.5-27b", 1, "0.19.0", 1487, 32_768, 290_864, 33.04),
  ])
  func `before 0.21 the pool is printed by its groups`(
    model: String, tensor: Int, version: String, blocks: Int, length: Int, printed: Int,
    concurrency: Double
  ) throws {
    let layout = try layout(model, tensor: tensor, version: version)
    #expect(layout.printedTokens(blocks: blocks, maxModelLen: length) == printed)
    let requests = Double(blocks) / Double(layout.reservedBlocks(forRequestOf: length))
    #expect(abs(requests - concurrency) < 0.005)
  }

  @Test func `without a prefix cache, and before 0.21, a state is one block`() throws {
    let blocks = try layout("qwen3.6-35b-a3b", caching: false).groups.last?.kind
    #expect(blocks == .state(1))
    #expect(try layout("qwen3.6-35b-a3b", version: "0.12.0").groups.last?.kind == .state(1))
  }

  @Test func `windows share pages with full attention`() throws {
    // Full: 2 heads of 512; windowed: 8 of 256, twice as much, so full blocks hold twice the tokens.
    let layout = try layout("gemma-4-26b-a4b", tokens: 2048)
    #expect(layout.layersPerGroup == 5 && layout.groups.count == 1 + 5)
    #expect(layout.pageBytes == Bytes(131_072) && layout.blockSize == 32)
    // 4096 blocks of context; 1024 - 1 + 2048 tokens in each of five groups: 192 and one.
    #expect(layout.reservedBlocks(forRequestOf: 131_072) == 4096 + 5 * 193)
    // A decoding request holds its window alone.
    #expect(layout.heldBlocks(forRequestOf: 131_072) == 4096 + 5 * 65)
    #expect(layout.heldBlocks(forRequestOf: 16) == 6)
  }

  @Test func `before 0.10 windows keep everything`() throws {
    let layout = try layout("gemma-3-27b", version: "0.8.5")
    #expect(layout.isUniform)
    // 62 layers of 16 heads of 128, keys and values in two bytes, 16 tokens.
    #expect(layout.bytesPerBlock.count.rounded() == 8_126_464)
  }

  @Test func `the longest request is the last that fits`() throws {
    let layout = try layout("gpt-oss-120b")
    for blocks in [1, 2, 9, 100, 5000] {
      let longest = layout.longestRequest(blocks: blocks, upTo: 131_072)
      #expect(longest == 0 || layout.reservedBlocks(forRequestOf: longest) <= blocks)
      #expect(longest == 131_072 || layout.reservedBlocks(forRequestOf: longest + 1) > blocks)
    }
  }

  @Test func `longer requests hold more tokens in as much memory`() throws {
    for model in Models.all {
      let layout = try layout(model.id)
      var last = 0.0
      for tokens in [1, 100, 1000, 10_000, 100_000] {
        let held = Double(tokens) / Double(layout.heldBlocks(forRequestOf: tokens))
        #expect(held >= last, "\(model.id)")
        last = held
        // Where nothing but context takes blocks, the pool is what it is.
        let blocks = layout.contextBlocks(pool: 10_000, requestsOf: tokens)
        #expect(blocks >= 1 && blocks <= 10_000 && (!layout.isUniform || blocks == 10_000))
      }
    }
  }
}
