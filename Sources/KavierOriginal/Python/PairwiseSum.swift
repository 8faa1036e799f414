/// numpy's sum, which adds in pairs of halves so that errors stay small.
enum PairwiseSum {
  static func of<Number: BinaryFloatingPoint>(_ values: [Number]) -> Number { sum(values[...]) }

  private static func sum<Number: BinaryFloatingPoint>(_ values: ArraySlice<Number>) -> Number {
    guard values.count >= 8 else { return values.reduce(0, +) }
    guard values.count <= 128 else {
      let half = values.count / 2 / 8 * 8
      return sum(values.prefix(half)) + sum(values.dropFirst(half))
    }
    return block(values)
  }

  /// Eight sums at once, added in pairs, and then the rest.
  private static func block<Number: BinaryFloatingPoint>(_ values: ArraySlice<Number>) -> Number {
    var sums = Array(values.prefix(8))
    let whole = values.count / 8 * 8
    for at in values.indices.dropFirst(8).prefix(whole - 8) {
      sums[(at - values.startIndex) % 8] += values[at]
    }
    let total =
      ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return values.dropFirst(whole).reduce(total, +)
  }
}
