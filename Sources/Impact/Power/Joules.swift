package import ServingModel
package import SimKernel

/// Electrical energy.
package struct Joules: Hashable, Comparable, Sendable {
  package var value: Double
  package init(_ value: Double) { self.value = value }
  package static let zero = Joules(0)
  package static func < (a: Self, b: Self) -> Bool { a.value < b.value }
  package static func + (a: Self, b: Self) -> Self { Self(a.value + b.value) }
  package static func += (a: inout Self, b: Self) { a.value += b.value }
  /// The mean power over `time`, which is not zero.
  package static func / (a: Self, time: SimDuration) -> Watts { Watts(a.value / time.seconds) }
}

extension Watts {
  package static func * (power: Self, time: SimDuration) -> Joules {
    Joules(power.value * time.seconds)
  }
}
