package import Impact
import Parquet

/// OpenDC's powerSource.parquet: what its hosts drew, a row an interval and source.
package struct PowerSource: Hashable, Sendable {
  package var energy = Joules.zero
  /// Grams of carbon dioxide; nil: the simulation had no carbon trace.
  package var carbonGrams: Double?
  /// Seconds from OpenDC's start to the last row.
  package var seconds = 0.0
  package var rows = 0

  package static func read(path: String) throws(OpenDCProblem) -> PowerSource {
    do throws(ParquetProblem) {
      let known = try ParquetReader(path: path)
      let hasCarbon = known.fields.contains { $0.name == "carbon_emission" }
      let names = ["timestamp", "energy_usage"] + (hasCarbon ? ["carbon_emission"] : [])
      let reader = try ParquetReader(path: path, columns: names)
      var source = PowerSource()
      while let batch = try reader.next() { try source.add(batch) }
      guard source.rows > 0 else { throw ParquetProblem("has no row") }
      return source
    } catch {
      throw OpenDCProblem("\(path): \(error.message)")
    }
  }

  private mutating func add(_ batch: [ParquetColumn]) throws(ParquetProblem) {
    guard case .integers(let times) = batch[0].values, case .doubles(let joules) = batch[1].values
    else {
      throw ParquetProblem(
        "timestamp or energy_usage is of another type than in OpenDC's powerSource.parquet")
    }
    rows += times.count
    seconds = max(seconds, Double(times.max() ?? 0) / 1000)
    energy += Joules(try Self.sum(joules, "energy_usage"))
    if batch.count > 2, case .doubles(let grams) = batch[2].values {
      let sum = try Self.sum(grams, "carbon_emission")
      // Without a carbon trace OpenDC writes zeros.
      if sum > 0 { carbonGrams = (carbonGrams ?? 0) + sum }
    }
  }

  private static func sum(_ values: [Double], _ name: String) throws(ParquetProblem) -> Double {
    if let wrong = values.first(where: { !$0.isFinite || $0 < 0 }) {
      throw ParquetProblem("\(name): found \(wrong); allowed are numbers from 0")
    }
    return values.reduce(0, +)
  }
}
