/// The last of the whole numbers for which something holds that holds for all below it.
enum Boundary {
  /// nil: it does not hold at the lower end of `range`. `holds` answers for several numbers at once,
  /// which costs as much time as for one; what it was asked once is not asked again. From `start` the
  /// search steps out twice as far each time, then closes in.
  static func last(
    in range: ClosedRange<Int>, from start: Int, step: Int = 1, atOnce: Int,
    holds: @escaping ([Int]) -> [Bool]
  ) -> Int? {
    var search = Search(range: range, holds: holds)
    let start = min(max(start, range.lowerBound), range.upperBound)
    search.ask([start])
    search.stepOut(from: start, step: max(1, step), atOnce: max(1, atOnce))
    search.closeIn(atOnce: max(1, atOnce))
    return search.low
  }

  private struct Search {
    let range: ClosedRange<Int>
    let holds: ([Int]) -> [Bool]
    /// The largest number for which it is known to hold, and the smallest one for which not.
    var low: Int?
    var high: Int?

    init(range: ClosedRange<Int>, holds: @escaping ([Int]) -> [Bool]) {
      self.range = range
      self.holds = holds
    }

    mutating func ask(_ numbers: [Int]) {
      for (number, answer) in zip(numbers, holds(numbers)) {
        // Where chance makes it hold here and there, the lowest miss decides.
        if answer, number < high ?? .max { low = max(low ?? number, number) }
        if !answer { high = min(high ?? number, number) }
        if let high, let known = low, known >= high { low = nil }
      }
    }

    /// Until it holds on one side and not on the other, or the range ends.
    mutating func stepOut(from start: Int, step: Int, atOnce: Int) {
      let isUp = low != nil
      var (far, step) = (start, step)
      while isUp ? high == nil : low == nil {
        let end = isUp ? range.upperBound : range.lowerBound
        guard far != end else { return }
        var numbers: [Int] = []
        while numbers.count < atOnce, far != end {
          far = isUp ? far + min(step, end - far) : far - min(step, far - end)
          numbers.append(far)
          step *= 2
        }
        ask(numbers)
      }
    }

    mutating func closeIn(atOnce: Int) {
      while let low, let high, high - low > 1 {
        let count = min(atOnce, high - low - 1)
        ask((1...count).map { low + (high - low) * $0 / (count + 1) })
      }
    }
  }
}
