/// The answer to a question.
package struct Recommendation: Sendable {
  package var plans: [Recommended]
  /// Requests that were simulated for it, short runs included.
  package var requests: Int

  /// Plans that hold, cheapest first.
  package var holding: [Recommended] {
    plans.filter { $0.figures != nil }.sorted { a, b in
      guard let x = a.figures, let y = b.figures else { return false }
      return (x.price, x.endToEnd) < (y.price, y.endToEnd)
    }
  }

  package var cheapest: Recommended? { best { $0.price } }
  package var greenest: Recommended? { best { $0.carbon ?? .infinity } }
  package var fastest: Recommended? { best(\.endToEnd) }

  private func best(_ figure: (PlanFigures) -> Double) -> Recommended? {
    // The first of equals is the cheapest of them.
    var found: (plan: Recommended, value: Double)?
    for plan in holding {
      guard let value = plan.figures.map(figure), value.isFinite else { continue }
      if value < found?.value ?? .infinity { found = (plan, value) }
    }
    return found?.plan
  }

  /// Those that no other plan beats in cost, carbon and latency together.
  package var front: [Recommended] {
    let all = holding
    return all.filter { plan in
      !all.contains { other in
        guard let a = other.figures, let b = plan.figures else { return false }
        return a.beats(b)
      }
    }
  }
}
