import SimKernel

/// A step in which simulator and engine decided differently, put into words.
struct Difference {
  var step: Int
  var recorded: RecordedStep
  var simulated: RecordedStep

  var words: String {
    let place = "step \(step) (\(seconds(recorded.start)) s): "
    if recorded.preempted != simulated.preempted {
      return place + "the engine preempted \(list(recorded.preempted)), "
        + "the simulator \(list(simulated.preempted))"
    }
    let pairs = zip(recorded.batch, simulated.batch)
    if let (theirs, ours) = pairs.first(where: { $0 != $1 }) {
      return place + "the engine scheduled \(name(theirs)), the simulator \(name(ours))"
    }
    let common = min(recorded.batch.count, simulated.batch.count)
    if recorded.batch.count > common {
      return place + "the engine also scheduled \(name(recorded.batch[common]))"
    }
    return place + "the simulator also scheduled \(name(simulated.batch[common]))"
  }

  private func name(_ sequence: ScheduledSequence) -> String {
    "request \(sequence.request) with \(sequence.tokens) tokens after \(sequence.computed)"
  }

  private func list(_ numbers: [Int]) -> String {
    numbers.isEmpty ? "nobody" : numbers.map { "request \($0)" }.joined(separator: ", ")
  }

  private func seconds(_ time: SimTime) -> String {
    let microseconds = time.picoseconds / 1_000_000
    let fraction = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
