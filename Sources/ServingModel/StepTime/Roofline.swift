package import SimKernel

/// Prices a step from datasheets and coefficients: every matrix product costs its arithmetic and
/// its traffic, which overlap in part, attention costs its KV entries, and layers, all-reduces and
/// the host add latencies (after Williams et al. 2009).
///
/// With pipeline stages the batch is split evenly into as many micro-batches as stages, all in
/// flight, so a step lasts as long as one micro-batch takes through all stages.
package struct Roofline: StepTimeModel {
  package let name = "roofline"
  package let provenance: String
  package let attentionWindow: Int?

  private let matrices: MatrixCost
  private let attention: AttentionCost
  private let capturedSequences: Int
  /// Picoseconds that the host takes to launch a step's kernels one by one.
  private let launching: Int64
  /// Picoseconds by tokens and by sequences in the step.
  private let tokenCosts: [Int64]
  private let sequenceCosts: [Int64]
  /// Of the output head, by tokens; empty where no drafts are verified.
  private let headCosts: [Int64]
  /// By tokens, without what data parallel ranks do together; empty where there are none.
  private let ownCosts: [Int64]

  /// Tabulates steps of up to `maxNumBatchedTokens` tokens and `maxNumSeqs` sequences; larger
  /// ones are priced too, more slowly. Decode steps of more than `capturedSequences` have no CUDA
  /// graph. `verifiesDrafts`: steps compute a drafter's tokens, too.
  package init(
    model: ModelArchitecture, accelerator: Accelerator, parallelism: Parallelism = Parallelism(),
    precision: Precision? = nil, maxNumBatchedTokens: Int, maxNumSeqs: Int,
    capturedSequences: Int = .max, verifiesDrafts: Bool = false,
    coefficients: RooflineCoefficients = .uncalibrated
  ) {
    let precision = precision ?? .native(to: model)
    provenance = coefficients.provenance
    attentionWindow = model.layerKinds.windowed > 0 ? model.layerKinds.window : nil
    let setUp = RooflineSetUp(
      model: model, accelerator: accelerator, parallelism: parallelism, precision: precision,
      coefficients: coefficients)
    let matrices = MatrixCost(setUp)
    tokenCosts = (0...maxNumBatchedTokens).map { matrices.picoseconds(tokens: $0) }
    sequenceCosts = (0...maxNumSeqs).map(matrices.picoseconds(sequences:))
    headCosts =
      verifiesDrafts
      ? (0...maxNumBatchedTokens).map { picosecondsRoundedUp(matrices.head($0)) } : []
    ownCosts =
      parallelism.data > 1
      ? (0...maxNumBatchedTokens).map { matrices.picoseconds(tokens: $0, .own) } : []
    self.matrices = matrices
    attention = AttentionCost(setUp)
    self.capturedSequences = capturedSequences
    launching = picosecondsRoundedUp(coefficients[.launchTime] * Double(model.layers))
  }

  package func duration(of work: StepWork) -> SimDuration {
    duration(of: work, matrices: cost(tokens: work.tokens) + samplingCost(work))
  }

  /// Each rank's own part beside what all their tokens take in the experts, where they meet.
  package func duration(ofRanks works: [StepWork]) -> SimDuration {
    guard !ownCosts.isEmpty else {
      return works.map(duration(of:)).max() ?? SimDuration(picoseconds: 1)
    }
    let together = matrices.picosecondsTogether(tokens: works.map(\.tokens))
    let times = works.map { work in
      let own =
        work.tokens < ownCosts.count
        ? ownCosts[work.tokens] : matrices.picoseconds(tokens: work.tokens, .own)
      return duration(of: work, matrices: own + samplingCost(work) + together)
    }
    return times.max() ?? SimDuration(picoseconds: 1)
  }

  /// Of a step whose matrix products, latencies and communication take `matrices` picoseconds.
  @inline(__always)
  private func duration(of work: StepWork, matrices: Int64) -> SimDuration {
    var total = matrices
    if work.decodeSequences > 0 {
      total += decodeBase(work.decodeSequences)
      if work.prefillSequences == 0 {
        total = launched(total, work.decodeSequences + work.draftTokens)
      }
      total += Int64(work.decodeContext) * attention.perContext
      total += Int64(work.decodeWindowedContext) * attention.perWindowedContext
      if work.draftTokens > 0 { total += attention.draftPicoseconds(work) }
    }
    if work.prefillSequences > 0 { total += attention.prefillPicoseconds(work) }
    return SimDuration(picoseconds: max(1, total))
  }

  package func decodeLine(sequences: Int) -> DecodeLine? {
    guard sequences > 0 else { return nil }
    let base =
      cost(tokens: sequences) + cost(sequences: sequences) + decodeBase(sequences)
    return DecodeLine(
      base: SimDuration(picoseconds: max(1, launched(base, sequences))),
      perContext: SimDuration(picoseconds: attention.perContext),
      perWindowedContext: SimDuration(picoseconds: attention.perWindowedContext))
  }

  @inline(__always)
  private func cost(tokens: Int) -> Int64 {
    tokens < tokenCosts.count ? tokenCosts[tokens] : matrices.picoseconds(tokens: tokens)
  }

  /// What the step takes for its sequences, and what the output head takes longer on drafts beside them.
  /// The host's time for a sequence does not come again with each of its tokens.
  private func samplingCost(_ work: StepWork) -> Int64 {
    let cost = cost(sequences: work.sequences)
    guard work.draftTokens > 0 else { return cost }
    return cost + headCost(tokens: work.sampledTokens) - headCost(tokens: work.sequences)
  }

  private func headCost(tokens: Int) -> Int64 {
    tokens < headCosts.count ? headCosts[tokens] : picosecondsRoundedUp(matrices.head(tokens))
  }

  @inline(__always)
  private func cost(sequences: Int) -> Int64 {
    sequences < sequenceCosts.count
      ? sequenceCosts[sequences] : matrices.picoseconds(sequences: sequences)
  }

  /// What a decode step takes before its contexts: without a graph no less than launching it does.
  private func launched(_ picoseconds: Int64, _ tokens: Int) -> Int64 {
    tokens > capturedSequences ? max(picoseconds, launching) : picoseconds
  }

  /// Decode attention before its contexts: each new token attends to itself.
  private func decodeBase(_ sequences: Int) -> Int64 {
    Int64(sequences) * (attention.perContext + attention.perWindowedContext)
  }
}

/// What the terms of a roofline are computed from.
struct RooflineSetUp {
  var model: ModelArchitecture
  var accelerator: Accelerator
  var parallelism: Parallelism
  var precision: Precision
  var coefficients: RooflineCoefficients

  var tensor: Int { parallelism.tensor }
  /// Stages as a divisor: work on a sequence is spread over them.
  var stages: Double { Double(parallelism.pipeline) }

  /// Bytes a second that a share of the memory bandwidth makes.
  func bandwidth(_ share: Coefficient) -> Double {
    accelerator.memoryBandwidth.rate * coefficients[share]
  }
  /// Operations a second of attention, which runs in bf16 whatever the weights.
  var attentionCompute: Double {
    compute(.bfloat16, .attentionCompute)
  }
  /// Operations a second that a share of the format's dense peak makes.
  func compute(_ format: NumberFormat, _ share: Coefficient) -> Double {
    accelerator.peak(for: format).rate * min(1, coefficients[share] * accelerator.headroom)
  }

  var links: RooflineLinks { RooflineLinks(accelerator, coefficients) }
}

/// Rounded up: no work is free.
func picosecondsRoundedUp(_ seconds: Double) -> Int64 { Int64((seconds * 1e12).rounded(.up)) }
