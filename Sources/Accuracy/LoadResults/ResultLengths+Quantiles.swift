extension ResultLengths {
  /// From quantiles at ascending shares; from the mean where the least or the greatest value is not
  /// among them, or all are alike. nil: neither is there.
  init?(points: [(share: Double, value: Double)], mean: Double?) {
    let isWhole = points.first?.share == 0 && points.last?.share == 1
    let isAscending = zip(points, points.dropFirst()).allSatisfy { $0.value <= $1.value }
    if isWhole, isAscending, points.count > 2, let least = points.first?.value,
      let most = points.last?.value, most > least
    {
      self = .quantiles((0...Self.steps).map { Self.value(at: $0, points) })
    } else if let mean, mean > 0 {
      self = .mean(mean)
    } else {
      return nil
    }
  }

  /// Between two quantiles that are stated all lengths are equally likely.
  private static let steps = 200

  private static func value(at step: Int, _ points: [(share: Double, value: Double)]) -> Double {
    let share = Double(step) / Double(steps)
    guard let next = points.firstIndex(where: { $0.share >= share }), next > 0 else {
      return max(1, points[0].value)
    }
    let (low, high) = (points[next - 1], points[next])
    let part = (share - low.share) / (high.share - low.share)
    return max(1, low.value + (high.value - low.value) * part)
  }
}
