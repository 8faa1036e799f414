import ServingModel

/// How many KV blocks a replica has for requests, and where that comes from.
struct KVCapacity: Sendable {
  var usableBlocks: Int
  var blockSize: Int
  /// nil when the scenario states `num_gpu_blocks`.
  var footprint: MemoryFootprint?

  var tokens: Int { usableBlocks * blockSize }

  /// vLLM keeps one of its blocks for itself.
  init(numGPUBlocks: Int, blockSize: Int, footprint: MemoryFootprint? = nil) {
    usableBlocks = numGPUBlocks - 1
    self.blockSize = blockSize
    self.footprint = footprint
  }

  /// The sum line by line, for the plan.
  func describe(path: String, origin: String, lines: inout PlanLines) {
    for line in footprint?.lines ?? [] {
      let name = line.name.replacingSpaces
      lines.add("\(path).memory.\(name)", line.bytes.text, "derived: \(line.origin)")
    }
    if let footprint {
      lines.add(
        "\(path).memory.kv_cache", footprint.kvBytes.text,
        "derived: the sum of the lines above, an accelerator")
      lines.add(
        "\(path).memory.kv_block", "\(Int(footprint.bytesPerBlock.count)) B",
        "derived: \(blockSize) tokens, an accelerator")
    }
    lines.add("\(path).num_gpu_blocks", "\(usableBlocks + 1)", origin)
    lines.add("\(path).usable_blocks", "\(usableBlocks)", "derived: vLLM keeps one for itself")
    lines.add("\(path).kv_cache_tokens", "\(tokens)", "derived: usable blocks x block size")
  }
}

extension MemoryFootprint {
  /// The sum as a refusal prints it, one summand a line.
  var sum: String {
    let rows = lines.map { ($0.bytes.text, "\($0.name): \($0.origin)") }
    let all = rows + [(kvBytes.text, "left for the KV cache of an accelerator")]
    let width = all.map(\.0.count).max() ?? 0
    return all.map { bytes, words in
      "\n  " + String(repeating: " ", count: width - bytes.count) + bytes + "  " + words
    }.joined()
  }
}

extension Bytes {
  /// In GiB with two decimals.
  var text: String {
    let hundredths = Int((abs(gibibytes) * 100).rounded())
    let cents = hundredths % 100
    let sign = count < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents) GiB"
  }
}

extension String {
  fileprivate var replacingSpaces: String {
    String(lowercased().map { $0 == " " ? "_" : $0 }.filter { $0 != "'" })
  }
}
