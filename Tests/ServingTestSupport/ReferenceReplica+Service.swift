import ServingPolicies
import ServingSim
import SimKernel

/// What tenants have had, token by token, and who of them is next.
extension ReferenceReplica {
  var weights: ServiceWeights { plan.scheduler.service ?? ServiceWeights(input: 0, output: 0) }

  mutating func countArrival(of request: ReferenceRequest) {
    let here = Set((waiting + inbox).map(\.tenant))
    guard !here.contains(request.tenant) else { return }
    let others = here.map { service[$0, default: 0] }
    let floor = others.min() ?? lastToLeave.map { service[$0, default: 0] } ?? 0
    service[request.tenant] = max(service[request.tenant, default: 0], floor)
  }

  mutating func countAdmission(of request: inout ReferenceRequest) {
    lastToLeave = request.tenant
    guard !request.hasJoined else { return }
    request.hasJoined = true
    service[request.tenant, default: 0] += weights.input * request.known
  }

  mutating func countToken(of request: ReferenceRequest) {
    service[request.tenant, default: 0] += weights.output
  }

  mutating func forgetService() {
    service = [:]
    lastToLeave = nil
  }

  /// Of those who are first of their tenants' requests, the one whose tenant has had the least.
  func nextByService() -> Int? {
    let firsts = waiting.indices.filter { i in
      !waiting[..<i].contains { $0.tenant == waiting[i].tenant }
    }
    return firsts.min {
      let (a, b) = (waiting[$0], waiting[$1])
      return (service[a.tenant, default: 0], a.arrival, a.number)
        < (service[b.tenant, default: 0], b.arrival, b.number)
    }
  }
}
