#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

enum Exponential {
  static func of(_ x: Double) -> Double { exp(x) }
}
