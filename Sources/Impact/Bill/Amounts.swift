/// What a bill counts, each in its own unit.
package enum Measure: Int, CaseIterable, Sendable {
  /// Accelerator-seconds that were provisioned, busy or not.
  case acceleratorTime
  /// Joules at the accelerators, of their hosts beside them, and of cooling and supply.
  case acceleratorEnergy, hostEnergy, facilityOverhead
  /// In the bill's currency.
  case electricityCost
  /// Grams of CO2e of the electricity: by the grid of the place, and by contract.
  case operationalCarbon, marketCarbon
  /// Grams of CO2e of making the machines, the share of their life that was used: the least and the
  /// most that sources say.
  case embodiedLow, embodiedHigh
  /// Litres: evaporated on site, and in making the electricity.
  case siteWater, sourceWater
  /// In the bill's currency: what holding the accelerators costs, at least and at most.
  case provisionLow, provisionHigh
}

/// An amount of every measure.
package struct Amounts: Hashable, Sendable {
  /// By `Measure.rawValue`; the rest is unused and zero.
  var values = SIMD16<Double>(repeating: 0)

  package init() {}
  init(_ values: SIMD16<Double>) { self.values = values }

  package subscript(measure: Measure) -> Double {
    get { values[measure.rawValue] }
    set { values[measure.rawValue] = newValue }
  }

  package static func + (a: Self, b: Self) -> Self { Self(a.values + b.values) }
  package static func += (a: inout Self, b: Self) { a.values += b.values }

  /// Joules of the servers: accelerators and what of their hosts is known.
  package var serverEnergy: Double { self[.acceleratorEnergy] + self[.hostEnergy] }
  package var facilityEnergy: Double { serverEnergy + self[.facilityOverhead] }
  package var water: Double { self[.siteWater] + self[.sourceWater] }
  package var costLow: Double { self[.provisionLow] + self[.electricityCost] }
  package var costHigh: Double { self[.provisionHigh] + self[.electricityCost] }
  /// Operational, by location, and embodied.
  package var carbonLow: Double { self[.operationalCarbon] + self[.embodiedLow] }
  package var carbonHigh: Double { self[.operationalCarbon] + self[.embodiedHigh] }
}

/// The step of each measure that all figures of a bill are multiples of.
///
/// It is a power of two, about 2^-47 of the bill's total, so that any sum of figures is exact
/// whatever its order: parts by phase, replica, tenant or time add up to the same total to the bit.
/// It grows with the total in powers of two, so twice the carbon intensity is exactly twice the
/// carbon.
struct Quantum {
  private var step: SIMD16<Double>
  private var inverse: SIMD16<Double>

  /// For figures that add up to about `total`, in which no measure is negative.
  init(total: Amounts) {
    step = SIMD16(repeating: 1)
    inverse = SIMD16(repeating: 1)
    for index in 0..<Measure.allCases.count where total.values[index] > 0 {
      // Amounts so small that the step has no inverse round to zero.
      let power = max(Int(total.values[index].exponent) - 47, -1000)
      step[index] = Double(sign: .plus, exponent: power, significand: 1)
      inverse[index] = Double(sign: .plus, exponent: -power, significand: 1)
    }
  }

  /// The nearest multiples.
  @inline(__always)
  func rounded(_ amounts: Amounts) -> Amounts {
    Amounts((amounts.values * inverse).rounded(.toNearestOrEven) * step)
  }
}
