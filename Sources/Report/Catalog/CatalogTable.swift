package import Impact
package import ServingModel
import TextAndBytes

/// The catalogue at a glance: one row an entry, within 80 characters.
package enum CatalogTable {
  package static func text(_ accelerators: [Accelerator]) -> String {
    var table = TextTable(header: [
      "Accelerator", "GiB", "GB/s", "bf16", "fp8", "fp4", "link", "domain", "W",
    ])
    for entry in accelerators {
      let peaks = [NumberFormat.bfloat16, .float8, .float4].map {
        rounded(entry.denseCompute[$0].map { $0.rate / 1e12 })
      }
      table.add(
        [entry.id, number(entry.memory.gibibytes), rounded(entry.memoryBandwidth.rate / 1e9)]
          + peaks
          + [
            rounded(entry.scaleUp.map { $0.bandwidth.rate / 1e9 }),
            entry.scaleUp.map { String($0.domain) } ?? "-",
            rounded(entry.thermalDesignPower?.value),
          ])
    }
    return lines(table, "Dense peaks in TFLOP/s; link in GB/s, one direction.")
  }

  package static func text(_ grids: [Grid]) -> String {
    var table = TextTable(header: ["Code", "year", "gCO2e/kWh", "L/kWh", "country"])
    for grid in grids {
      table.add([
        grid.code, String(grid.year), Figures.significant(grid.intensity, digits: 4),
        grid.water.map { Figures.significant($0, digits: 4) } ?? "-", grid.country,
      ])
    }
    return lines(table, "\(Grids.method). \(Grids.source).")
  }

  /// Rents in USD an hour and embodied carbon in kgCO2e of the accelerators that have them.
  package static func costs(_ accelerators: [Accelerator]) -> String {
    var table = TextTable(header: ["Accelerator", "USD/h", "", "kgCO2e", ""])
    for entry in accelerators {
      let price = AcceleratorPrices.of(entry.id)?.value
      let carbon = EmbodiedCarbon.of(entry.id)?.value
      guard price != nil || carbon != nil else { continue }
      table.add([entry.id] + ends(price) + ends(carbon))
    }
    return lines(table, "Least and most of the sources; --format json names them.")
  }

  private static func ends(_ interval: Interval?) -> [String] {
    guard let interval else { return ["-", "-"] }
    return [interval.low, interval.high].map { number($0) }
  }

  package static func text(_ models: [ModelArchitecture]) -> String {
    var table = TextTable(header: [
      "Model", "params", "active", "layers", "context", "KV", "format",
    ])
    for entry in models {
      let count = ParameterCount(entry)
      table.add([
        entry.id, number(entry.declaredParameters.map { $0 / 1e9 } ?? count.total / 1e9),
        number(entry.declaredActiveParameters.map { $0 / 1e9 } ?? count.active / 1e9),
        String(entry.layers), String(entry.maxContext),
        rounded(KVSize(entry, format: .bfloat16).full.count / 1024), entry.nativeFormat.rawValue,
      ])
    }
    return lines(table, "Parameters in billions, KV in KiB a token (bf16, growing layers).")
  }

  /// Three significant digits, without zeros at the end.
  static func number(_ x: Double) -> String {
    var text = Figures.significant(x, digits: 3)[...]
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return String(text)
  }

  private static func rounded(_ x: Double?) -> String {
    x.map { Figures.fixed($0, decimals: 0) } ?? "-"
  }

  private static func lines(_ table: TextTable, _ legend: String) -> String {
    (table.lines(width: TextLayout.width) + ["", legend]).map { $0 + "\n" }.joined()
  }
}
