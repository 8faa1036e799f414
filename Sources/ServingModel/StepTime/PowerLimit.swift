/// What keeps the accelerators of a replica from their full speed.
package struct PowerLimit: Sendable {
  /// The most that one draws, as a share of its thermal design power; 1: no cap.
  package var cap: Double
  /// Its clock as a share of the highest; 1: no limit.
  package var clock: Double
  /// What one draws without the cap, as a share of its thermal design power, while steps use these
  /// shares of its dense peak and of its memory's bandwidth.
  package var draw: @Sendable (_ compute: Double, _ memory: Double) -> Double

  package init(
    cap: Double = 1, clock: Double = 1,
    draw: @escaping @Sendable (_ compute: Double, _ memory: Double) -> Double
  ) {
    precondition(cap > 0 && clock > 0, "accelerators that are held still")
    self.cap = cap
    self.clock = clock
    self.draw = draw
  }

  /// How much longer work takes that uses these shares of the peaks.
  ///
  /// Arithmetic and traffic share the time as they share the use of the peaks. Arithmetic slows
  /// with the clock. Traffic does not, until it alone draws more than the cap: then it takes as
  /// long as the same energy lasts.
  func slowdown(compute: Double, memory: Double) -> Double {
    guard compute + memory > 0 else { return 1 }
    let share = compute / (compute + memory)
    let arithmetic = max(1 / clock, Throttling.slowdown(share: cap / draw(compute, memory)))
    let traffic = max(1, draw(0, memory) / cap)
    return 1 + share * (arithmetic - 1) + (1 - share) * (traffic - 1)
  }

  /// Whether measured figures speak of the slow-down of such work.
  func isMeasured(compute: Double, memory: Double) -> Bool {
    cap >= Throttling.leastShare * draw(compute, memory) && cap >= draw(0, memory)
  }
}
