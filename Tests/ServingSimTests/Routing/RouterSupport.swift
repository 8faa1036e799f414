import ServingSim
import ServingTestSupport
import SimKernel

/// Where requests go in a fleet of equal replicas.
func replicas(
  _ router: RouterPolicy, _ requests: [StepRequest], fleet: Int = 3, sessions: [Int32]? = nil,
  seed: UInt64 = 1, _ change: (inout Plan) -> Void = { _ in }
) -> [Int32] {
  var plan = stepPlan(requests, stepReplica(blocks: 256, caching: true))
  plan.replicas = (0..<fleet).map { _ in plan.replicas[0] }
  plan.router = router
  plan.workload.sessions = sessions
  plan.seed = seed
  change(&plan)
  return Simulation.run(plan).outcomes.map(\.replica)
}
