#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Total cost of ownership of one accelerator with its share of the host, without its electricity.
package struct Ownership: Hashable, Sendable {
  /// Currency an accelerator.
  package var capex: Double
  /// Share of it that is left at the end of life.
  package var residual: Double
  /// A year.
  package var interest: Double
  package var lifetimeYears: Double
  /// Currency a month for each kW of space and cooling, and the kW an accelerator takes.
  package var colocationPerKilowattMonth: Double
  package var kilowatts: Double
  /// Currency an hour.
  package var operations: Double

  package init(
    capex: Double, residual: Double, interest: Double, lifetimeYears: Double,
    colocationPerKilowattMonth: Double, kilowatts: Double, operations: Double
  ) {
    self.capex = capex
    self.residual = residual
    self.interest = interest
    self.lifetimeYears = lifetimeYears
    self.colocationPerKilowattMonth = colocationPerKilowattMonth
    self.kilowatts = kilowatts
    self.operations = operations
  }

  /// Currency per accelerator-hour: the capital that wears off, as an annuity over the life at the
  /// rate of interest; the space; the people.
  package var perHour: Double {
    let perYear = capex * (1 - residual) * capitalRecovery
    return perYear / 8760 + colocationPerKilowattMonth * kilowatts / 730 + operations
  }

  /// The share of a capital that pays it back over the life, a year.
  private var capitalRecovery: Double {
    guard interest > 0 else { return 1 / lifetimeYears }
    // In this form also exact for rates that 1 + interest would swallow.
    return interest / -expm1(-lifetimeYears * log1p(interest))
  }
}
