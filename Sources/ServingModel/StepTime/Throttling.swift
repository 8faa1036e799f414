/// How much longer compute-bound work takes when an accelerator lowers its clock to draw less.
///
/// By tenths of the draw without a cap that a cap leaves, prompts take 1.03 (0.9 to 1), 1.07, 1.12,
/// 1.22 and 1.52 (0.5 to 0.6) times as long. Here these hold in the middle of each tenth, with
/// straight lines between.
package enum Throttling {
  /// The least share of the draw that the figures speak of; below it the last line goes on.
  package static let leastShare = 0.5

  private static let knots = [
    Knot(share: 1, slowdown: 1), Knot(share: 0.95, slowdown: 1.03),
    Knot(share: 0.85, slowdown: 1.07), Knot(share: 0.75, slowdown: 1.12),
    Knot(share: 0.65, slowdown: 1.22), Knot(share: 0.55, slowdown: 1.52),
  ]

  /// The time, in times that without a cap, when a cap leaves `share` of the draw.
  package static func slowdown(share: Double) -> Double {
    guard share < 1 else { return 1 }
    let (high, low) = piece { $0.share <= share }
    let fraction = (high.share - share) / (high.share - low.share)
    return high.slowdown + fraction * (low.slowdown - high.slowdown)
  }

  /// The share of the draw at which work takes `slowdown` times as long.
  package static func share(slowdown: Double) -> Double {
    guard slowdown > 1 else { return 1 }
    let (high, low) = piece { $0.slowdown >= slowdown }
    let fraction = (slowdown - high.slowdown) / (low.slowdown - high.slowdown)
    return high.share - fraction * (high.share - low.share)
  }

  private struct Knot: Sendable {
    var share: Double
    var slowdown: Double
  }

  /// The knots that end the first line whose lower end satisfies `isBeyond`, or the last line.
  private static func piece(_ isBeyond: (Knot) -> Bool) -> (high: Knot, low: Knot) {
    let low = knots.indices.dropFirst().first { isBeyond(knots[$0]) } ?? knots.count - 1
    return (knots[low - 1], knots[low])
  }
}
