import Charts
import Glibc

/// Counts of positive values in parts of equal ratio.
struct LogarithmicBars {
  var edges: [Double]
  var counts: [Double]

  private static let parts = 40

  /// nil when no value is positive, or all are the same.
  init?(_ values: [Double]) {
    let values = values.filter { $0 > 0 }
    guard let least = values.min(), let most = values.max(), least < most else { return nil }
    let ratio = log(most / least) / Double(Self.parts)
    edges = (0...Self.parts).map { least * exp(ratio * Double($0)) }
    counts = [Double](repeating: 0, count: Self.parts)
    for value in values {
      counts[min(Int(log(value / least) / ratio), Self.parts - 1)] += 1
    }
  }

  func table(unit: String) -> DataTable {
    DataTable(
      header: ["From (\(unit))", "To (\(unit))", "Requests"],
      rows: counts.indices.map { bin in
        [
          Figures.significant(edges[bin], digits: 4),
          Figures.significant(edges[bin + 1], digits: 4),
          Figures.count(Int(counts[bin])),
        ]
      })
  }
}

/// Of an exponential distribution with mean 1.
func exponentialQuantile(_ share: Double) -> Double { -log1p(-share) }
