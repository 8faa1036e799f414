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
