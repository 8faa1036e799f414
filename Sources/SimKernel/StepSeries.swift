/// A quantity over time that keeps each value until the next one begins: the carbon intensity of a
/// grid, a price.
///
/// Instants are milliseconds from a zero of the series' own choice, negative before it: 64 bits of
/// them hold any calendar.
package struct StepSeries: Hashable, Sendable {
  /// When each value begins, strictly ascending; as many as `values`, at least one.
  package let starts: [Int64]
  package let values: [Double]
  /// Where the last value ends.
  package let end: Int64

  package init(starts: [Int64], values: [Double], end: Int64) {
    precondition(!starts.isEmpty && starts.count == values.count, "a series without values")
    precondition(
      zip(starts, starts.dropFirst() + [end]).allSatisfy { $0 < $1 }, "a series out of order")
    self.starts = starts
    self.values = values
    self.end = end
  }

  /// One value at all times.
  package init(constant value: Double) {
    self.init(starts: [.min / 4], values: [value], end: .max / 4)
  }

  /// Whether it has a value all the way from `from` to `to`.
  package func covers(from: Int64, to: Int64) -> Bool { starts[0] <= from && to <= end }

  /// The value at `time`; before the first one the first, after the end the last.
  package func value(at time: Int64) -> Double { values[place(of: time)] }

  /// The mean from `from` to `to`, in seconds, weighted by time; the value at `from` when they are
  /// the same.
  package func mean(fromSeconds from: Double, toSeconds to: Double) -> Double {
    var place = place(of: Int64((from * 1000).rounded(.down)))
    guard to > from, seconds(endOf: place) < to else { return values[place] }
    var sum = 0.0
    var start = from
    while start < to {
      let stop = min(to, seconds(endOf: place))
      sum += values[place] * (stop - start)
      start = stop
      place += 1
    }
    return sum / (to - from)
  }

  /// The same series with its zero at `origin`.
  package func rebased(to origin: Int64) -> StepSeries {
    StepSeries(starts: starts.map { $0 - origin }, values: values, end: end - origin)
  }

  package func scaled(by factor: Double) -> StepSeries {
    StepSeries(starts: starts, values: values.map { $0 * factor }, end: end)
  }

  /// Where the value at `place` ends; the last one is carried on without end.
  private func seconds(endOf place: Int) -> Double {
    place + 1 < starts.count ? Double(starts[place + 1]) / 1000 : .infinity
  }

  /// The last value that begins at or before `time`.
  private func place(of time: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }
}
