package import SimKernel

/// A size in memory.
package struct Bytes: Hashable, Comparable, Sendable {
  package var count: Double
  package init(_ count: Double) { self.count = count }
  package static func gibibytes(_ n: Double) -> Bytes { Bytes(n * 1_073_741_824) }
  package static let zero = Bytes(0)
  package var gibibytes: Double { count / 1_073_741_824 }
  package static func < (a: Bytes, b: Bytes) -> Bool { a.count < b.count }
  package static func + (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count + b.count) }
  package static func - (a: Bytes, b: Bytes) -> Bytes { Bytes(a.count - b.count) }
  package static func * (a: Bytes, k: Double) -> Bytes { Bytes(a.count * k) }
  package static func / (a: Bytes, k: Double) -> Bytes { Bytes(a.count / k) }
  package static func / (a: Bytes, b: BytesPerSecond) -> SimDuration {
    SimDuration(seconds: a.count / b.rate)
  }
}

/// A memory or link bandwidth, one direction.
package struct BytesPerSecond: Hashable, Comparable, Sendable {
  package var rate: Double
  package init(_ rate: Double) { self.rate = rate }
  package static func gigabytes(_ n: Double) -> BytesPerSecond { BytesPerSecond(n * 1e9) }
  package static func < (a: Self, b: Self) -> Bool { a.rate < b.rate }
  package static func * (a: Self, k: Double) -> Self { Self(a.rate * k) }
}

/// An amount of arithmetic, in floating-point (or integer) operations.
package struct FLOPs: Hashable, Comparable, Sendable {
  package var count: Double
  package init(_ count: Double) { self.count = count }
  package static func < (a: Self, b: Self) -> Bool { a.count < b.count }
  package static func + (a: Self, b: Self) -> Self { Self(a.count + b.count) }
  package static func / (a: FLOPs, b: FLOPsPerSecond) -> SimDuration {
    SimDuration(seconds: a.count / b.rate)
  }
}

/// A rate of arithmetic: dense operations per second.
package struct FLOPsPerSecond: Hashable, Comparable, Sendable {
  package var rate: Double
  package init(_ rate: Double) { self.rate = rate }
  package static func tera(_ n: Double) -> FLOPsPerSecond { FLOPsPerSecond(n * 1e12) }
  package static func < (a: Self, b: Self) -> Bool { a.rate < b.rate }
  package static func * (a: Self, k: Double) -> Self { Self(a.rate * k) }
}

/// Electrical power.
package struct Watts: Hashable, Sendable {
  package var value: Double
  package init(_ value: Double) { self.value = value }
}
