import ServingSim
import SimKernel

/// Prompts that are computed for another replica, or were by one, spelled out.
extension ReferenceReplica {
  /// Gives a request whose prompt another replica has computed all blocks of that prompt.
  mutating func reserve(_ request: ReferenceRequest, found: Int) -> ReferenceRequest {
    var request = request
    cache.hold((0..<found).map { request.keys[$0] }, shared: request.keys.chainBlocks)
    request.named = min(found, request.keys.chainBlocks)
    request.allocated = blocks(request.known)
    cache.take(request.allocated - found)
    request.stage = .receiving
    parked.append(request)
    reservedNow.append((request.number, request.allocated - found))
    return request
  }

  /// Its KV entries have come: it goes before all who wait.
  mutating func receive(_ number: Int) {
    guard let i = parked.firstIndex(where: { $0.number == number && $0.stage != .kept }) else {
      return
    }
    var request = parked.remove(at: i)
    if request.loaded > 0 {
      request.hasCome = true
    } else {
      request.stage = .received
      request.computed = request.known - 1
    }
    parked.append(request)
  }

  /// They join the batch, which computes the last token of prompts that came from another replica once
  /// more. Returns those whose KV entries came from tiers.
  mutating func takeUpReceived(_ budget: inout Int) -> [ReferenceRequest] {
    var loaded: [ReferenceRequest] = []
    while running.count < plan.maxNumSeqs, budget > 0,
      let i = parked.firstIndex(where: \.isThere)
    {
      var request = parked.remove(at: i)
      if request.loaded > 0 {
        loaded.append(takeUpLoaded(request, &budget))
        continue
      }
      request.stage = .whole
      running.append(request)
      serve(running.count - 1, tokens: 1)
      budget -= 1
    }
    return loaded
  }

  mutating func parkHandedOver() {
    for number in handedOver {
      guard let i = running.firstIndex(where: { $0.number == number }) else { continue }
      var request = running.remove(at: i)
      cache.blank += request.allocated - blocks(request.known)
      request.allocated = blocks(request.known)
      request.stage = .computed
      parked.append(request)
    }
  }

  mutating func keep(_ number: Int) {
    for i in parked.indices where parked[i].number == number && parked[i].stage == .computed {
      parked[i].stage = .kept
    }
  }

  mutating func dropParked(_ number: Int) -> ReferenceRequest? {
    parked.firstIndex { $0.number == number && $0.stage != .kept }.map { parked.remove(at: $0) }
  }

  mutating func releaseKept(_ number: Int) {
    guard let i = parked.firstIndex(where: { $0.number == number && $0.stage == .kept }) else {
      return
    }
    var request = parked.remove(at: i)
    release(&request, ended: true)
  }

  mutating func dropOutsideBatch(
    _ request: ReferenceRequest, _ fate: ReferenceFate
  ) -> ReferenceDrop {
    var released = request
    // Of what was to come here, those blocks have contents that had them before.
    if request.stage != .computed {
      released.computed = request.named * plan.blockSize
    }
    if request.allocated > 0 { release(&released, ended: true) }
    let isComputed = request.stage != .whole && request.stage != .prompt
    return ReferenceDrop(request, fate, computed: isComputed ? request.promptTokens : 0)
  }
}
