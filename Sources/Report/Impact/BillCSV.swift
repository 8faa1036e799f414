package import Impact
import SimKernel
package import TextAndBytes

/// bill.csv: one row a window of time, over the whole fleet. What is not known is empty.
package enum BillCSV {
  package static let name = "bill.csv"

  /// Hands the file's bytes to `sink`; rethrows its errors.
  package static func write(_ bill: Bill, to sink: @escaping ByteSink) throws {
    var csv = CSVBuffer(to: sink)
    try header(to: &csv)
    for window in bill.windows { try row(window, bill, to: &csv) }
    try csv.flush()
  }

  private static func header(to csv: inout CSVBuffer) throws {
    csv.field("time_s")
    csv.field("window_s")
    csv.field("accelerator_power_w")
    csv.field("power_mean_w")
    csv.field("power_least_w")
    csv.field("power_most_w")
    csv.field("energy_j")
    csv.field("operational_gco2e")
    csv.field("embodied_low_gco2e")
    csv.field("embodied_high_gco2e")
    csv.field("water_l")
    csv.field("cost_low")
    csv.field("cost_high")
    try csv.endRow()
  }

  private static func row(_ window: BillWindow, _ bill: Bill, to csv: inout CSVBuffer) throws {
    let amounts = window.amounts
    let isPowerKnown = bill.boundary != nil
    let isEmbodiedKnown = bill.known.contains(.embodiedLow)
    csv.seconds(SimTime(seconds: window.start))
    csv.seconds(SimTime(seconds: window.length))
    csv.field(isPowerKnown ? window.power.median : nil)
    csv.field(isPowerKnown ? window.power.mean : nil)
    csv.field(isPowerKnown ? window.power.least : nil)
    csv.field(isPowerKnown ? window.power.most : nil)
    csv.field(bill.energy(amounts))
    csv.field(bill.operationalCarbon(amounts))
    csv.field(isEmbodiedKnown ? amounts[.embodiedLow] : nil)
    csv.field(isEmbodiedKnown ? amounts[.embodiedHigh] : nil)
    csv.field(bill.water(amounts))
    csv.field(bill.cost(amounts)?.low)
    csv.field(bill.cost(amounts)?.high)
    try csv.endRow()
  }
}
