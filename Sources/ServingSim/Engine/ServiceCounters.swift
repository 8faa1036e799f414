/// How much service each line of the queue has had: virtual tokens, as "Fairness in Serving Large
/// Language Models" counts them (Sheng et al., OSDI 2024, algorithm 2).
///
/// What those who decode get grows by the same amount with each step, so it is kept in closed form.
///
/// Invariant: a line's `waiting` and `decoding` are its requests in the queue, inbox included, and
/// those that decode; `queued` has the lines in which somebody waits.
struct ServiceCounters {
  let weights: ServiceWeights
  private var lines: [Line] = []
  /// In no order.
  private(set) var queued: [Int32] = []
  /// The line whose request was the last to leave the queue; -1: none was.
  private var lastLeft: Int32 = -1

  private struct Line: BitwiseCopyable {
    /// At decode step `step`.
    var counter: Int64 = 0
    var step: Int64 = 0
    var decoding: Int32 = 0
    var waiting: Int32 = 0
    /// In `queued`; -1: it is not there.
    var place: Int32 = -1
  }

  /// Nobody has had anything. A policy without lines counts nothing.
  init(_ policy: any BatchPolicy) {
    weights = policy.service ?? ServiceWeights(input: 0, output: 0)
  }

  /// What a line has had before decode step `step`.
  func counter(of line: Int32, at step: Int64) -> Int64 {
    guard line < lines.count else { return 0 }
    let line = lines[Int(line)]
    return line.counter &+ growth(line) &* (step &- line.step)
  }

  /// What each decode step adds to it.
  func growth(of line: Int32) -> Int64 { growth(lines[Int(line)]) }

  private func growth(_ line: Line) -> Int64 { Int64(weights.output) &* Int64(line.decoding) }

  /// A new request is in the queue. A line that comes back from having nobody there is lifted to the
  /// least of those who have, or to the last that had: what it did not ask for is not kept for it.
  mutating func arrives(_ line: Int32, at step: Int64) {
    while lines.count <= line { lines.append(Line()) }
    if lines[Int(line)].waiting == 0, let floor = floor(at: step) {
      let counter = counter(of: line, at: step)
      lines[Int(line)].counter += max(0, floor - counter)
    }
    comesBack(line)
  }

  private func floor(at step: Int64) -> Int64? {
    if queued.isEmpty { return lastLeft < 0 ? nil : counter(of: lastLeft, at: step) }
    return queued.lazy.map { self.counter(of: $0, at: step) }.min()
  }

  /// A preempted request is in the queue again: its line did not ask for nothing.
  mutating func comesBack(_ line: Int32) {
    lines[Int(line)].waiting += 1
    guard lines[Int(line)].place < 0 else { return }
    lines[Int(line)].place = Int32(queued.count)
    queued.append(line)
  }

  /// A request has left the queue.
  mutating func leaves(_ line: Int32) {
    lastLeft = line
    lines[Int(line)].waiting -= 1
    guard lines[Int(line)].waiting == 0, let last = queued.popLast() else { return }
    let place = lines[Int(line)].place
    lines[Int(line)].place = -1
    guard last != line else { return }
    queued[Int(place)] = last
    lines[Int(last)].place = place
  }

  /// Tokens are given to a line beside those of its decoding requests.
  mutating func charge(_ line: Int32, input: Int, output: Int) {
    lines[Int(line)].counter +=
      Int64(weights.input) * Int64(input) + Int64(weights.output) * Int64(output)
  }

  /// One request more of a line decodes from decode step `step` on, or one less (`change` below 0).
  mutating func decoding(_ line: Int32, changesBy change: Int32, at step: Int64) {
    lines[Int(line)].counter = counter(of: line, at: step)
    lines[Int(line)].step = step
    lines[Int(line)].decoding += change
  }
}

extension ServiceCounters {
  /// What does not hold, in words, of queues and batches in which these lines wait and decode; nil: all
  /// does.
  func breach(waiting: [Int32], decoding: [Int32]) -> String? {
    for number in lines.indices {
      let line = lines[number]
      let (waits, decodes) = (
        waiting.count { $0 == number }, decoding.count { $0 == number }
      )
      guard line.waiting == waits, line.decoding == decodes else {
        return "line \(number): \(line), not \(waits) who wait and \(decodes) who decode"
      }
      guard (waits > 0) == queued.contains(Int32(number)) else { return "line \(number) is lost" }
    }
    return nil
  }
}
