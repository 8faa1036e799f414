/// Tells who was preempted on a replica since it last looked.
struct PreemptionWatch: ~Copyable {
  private let outcomes: UnsafeMutableBufferPointer<Outcome>
  private let number: Int32
  /// Of each request, and of all.
  private var counts: [UInt16]
  private var total = 0

  init(_ outcomes: UnsafeMutableBufferPointer<Outcome>, of replica: Int) {
    self.outcomes = outcomes
    number = Int32(replica)
    counts = [UInt16](repeating: 0, count: outcomes.count)
  }

  /// Requests of `replica`, the one that is watched, by number, ascending.
  mutating func preempted(on replica: borrowing Replica) -> [Int] {
    guard replica.recorder.preemptions > total else { return [] }
    total = replica.recorder.preemptions
    let numbers = outcomes.indices.filter {
      outcomes[$0].preemptions > counts[$0] && outcomes[$0].replica == number
    }
    for number in numbers { counts[number] = outcomes[number].preemptions }
    return numbers
  }
}
