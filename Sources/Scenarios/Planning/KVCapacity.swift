import ServingModel

/// How many KV blocks a replica has, and where that comes from.
struct KVCapacity: Sendable {
  /// As vLLM prints them.
  var numGPUBlocks: Int
  /// Tokens that a block of context holds.
  var blockSize: Int
  /// nil when the scenario states `num_gpu_blocks`.
  var footprint: MemoryFootprint?

  init(numGPUBlocks: Int, blockSize: Int) {
    self.numGPUBlocks = numGPUBlocks
    self.blockSize = blockSize
  }

  init(_ footprint: MemoryFootprint) {
    numGPUBlocks = footprint.numGPUBlocks
    blockSize = footprint.layout.blockSize
    self.footprint = footprint
  }

  /// nil: every token takes as much as every other.
  private var layout: KVLayout? { footprint.flatMap { $0.layout.isUniform ? nil : $0.layout } }

  /// vLLM keeps one of its blocks for itself.
  private var pool: Int { numGPUBlocks - 1 }

  /// The longest request up to `limit` tokens that there is room for.
  func longestRequest(upTo limit: Int) -> Int {
    layout?.longestRequest(blocks: pool, upTo: limit) ?? min(limit, pool * blockSize)
  }

  /// Blocks that a request of `tokens` tokens needs.
  func blocks(forRequestOf tokens: Int) -> Int {
    layout?.reservedBlocks(forRequestOf: tokens) ?? (tokens + blockSize - 1) / blockSize
  }

  /// Blocks for requests, and why so many.
  struct Usable: Sendable {
    var blocks: Int
    var reason: String
  }

  /// Where windows or states take blocks beside the context, a block counts for as much context as
  /// comes with it in a request of `tokens` tokens.
  func usable(requestsOf tokens: Int, maxModelLen: Int) -> Usable {
    guard let layout else { return Usable(blocks: pool, reason: "vLLM keeps one for itself") }
    let blocks = layout.contextBlocks(pool: pool, requestsOf: tokens)
    // One request of full length has room in any case.
    let least = (maxModelLen + blockSize - 1) / blockSize
    return Usable(
      blocks: max(blocks, least),
      reason: "for requests of \(tokens) tokens, beside their windows and states")
  }

  /// What vLLM prints as "GPU KV cache size".
  func printedTokens(_ usable: Usable, maxModelLen: Int) -> Int {
    layout?.printedTokens(blocks: numGPUBlocks, maxModelLen: maxModelLen)
      ?? usable.blocks * blockSize
  }
}

extension KVCapacity {
  /// The sum line by line, for the plan.
  func describe(_ usable: Usable, maxModelLen: Int, path: String, origin: String) -> PlanLines {
    var lines = PlanLines()
    if let footprint { describe(footprint, path: path, lines: &lines) }
    lines.add("\(path).num_gpu_blocks", "\(numGPUBlocks)", origin)
    lines.add("\(path).usable_blocks", "\(usable.blocks)", "derived: \(usable.reason)")
    lines.add(
      "\(path).kv_cache_tokens", "\(printedTokens(usable, maxModelLen: maxModelLen))",
      "derived: \(printedMeaning(maxModelLen: maxModelLen))")
    return lines
  }

  private func printedMeaning(maxModelLen: Int) -> String {
    switch layout?.printsFullRequests {
    case nil: "usable blocks x block size"
    case true?:
      "requests of max_model_len \(maxModelLen) that fit, in tokens, as vLLM prints it"
    case false?: "a group's share of the pool, as vLLM before 0.21 prints it"
    }
  }

  private func describe(_ footprint: MemoryFootprint, path: String, lines: inout PlanLines) {
    for line in footprint.lines {
      lines.add("\(path).memory.\(line.name.asField)", line.bytes.text, "derived: \(line.origin)")
    }
    let isStated = footprint.statedKVBytes != nil
    lines.add(
      "\(path).memory.kv_cache", footprint.kvBytes.text,
      isStated
        ? "kv_cache_memory_bytes, of an accelerator; the lines above leave \(footprint.left.text)"
        : "derived: the sum of the lines above, an accelerator")
    lines.add(
      "\(path).memory.kv_block", "\(Int(footprint.bytesPerBlock.count)) B",
      "derived: \(layout?.summary ?? "\(blockSize) tokens"), an accelerator")
  }
}

extension KVLayout {
  /// `2 groups of 18 layers, blocks of 16 tokens`.
  fileprivate var summary: String {
    "\(groups.count) \(groups.count == 1 ? "group" : "groups") of \(layersPerGroup) layers, blocks of "
      + "\(blockSize) tokens of context"
  }
}

extension MemoryFootprint {
  /// The sum as a refusal prints it, one summand a line.
  var sum: String {
    let rows = lines.map { ($0.bytes.text, "\($0.name): \($0.origin)") }
    var all = rows + [(left.text, "left for the KV cache of an accelerator")]
    if let statedKVBytes { all.append((statedKVBytes.text, "as kv_cache_memory_bytes asks for")) }
    let width = all.map(\.0.count).max() ?? 0
    return all.map { bytes, words in
      "\n  " + String(repeating: " ", count: width - bytes.count) + bytes + "  " + words
    }.joined()
  }
}

extension Bytes {
  /// In GiB with two decimals.
  var text: String {
    let hundredths = Int((min(abs(gibibytes), 1e12) * 100).rounded())
    let cents = hundredths % 100
    let sign = count < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents) GiB"
  }
}

extension String {
  fileprivate var asField: String {
    String(lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 }.filter { $0 != "'" })
  }
}
