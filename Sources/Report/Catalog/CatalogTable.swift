package import ServingSim

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
