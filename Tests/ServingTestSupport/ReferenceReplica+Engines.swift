import ServingPolicies
import ServingSim
import SimKernel

/// How SGLang and TensorRT-LLM fill a step, spelled out.
extension ReferenceReplica {
  /// Prompts by themselves; if there are none that can be computed, answers.
  mutating func servePromptsOrAnswers(
    _ policy: SGLangScheduling, at now: Instant
  ) -> [ReferenceRequest] {
    var budget = plan.maxNumBatchedTokens
    if let i = running.firstIndex(where: { !$0.isDecoding }) {
      let tokens = min(running[i].known - running[i].computed, budget)
      serve(i, tokens: tokens)
      budget -= tokens
    }
    let admitted = admitUnlessFull(&budget, as: policy)
    guard running.allSatisfy({ $0.scheduled == 0 }) else { return admitted }
    let count = running.count
    while running.reduce(0, { $0 + blocks($1.computed + 1) - $1.allocated }) > cache.free {
      retract()
    }
    for i in running.indices { serve(i, tokens: 1) }
    if running.count < count {
      let generated = running.reduce(0) { $0 + $1.known - $1.promptTokens + 20 }
      let limit = running.reduce(0) { $0 + $1.maxTokens }
      newTokenRatio = (min(1, Double(generated) / Double(limit)), 0)
    }
    isFull = running.count == count && isFull && !hasLost
    hasLost = false
    return admitted
  }

  /// SGLang's `lpm`, token by token: whoever has the longest beginning in the cache goes first; who has
  /// little there, but 32 tokens in common with such a one before it, goes last.
  mutating func sortByPrefix() {
    guard let policy = plan.scheduler as? SGLangScheduling,
      policy.requestOrder == .longestPrefixMatch, plan.enablePrefixCaching, waiting.count <= 128
    else { return }
    let isBarred = (isFull && !running.isEmpty) || running.count == plan.maxNumSeqs
    guard !isBarred || running.contains(where: { !$0.isDecoding }) else { return }
    var texts: [[BlockKey]] = []
    var sorted: [(request: ReferenceRequest, key: Int)] = []
    for request in waiting {
      let full = request.known / plan.blockSize
      let blocks = (0..<full).first { !cache.isResident(request.keys[$0]) } ?? full
      let found = blocks * plan.blockSize
      let text = (0..<request.known).map { request.keys.token($0) }
      var key = -min(found, request.known - 1)
      if found <= 32 {
        let common = texts.map { zip($0, text).prefix { $0 == $1 }.count }.max() ?? 0
        if common >= 32 { key = Int.max } else { texts.append(text) }
      }
      sorted.append((request, key))
    }
    // As Python sorts: who is equal stays in order.
    waiting = sorted.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }.map(\.element.request)
  }

  private mutating func retract() {
    // As Python sorts, and takes the last.
    let order = running.indices.sorted {
      let (a, b) = (running[$0], running[$1])
      let (x, y) = (a.known - a.promptTokens, b.known - b.promptTokens)
      return (y, -b.promptTokens, $0) < (x, -a.promptTokens, $1)
    }
    guard let i = order.last else { return }
    var request = running.remove(at: i)
    request.computed = min(request.computed, request.promptTokens)
    release(&request, ended: false)
    request.computed = 0
    request.scheduled = 0
    request.isDecoding = false
    preemptedNow.append(request.number)
    preemptions += 1
    waiting.append(request)
  }

  var isPromptsFirst: Bool {
    (plan.scheduler as? SGLangScheduling).map { !$0.mixesChunks } ?? false
  }

  var usualRatio: Double {
    min(0.7 * ((plan.scheduler as? SGLangScheduling)?.conservativeness ?? 1), 1)
  }

  mutating func admitUnlessFull(
    _ budget: inout Int, as policy: SGLangScheduling
  ) -> [ReferenceRequest] {
    if isFull, !running.isEmpty { return [] }
    guard waiting.isEmpty else { return admit(&budget, as: policy) }
    isFull = running.count == plan.maxNumSeqs
    return []
  }

  /// SGLang's admission.
  private mutating func admit(
    _ budget: inout Int, as policy: SGLangScheduling
  ) -> [ReferenceRequest] {
    let (start, steps) = newTokenRatio
    let decayed = start - (usualRatio - 0.14 * usualRatio) / 600 * Double(steps)
    let ratio = max(decayed, 0.14 * usualRatio)
    var reserved = 0.0
    for request in running {
      reserved += Double(min(max(request.left, 0), 4096))
    }
    reserved *= ratio
    var admitted: [ReferenceRequest] = []
    var prompts = 0
    while let i = nextIndex() {
      let request = waiting[i]
      let found = matched(request.keys, tokens: request.known)
      let unheld = (0..<found).filter { !cache.isHeld(request.keys[$0]) }.count
      let extend = request.known - found * plan.blockSize
      let answer = min(max(request.left, 0), 4096)
      let room = Double((cache.free - unheld) * plan.blockSize) - reserved
      if !running.isEmpty, Double(extend + answer + plan.blockSize) >= room {
        isFull = true
        return admitted
      }
      if prompts > 0, prompts + extend >= policy.maxPrefillTokens { break }
      let left = budget
      if running.count == plan.maxNumSeqs {
        isFull = true
        return admitted
      }
      guard let joined = admit(&budget) else {
        isFull = budget > 0 && (plan.enableChunkedPrefill || extend <= budget)
        return admitted
      }
      admitted.append(joined)
      prompts += left - budget
      if extend <= left { reserved += Double(answer) }
    }
    isFull = false
    return admitted
  }

  /// TensorRT-LLM's admission: whoever joins can end.
  mutating func admitWithoutEvictions(_ budget: inout Int) -> [ReferenceRequest] {
    var admitted: [ReferenceRequest] = []
    while let request = waiting.first {
      let reserved = running.reduce(0) {
        $0 + blocks($1.promptTokens + $1.maxTokens) - $1.allocated
      }
      let found = matched(request.keys, tokens: request.known)
      let unheld = (0..<found).filter { !cache.isHeld(request.keys[$0]) }.count
      let needed = blocks(request.promptTokens + request.maxTokens) - found + unheld
      guard running.isEmpty || needed + reserved <= cache.free else { break }
      guard let joined = admit(&budget) else { break }
      admitted.append(joined)
    }
    return admitted
  }

  /// What is named only when it has been computed; copies of what others have are given back.
  mutating func namePrompt(_ i: Int) {
    var request = running[i]
    name(&request, upTo: request.computed / plan.blockSize)
    cache.blank += request.duplicates
    request.duplicates = 0
    running[i] = request
  }
}
