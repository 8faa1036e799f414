package import ServingSim

/// TensorRT-LLM's GUARANTEED_NO_EVICT (`cpp/tensorrt_llm/batch_manager/capacityScheduler.cpp`, 1.0):
/// a request joins only when the KV blocks of its longest possible answer are free beside those that
/// running requests may still take, so nobody is ever preempted.
package struct GuaranteedNoEvict: BatchPolicy {
  package init() {}

  package var order: QueueOrder { .arrival }

  package func plan(_ queue: inout QueueView) -> Stability {
    let size = queue.blockSize
    func blocks(_ tokens: Int) -> Int { (tokens + size - 1) / size }
    var reserved = queue.sumOverRunning {
      blocks($0.promptTokens + $0.maxTokens) - blocks($0.heldTokens)
    }
    while let request = queue.next {
      let found = queue.lookUp()
      let whole = blocks(request.promptTokens + request.maxTokens) - found.tokens / size
      guard whole + found.freeBlocks + reserved <= queue.freeBlocks || queue.running == 0 else {
        return .untilEnd
      }
      let free = queue.freeBlocks
      switch queue.admit() {
      case .admitted: break
      case .noneWaits: return .untilArrival
      case .noSeat, .noMemory, .noBudget: return .untilEnd
      }
      reserved += whole + found.freeBlocks - (free - queue.freeBlocks)
    }
    return queue.running < queue.maxNumSeqs ? .untilArrival : .untilEnd
  }
}
