/// vLLM V1's scheduler: whoever fits joins at every step, prompts split where the budget ends.
package struct ContinuousBatching: BatchScheduler {
  package init() {}

  package func admit(_ admission: inout Admission) -> Bool {
    while true {
      switch admission.admitFront() {
      case .admitted: continue
      case .queueIsEmpty: return admission.running < admission.maxNumSeqs
      case .noSeat: return false
      case .noBudget, .noMemory: return admission.newcomersCanOvertake
      }
    }
  }
}
