package import ServingModel
package import Impact
package import TextAndBytes

/// tenants.csv, classes.csv and the like: a row for every tenant or class of service, however many
/// there are. What is not known is empty; the part of nobody has an empty name.
package enum BillPartsCSV {
  package static func name(_ label: RequestLabel) -> String { "\(label.plural).csv" }

  /// Hands the file's bytes to `sink`; rethrows its errors.
  package static func write(
    _ parts: [BillPart], by label: RequestLabel, of bill: Bill, to sink: @escaping ByteSink
  ) throws {
    var csv = CSVBuffer(to: sink)
    try header(label, to: &csv)
    for part in parts { try row(part, bill, to: &csv) }
    try csv.flush()
  }

  private static func header(_ label: RequestLabel, to csv: inout CSVBuffer) throws {
    try csv.field(name: label.name)
    csv.field("requests")
    csv.field("tokens")
    csv.field("energy_j")
    csv.field("operational_gco2e")
    csv.field("embodied_low_gco2e")
    csv.field("embodied_high_gco2e")
    csv.field("water_l")
    csv.field("cost_low")
    csv.field("cost_high")
    try csv.endRow()
  }

  private static func row(_ part: BillPart, _ bill: Bill, to csv: inout CSVBuffer) throws {
    let isEmbodiedKnown = bill.known.contains(.embodiedLow)
    try csv.field(name: part.name ?? "")
    csv.field(Int64(part.requests))
    csv.field(Int64(part.tokens))
    csv.field(bill.energy(part.amounts))
    csv.field(bill.operationalCarbon(part.amounts))
    csv.field(isEmbodiedKnown ? part.amounts[.embodiedLow] : nil)
    csv.field(isEmbodiedKnown ? part.amounts[.embodiedHigh] : nil)
    csv.field(bill.water(part.amounts))
    csv.field(bill.cost(part.amounts)?.low)
    csv.field(bill.cost(part.amounts)?.high)
    try csv.endRow()
  }
}
