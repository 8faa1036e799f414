/// numpy's `percentile` with linear interpolation.
enum Percentile {
  /// Reorders `values`, none of which is negative; nil when there are none.
  static func linear(_ share: Double, _ values: inout [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let position = share * Double(values.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, values.count - 1)
    values.sort()
    let (low, high) = (values[lower], values[upper])
    let part = position - Double(lower)
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
  }
}
