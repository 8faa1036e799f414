package import ServingSim
package import SimKernel

/// Refuses requests of a low priority while every replica is saturated: more than `queueDepthThreshold`
/// requests wait there, or more than the share `kvCacheUtilThreshold` of its KV blocks is in use. As the
/// endpoint picker of the Gateway API Inference Extension sheds load (`LegacyAdmissionController` in
/// pkg/epp/requestcontrol/admission.go, and its saturation detector, version 1.3). With no replica there
/// nobody is refused: who comes waits for one.
package struct SaturationGate: Gate {
  package let queueDepthThreshold: Int
  package let kvCacheUtilThreshold: Double
  /// Requests below it can be refused. In traces' sense: a larger number is more urgent.
  package let priorityBelow: Int
  package let retryAfter: SimDuration?

  /// The defaults of pkg/epp/saturationdetector/framework/plugins/utilizationdetector/config.go.
  package static let usual = SaturationGate()

  package init(
    queueDepthThreshold: Int = 5, kvCacheUtilThreshold: Double = 0.8, priorityBelow: Int = 0,
    retryAfter: SimDuration? = nil
  ) {
    self.queueDepthThreshold = queueDepthThreshold
    self.kvCacheUtilThreshold = kvCacheUtilThreshold
    self.priorityBelow = priorityBelow
    self.retryAfter = retryAfter
  }

  package mutating func decide(
    _ request: RequestView, wasHeld: Bool, in fleet: FleetView
  ) -> GateDecision {
    guard -request.priority < priorityBelow, fleet.count > 0 else { return .admit }
    let isShed = (0..<fleet.count).allSatisfy { isSaturated(fleet.member($0), fleet) }
    return isShed ? .refuse(retryAfter: retryAfter) : .admit
  }

  private func isSaturated(_ replica: Int, _ fleet: FleetView) -> Bool {
    fleet[replica].waiting > queueDepthThreshold
      || fleet.kvCacheUtilization(of: replica) > kvCacheUtilThreshold
  }
}
