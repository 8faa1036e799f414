import ServingModel
package import ServingSim

/// The tenant that has had the least service is served first, and of its requests the earliest: "Fairness
/// in Serving Large Language Models" (Sheng et al., OSDI 2024, algorithm 2). Requests without a tenant
/// are one.
package struct VirtualTokenCounter: BatchPolicy {
  private let weights: ServiceWeights

  /// The paper's weights, after the prices of tokens.
  package static let usualWeights = ServiceWeights(input: 1, output: 2)

  package init(_ weights: ServiceWeights = Self.usualWeights) { self.weights = weights }

  package var order: QueueOrder { .lines }

  package var service: ServiceWeights? { weights }

  package func rank(of request: RequestView) -> Int64 { Int64(request.traits[.tenant] ?? -1) + 1 }

  package func plan(_ queue: inout QueueView) -> Stability {
    while true {
      let lines = queue.lines
      guard let first = lines.min(by: Self.precedes) else { return .untilArrival }
      queue.turn(to: first)
      switch queue.admit() {
      case .admitted: continue
      case .noneWaits: return .untilArrival
      case .noSeat: return .untilEnd
      // Whoever comes from elsewhere, or has had less before long, can fit.
      case .noBudget, .noMemory: return Self.stability(of: first, among: lines)
      }
    }
  }

  private static func precedes(_ a: WaitingLine, _ b: WaitingLine) -> Bool {
    (a.service, a.arrival, a.request) < (b.service, b.arrival, b.request)
  }

  /// How long a line is first.
  private static func stability(of first: WaitingLine, among lines: [WaitingLine]) -> Stability {
    var steps = Int64.max
    for other in lines where other.growth < first.growth {
      let (ahead, closing) = (other.service - first.service, first.growth - other.growth)
      let isFirstOfEqual = (first.arrival, first.request) < (other.arrival, other.request)
      steps = min(steps, isFirstOfEqual ? ahead / closing + 1 : (ahead + closing - 1) / closing)
    }
    return steps == .max ? .untilArrival : .steps(Int(steps))
  }
}
