import ServingModel
import ServingPolicies
import ServingSim
import SimKernel
import TextAndBytes

/// Replicas that verify what a drafter proposes.
extension GroupPlanner {
  private var speculative: SpeculativeSection? { group.engine.speculative }

  /// What drafts for the model of `hardware`; nil: nothing does, or what does is no model.
  func drafter(_ hardware: Hardware) -> DraftModel? {
    guard let section = speculative, let method = section.method?.value else { return nil }
    let kvCache = hardware.precision.kvCache
    let parallelism = Parallelism(
      tensor: section.tensorParallelSize?.value ?? hardware.parallelism.tensor)
    switch method {
    case .ngram: return nil
    case .draftModel:
      guard let name = section.model, let model = Models.named(name.value) else { return nil }
      return DraftModel(model, parallelism: parallelism, kvCache: kvCache)
    case .eagle, .eagle3:
      return DraftModel(
        eagleFor: hardware.model,
        vocabulary: method == .eagle3 ? DraftModel.eagle3Vocabulary : nil,
        parallelism: parallelism, kvCache: kvCache)
    case .mtp:
      return DraftModel(
        nextTokenLayerOf: hardware.model,
        parallelism: hardware.model.feedForward.isMixture ? hardware.parallelism : parallelism,
        precision: hardware.precision)
    }
  }

  /// Whether what is stated of drafts can be.
  func checkSpeculation(_ engine: EngineOptions) -> Bool {
    guard let section = speculative else { return true }
    let before = issues.issues.count
    checkEngine(section, engine)
    checkDrafter(section, engine)
    checkAcceptance(section)
    checkRanges(section)
    return issues.issues.count == before && section.method != nil && section.tokens != nil
  }

  /// Engines like `replica` as drafts make them.
  func speculating(
    _ replica: ReplicaPlan, _ hardware: Hardware?, _ engine: EngineOptions, seed: UInt64,
    lines: inout PlanLines, derived: inout PlanLines
  ) -> ReplicaPlan {
    guard let section = speculative, let method = section.method, let tokens = section.tokens else {
      return replica
    }
    lines.stated(method)
    lines.stated(tokens)
    lines.stated(section.model)
    lines.stated(section.tensorParallelSize)
    let isParallel = lines.resolve(
      section.parallelDrafting, "\(section.path).parallel_drafting", default: false)
    let keepsBlock = lines.resolve(
      section.disableBlockDrop, "\(section.path).disable_eagle_block_drop", default: false)
    for range in section.byBatchSize { lines.add(range.path, range.text, range.origin.planText) }
    let schedule = schedule(section, tokens.value, sequences: engine.limits.maxNumSeqs)
    let acceptance = acceptance(section, tokens.value, seed: seed, &lines)
    var replica = replica
    replica.speculation = SpeculationPlan(
      schedule: schedule, lookaheadTokens: method.value == .ngram ? 0 : tokens.value,
      recomputesLastBlock: method.value.usesHiddenStates && !keepsBlock, acceptance: acceptance)
    if let drafter = passTime(section, hardware, &lines, &derived),
      checkLength(drafter, section, schedule, replica)
    {
      replica.stepTime = SpeculativeStepTime(
        replica.stepTime, drafter: drafter, schedule: schedule, isParallel: isParallel)
    }
    derived.add(
      "derived.\(section.path).mean_acceptance_length", "\(rounded(acceptance.meanLength))",
      "derived: tokens that a step yields a request, of \(tokens.value) proposed")
    return replica
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// nil: drafting takes no time.
  private func passTime(
    _ section: SpeculativeSection, _ hardware: Hardware?, _ lines: inout PlanLines,
    _ derived: inout PlanLines
  ) -> (any StepTimeModel)? {
    if let time = section.draftTime {
      lines.stated(time)
      var costs = LinearStepTime.Coefficients()
      costs.base = time.value
      costs.perDecodeSequence = lines.resolve(
        section.draftTimePerSequence, "\(section.path).draft_time_per_sequence", default: .zero,
        as: "0 s")
      costs.perPrefillSequence = costs.perDecodeSequence
      return time.value > .zero || costs.perDecodeSequence > .zero ? LinearStepTime(costs) : nil
    }
    guard let hardware, let drafter = hardware.drafter else { return nil }
    let roofline = drafter.stepTime(
      on: hardware.accelerator, limits: hardware.limits, coefficients: hardware.coefficients)
    var one = StepWork()
    one.decodeSequences = 1
    one.decodeContext = 1024
    derived.add(
      "derived.\(section.path).draft_time",
      "\(rounded(roofline.duration(of: one).seconds * 1e3)) ms",
      "derived: a pass of \(drafter.model.id) over one request with 1024 tokens")
    return roofline
  }

  /// Whether drafting after the fullest step takes no longer than a step may.
  private func checkLength(
    _ drafter: any StepTimeModel, _ section: SpeculativeSection, _ schedule: DraftSchedule,
    _ replica: ReplicaPlan
  ) -> Bool {
    var work = StepWork()
    work.decodeSequences = replica.maxNumSeqs
    work.decodeContext = min(
      replica.maxNumSeqs * replica.maxModelLength, replica.usableBlocks * replica.blockSize)
    work.draftTokens = max(0, replica.maxNumBatchedTokens - replica.maxNumSeqs)
    return checkLength(
      drafter.duration(of: work).seconds * Double(schedule.longest),
      of: "drafting after a full step", section.origin, section.path)
  }

  /// Spread out by batch size: between ranges and beyond the last one, those of the range before hold.
  private func schedule(
    _ section: SpeculativeSection, _ tokens: Int, sequences: Int
  ) -> DraftSchedule {
    guard !section.byBatchSize.isEmpty else { return DraftSchedule(tokens) }
    var current = tokens
    return DraftSchedule(
      byBatch: (1...sequences).map { batch in
        if let range = section.byBatchSize.first(where: { $0.requests.contains(batch) }) {
          current = min(range.tokens, tokens)
        }
        return current
      })
  }

  private func acceptance(
    _ section: SpeculativeSection, _ tokens: Int, seed: UInt64, _ lines: inout PlanLines
  ) -> DraftAcceptance {
    for rate in section.acceptanceRates { lines.stated(rate) }
    lines.stated(section.acceptanceLength)
    lines.stated(section.acceptanceRate)
    var rates = section.acceptanceRates.map(\.value)
    if let length = section.acceptanceLength?.value {
      // vLLM's way: as many as surely come, then one of them by chance.
      rates = (0..<tokens).map { min(1, max(0, length - 1 - Double($0))) }
    } else if let rate = section.acceptanceRate?.value {
      var share = 1.0
      rates = (0..<tokens).map { _ in
        share *= rate
        return share
      }
    }
    return DraftAcceptance(rates: rates, seed: seed)
  }
}

/// What contradicts itself.
extension GroupPlanner {
  private func problem<Value>(_ stated: Stated<Value>, _ message: String) {
    issues.add(stated.origin, stated.path, message)
  }

  private func checkEngine(_ section: SpeculativeSection, _ engine: EngineOptions) {
    var reason: String?
    if engine.name != .vllm {
      reason =
        "goes with vLLM's batching; how \(engine.name.title) verifies drafts is not known here"
    } else if engine.batchPolicy is StaticBatching {
      reason = "goes with continuous batching"
    } else if engine.batchPolicy.service != nil {
      reason = "does not go with scheduling_policy: vtc, which counts a token a step"
    } else if !engine.enableChunkedPrefill {
      reason = "goes with enable_chunked_prefill: true; without it is not known here"
    }
    if let reason { issues.add(section.origin, section.path, reason) }
  }

  private func checkDrafter(_ section: SpeculativeSection, _ engine: EngineOptions) {
    if let model = section.model, section.method?.value != .draftModel {
      problem(model, "goes with method: draft_model; other drafters have the shape of the model")
    }
    if section.method?.value == .draftModel, let model = section.model,
      Models.named(model.value) == nil
    {
      problem(
        model,
        "no model \"\(model.value)\" in the catalogue"
          + Spelling.hint(HardwareNames.models(for: model.value)) + "; see kavier catalog models")
    }
    if let size = section.tensorParallelSize, size.value != 1,
      size.value != engine.parallelism.tensor
    {
      problem(
        size,
        "found \"\(size.text)\"; expected 1 or tensor_parallel_size \(engine.parallelism.tensor), as "
          + "vLLM does")
    }
    if !isRoofline, section.draftTime == nil, section.method?.value != .ngram {
      issues.add(
        section.origin, "\(section.path).draft_time",
        "missing; expected what a pass of the drafter takes, since step_time does not tell it")
    }
    if let time = section.draftTimePerSequence, section.draftTime == nil {
      problem(time, "goes with draft_time")
    }
  }

  private func checkAcceptance(_ section: SpeculativeSection) {
    guard let tokens = section.tokens?.value else { return }
    let rates = section.acceptanceRates
    if let first = rates.first, rates.count != tokens {
      issues.add(
        first.origin, "\(section.path).synthetic_acceptance_rates",
        "found \(rates.count) shares; expected one for each of the \(tokens) tokens")
    }
    for (rate, next) in zip(rates, rates.dropFirst()) where next.value > rate.value {
      problem(
        next,
        "found \"\(next.text)\" after \"\(rate.text)\"; a later token is accepted no more often")
    }
    if let length = section.acceptanceLength, length.value > Double(tokens + 1) {
      problem(
        length,
        "found \"\(length.text)\"; a step yields at most the \(tokens) tokens proposed and one more"
      )
    }
  }

  private func checkRanges(_ section: SpeculativeSection) {
    if let first = section.byBatchSize.first, first.requests.lowerBound != 1 {
      issues.add(first.origin, first.path, "found \(first.text); the first range begins with 1")
    }
    for (range, next) in zip(section.byBatchSize, section.byBatchSize.dropFirst())
    where next.requests.lowerBound <= range.requests.upperBound {
      issues.add(
        next.origin, next.path,
        "found \(next.text) after \(range.text); ranges rise without overlap")
    }
  }
}
