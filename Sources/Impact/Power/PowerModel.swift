#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What an accelerator draws, in shares of its thermal design power, so that the same figures hold
/// for all accelerators of an architecture.
///
/// Between `idle` and `floor` lies a jump: with a step in flight the clocks are up, however little
/// the step does. From there the draw rises with the load and comes ever closer to the cap, which
/// accelerators keep to by lowering their clocks. Arithmetic counts by its square root: products of
/// few rows keep the matrix units busier than their useful arithmetic tells, for tiles are filled
/// up. Against measured draws that is closer than a straight line up to the cap.
package struct PowerModel: Hashable, Sendable {
  /// While no step runs.
  package var idle: Double
  /// While a step runs that does nothing.
  package var floor: Double
  /// The load of all arithmetic of the dense peak, and of all traffic of the memory's bandwidth. A
  /// load of 1 takes the draw 63 % of the way from the floor to the cap, a load of 2 86 %.
  package var compute: Double
  package var memory: Double
  /// What no load exceeds.
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
    floor - (cap - floor) * expm1(-load(compute: usedCompute, memory: usedMemory))
  }

  package func load(compute usedCompute: Double, memory usedMemory: Double) -> Double {
    compute * usedCompute.squareRoot() + memory * usedMemory
  }
}
