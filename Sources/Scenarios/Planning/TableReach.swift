import ServingModel

/// The largest steps that a plan can come to, held against those that were measured.
struct TableReach {
  let decode: MeasuredSurface
  let prefill: MeasuredSurface
  private let maxNumSeqs: Int
  private let maxNumBatchedTokens: Int
  private let maxModelLen: Int
  /// The most context of all decoding sequences together, but for what they share.
  private let mostContext: Int

  /// The fields that bound steps.
  enum Field: String {
    case maxNumSeqs = "max_num_seqs"
    case maxNumBatchedTokens = "max_num_batched_tokens"
    case maxModelLen = "max_model_len"
  }

  /// A field that lets steps be larger than those measured.
  struct Shortfall {
    var field: Field
    /// What the field allows and what was measured.
    var message: String
    /// The greatest value for which enough was measured.
    var covered: Int
  }

  init(
    decode: MeasuredSurface, prefill: MeasuredSurface, engine: EngineOptions, maxModelLen: Int,
    kvTokens: Int
  ) {
    self.decode = decode
    self.prefill = prefill
    maxNumSeqs = engine.limits.maxNumSeqs
    maxNumBatchedTokens = engine.limits.maxNumBatchedTokens
    self.maxModelLen = maxModelLen
    // Sequences that share a prefix have more context than the KV cache has room.
    mostContext = engine.enablePrefixCaching ? .max : kvTokens
  }

  /// As many sequences and prompt tokens as a step can have, with as much context.
  var fullStep: StepWork {
    var work = StepWork()
    work.decodeSequences = maxNumSeqs
    work.decodeContext = decodeContext(maxNumSeqs)
    work.prefillSequences = 1
    work.prefillTokens = maxNumBatchedTokens
    work.prefillContext = max(0, maxModelLen - maxNumBatchedTokens)
    work.prefillPairs =
      maxNumBatchedTokens * work.prefillContext + maxNumBatchedTokens * (maxNumBatchedTokens + 1)
      / 2
    return work
  }

  /// Everything that was not measured far enough.
  var shortfalls: [Shortfall] { decodeShortfalls + prefillShortfalls }

  var coversDecode: Bool { decodeShortfalls.isEmpty }

  private var decodeShortfalls: [Shortfall] {
    [sequencesShortfall, decodeContextShortfall].compactMap { $0 }
  }

  private var prefillShortfalls: [Shortfall] {
    [tokensShortfall, prefillContextShortfall].compactMap { $0 }
  }

  private var sequencesShortfall: Shortfall? {
    guard maxNumSeqs > decode.greatestSize else { return nil }
    return Shortfall(
      field: .maxNumSeqs,
      message: "\(maxNumSeqs) sequences may decode in a step, at most \(decode.greatestSize) do",
      covered: decode.greatestSize)
  }

  private var tokensShortfall: Shortfall? {
    guard maxNumBatchedTokens > prefill.greatestSize else { return nil }
    return Shortfall(
      field: .maxNumBatchedTokens,
      message: "\(maxNumBatchedTokens) prompt tokens may be in a step, at most "
        + "\(prefill.greatestSize) are", covered: prefill.greatestSize)
  }

  /// The greatest sum of contexts of so many sequences.
  private func decodeContext(_ sequences: Int) -> Int {
    min(sequences * (maxModelLen - 1), mostContext)
  }

  private var decodeContextShortfall: Shortfall? {
    let sizes = 1...min(maxNumSeqs, decode.greatestSize)
    let gap = Gap.worst(of: decode, sizes: sizes, reached: decodeContext) { sequences, covered in
      covered / Double(sequences) + 1
    }
    return gap.map { gap in
      Shortfall(
        field: .maxModelLen,
        message: "\(gap.size) decoding sequence\(gap.size == 1 ? "" : "s") may have \(gap.reached) "
          + "tokens of context, at most \(gap.covered) are covered", covered: gap.maxModelLen)
    }
  }

  private var prefillContextShortfall: Shortfall? {
    let sizes = 1...min(maxNumBatchedTokens, prefill.greatestSize)
    let reached = { max(0, maxModelLen - $0) }
    let gap = Gap.worst(of: prefill, sizes: sizes, reached: reached) { tokens, covered in
      covered + Double(tokens)
    }
    return gap.map { gap in
      Shortfall(
        field: .maxModelLen,
        message: "\(gap.size) prompt token\(gap.size == 1 ? "" : "s") may follow \(gap.reached) "
          + "computed ones, at most \(gap.covered) are covered", covered: gap.maxModelLen)
    }
  }
}

/// A size at which a plan comes to more context than was measured.
private struct Gap {
  var size: Int
  var reached: Int
  var covered: Int
  /// The greatest `max_model_len` that is covered there.
  var maxModelLen: Int

  /// The gap for which `max_model_len` has to be lowered most; nil when there is none.
  static func worst(
    of surface: MeasuredSurface, sizes: ClosedRange<Int>, reached: (Int) -> Int,
    maxModelLen: (_ size: Int, _ covered: Double) -> Double
  ) -> Gap? {
    guard surface.hasContexts else { return nil }
    var worst: (length: Double, gap: Gap)?
    for size in sizes {
      let covered = surface.contexts(size: size).upperBound
      let length = maxModelLen(size, covered)
      guard Double(reached(size)) > covered, length < worst?.length ?? .infinity else { continue }
      let gap = Gap(
        size: size, reached: reached(size), covered: Int(covered), maxModelLen: Int(length))
      worst = (length, gap)
    }
    return worst?.gap
  }
}

extension TableReach {
  /// How far the table goes and how far the plan does.
  func describe(path: String, lines: inout PlanLines) {
    let contexts = decode.contexts(size: decode.greatestSize).upperBound
    lines.add(
      "\(path).decode_steps", "\(decode.pointCount)",
      "measured: up to \(decode.greatestSize) sequences"
        + (decode.hasContexts
          ? " with \(Int(contexts)) tokens of context together" : ", whatever their contexts")
        + "; the plan comes to \(maxNumSeqs) with \(decodeContext(maxNumSeqs))")
    lines.add(
      "\(path).prefill_steps", "\(prefill.pointCount)",
      "measured: up to \(prefill.greatestSize) tokens"
        + (prefill.hasContexts ? "" : ", whatever their context")
        + "; the plan comes to \(maxNumBatchedTokens)")
  }

  /// What was measured, and what was not told apart.
  func provenance(file: String) -> String {
    let ignored = [(decode, "decoding"), (prefill, "prompts")].filter { !$0.0.hasContexts }
    return "measured: \(decode.pointCount) decode and \(prefill.pointCount) prefill steps of "
      + "\(file)"
      + (ignored.isEmpty
        ? "" : "; whatever the context of \(ignored.map(\.1).joined(separator: " and "))")
  }
}
