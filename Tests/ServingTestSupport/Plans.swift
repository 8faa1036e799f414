import Foundation

/// The seeds of a test over `count` random plans: fewer where `KAVIER_PLANS` says so, as the mutants
/// do, most of which fall over the first ones.
package func plans(_ count: Int) -> Range<Int> {
  let most = ProcessInfo.processInfo.environment["KAVIER_PLANS"].flatMap { Int($0) } ?? count
  return 0..<max(1, min(count, most))
}
