/// Moves single tokens between outputs until the sum of n(n + 1) / 2 is met; the sum of n stays.
enum ExactSteps {
  static func adjust(_ lengths: [Int], to target: Int) -> [Int] {
    var lengths = lengths
    let order = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    var left = target - MarconiLike.steps(lengths)
    // From the middle on, so that givers and takers are different requests.
    var middle = order.count / 2
    while left != 0, middle > 0 {
      let low = order[middle]
      let high = partner(lengths, order, above: middle, difference: abs(left))
      let (a, b) = (lengths[high], lengths[low])
      if left > 0, a >= b, b > 1 {
        lengths[high] += 1
        lengths[low] -= 1
        left -= a + 1 - b
      } else if left < 0, a >= b + 2 {
        lengths[high] -= 1
        lengths[low] += 1
        left += a - b - 1
      }
      middle -= 1
    }
    precondition(left == 0, "the sums of the outputs cannot be met")
    return lengths
  }

  /// The last request above the middle whose move changes the sum by no more than the difference.
  private static func partner(
    _ lengths: [Int], _ order: [Int], above middle: Int, difference: Int
  ) -> Int {
    let limit = lengths[order[middle]] + difference - 1
    var (low, high) = (middle + 1, order.count - 1)
    while low < high {
      let probe = (low + high + 1) / 2
      if lengths[order[probe]] <= limit { low = probe } else { high = probe - 1 }
    }
    return order[low]
  }
}
