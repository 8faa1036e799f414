/// What an accelerator draws, in shares of its thermal design power, so that the same figures hold
/// for accelerators of one architecture. Between `idle` and `floor` lies a jump: an accelerator
/// with a step in flight has its clocks up however little the step does. From there on power rises
/// with the arithmetic and with the memory traffic of a second, each of which costs a fixed energy,
/// up to the cap that the accelerator holds itself to.
package struct PowerModel: Hashable, Sendable {
  /// While no step runs.
  package var idle: Double
  /// While a step runs, whatever it does.
  package var floor: Double
  /// More at the dense peak of arithmetic, and at the full memory bandwidth.
  package var compute: Double
  package var memory: Double
  /// No more than this, ever.
  package var cap: Double
  /// Where the figures come from and how far they can be trusted, in a phrase.
  package var provenance: String

  package init(
    idle: Double, floor: Double, compute: Double, memory: Double, cap: Double = 1,
    provenance: String
  ) {
    self.idle = idle
    self.floor = floor
    self.compute = compute
    self.memory = memory
    self.cap = cap
    self.provenance = provenance
  }

  /// The draw while a step runs that uses these shares of the peaks.
  package func share(compute usedCompute: Double, memory usedMemory: Double) -> Double {
    min(cap, floor + compute * usedCompute + memory * usedMemory)
  }
}
