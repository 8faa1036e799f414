/// The times 0, r, r + r ... of the original's snapshots, each the one before plus `r` in floating
/// point with its rounding.
///
/// Between two powers of two the rounding is the same at every addition but perhaps the first, so the
/// times lie there at equal distances and need no loop: looking one up costs the same whether it is
/// the tenth or the billionth.
package struct SnapshotTimes: Sendable {
  /// Times that are `step` apart: numbers `first` to `first + count - 1`.
  private struct Stretch {
    var first: Int
    var start: Double
    var step: Double
    var count: Int
  }

  private var stretches: [Stretch] = []

  /// `interval`: seconds, more than 0.
  package init(interval: Double) {
    precondition(interval > 0 && interval.isFinite, "snapshots need an interval")
    var (number, time) = (0, 0.0)
    while number < 1 << 52, time < 1e15 {
      let stretch = Self.stretch(number, time, interval)
      stretches.append(stretch)
      number += stretch.count
      time = stretch.start + Double(stretch.count - 1) * stretch.step + interval
    }
  }

  /// The stretch that begins with a time: up to the next power of two where the additions have
  /// settled, else that time alone.
  private static func stretch(_ number: Int, _ time: Double, _ interval: Double) -> Stretch {
    let next = time + interval
    let step = next - time
    let isSettled = time > 0 && next + interval - next == step && time.binade == next.binade
    guard isSettled, step > 0 else {
      return Stretch(first: number, start: time, step: step, count: 1)
    }
    let room = (time.binade * 2 - time) / step
    let count = room >= 0x1p52 ? 1 << 52 : max(1, Int(room.rounded(.up)))
    return Stretch(first: number, start: time, step: step, count: count)
  }

  /// How many of the times are before `time`.
  package func count(before time: Double) -> Int {
    guard time > 0 else { return 0 }
    var (low, high) = (0, stretches.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if stretches[middle].start < time { low = middle } else { high = middle - 1 }
    }
    return stretches[low].first + Self.count(stretches[low], before: time)
  }

  private static func count(_ stretch: Stretch, before time: Double) -> Int {
    guard stretch.count > 1 else { return 1 }
    let estimate = (time - stretch.start) / stretch.step
    var count = estimate >= Double(stretch.count) ? stretch.count : Int(estimate)
    while count < stretch.count, stretch.start + Double(count) * stretch.step < time { count += 1 }
    while count > 0, stretch.start + Double(count - 1) * stretch.step >= time { count -= 1 }
    return count
  }
}
