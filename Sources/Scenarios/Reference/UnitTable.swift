import ServingModel
import SimKernel

/// A kind of quantity with its units, for people.
struct UnitTable {
  var name: String
  var units: [String]
  var bounds: String

  static let all = [
    Units.duration.table(), Units.time.table("a time from a run's start"), Units.rate.table(),
    Units.size.table(), Units.bandwidth.table(),
    Units.compute.table(), Units.power.table(), Units.intensity.table(), Units.waterUse.table(),
    Units.mass.table(), Units.years.table("a life of machines"),
  ]
}

extension Units {
  fileprivate func table(_ name: String? = nil) -> UnitTable {
    UnitTable(name: name ?? kind, units: factors.map(\.name), bounds: bounds)
  }
}
