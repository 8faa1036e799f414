import ServingModel
import Charts
import Impact
import ServingSim
import SimKernel
import Testing

import ReportTestSupport

@testable import Report

@Suite(.timeLimit(.minutes(30))) struct BillReportTests {
  static func run() -> FinishedRun {
    var run = RunTablesTests.run()
    run.replicas[0].meter = Fixtures.meter
    return run
  }

  static var plan: ImpactPlan {
    ImpactPlan(
      facility: Sourced(PowerUsageEffectiveness(1.5), source: "a test"),
      grid: Sourced(StepSeries(constant: 400), source: "a test"), price: .catalogue)
  }

  @Test func `a run from its file is billed to the same bits`() throws {
    let run = Self.run()
    let again = try RecordedFiles(run).read()
    let bill = Bill(run, plan: Self.plan)
    #expect(BillJSON.render(Bill(again, plan: Self.plan)) == BillJSON.render(bill))
    #expect(BillText.render(Bill(again, plan: Self.plan)) == BillText.render(bill))
  }

  @Test func `what is known is shown, the rest is said to be missing`() {
    let text = BillText.render(Bill(Self.run(), plan: Self.plan))
    #expect(text.contains("(accelerators with their share of the facility)"))
    #expect(text.contains("CO2e operational (location-based)\n"))
    #expect(text.contains("\nPhase "))
    #expect(text.contains("impact.host is not stated: accelerators alone"))
    #expect(!text.contains("SCI") && !text.contains("Water "))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `unknown is null`() {
    let json = BillJSON.render(Bill(Self.run(), plan: ImpactPlan()))
    #expect(json.contains("\"operational_gco2e\": null"))
    #expect(json.contains("\"cost_low\": null"))
    #expect(json.contains("\"boundary\": \"accelerators\""))
    #expect(!json.contains("\"energy_j\": null"))
  }

  @Test func `the windows add up in the file`() throws {
    let bill = Bill(Self.run(), plan: Self.plan)
    var text = ""
    try BillCSV.write(bill) { text += String(decoding: $0, as: UTF8.self) }
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "operational_gco2e"))
    let sum = rows.dropFirst().compactMap { Double($0[column]) }.reduce(0, +)
    #expect(abs(sum - bill.total[.operationalCarbon]) <= 1e-12 * sum)
    #expect(rows.count == bill.windows.count + 1)
  }

  /// Of the run with so many tenants, each with one token more than the one before it.
  private static func bill(tenants: Int) -> Bill {
    var bill = Bill(run(), plan: plan)
    bill.byLabel[.tenant] = (0..<tenants).map { number in
      var amounts = Amounts()
      amounts[.provisionLow] = 1
      amounts[.provisionHigh] = 2
      return BillPart(name: "t\(number)", amounts: amounts, requests: 1, tokens: number)
    }
    return bill
  }

  @Test func `both ends of a range of prices are in every table`() throws {
    let plan = ImpactPlan(
      grid: Sourced(StepSeries(constant: 400), source: "a test"),
      price: .rent(Sourced(Interval(2, 5), source: "a test")))
    let bill = Bill(Self.run(), plan: plan)
    let cost = try #require(bill.cost(bill.total))
    #expect(abs(cost.high - 2.5 * cost.low) <= 1e-12 * cost.high)
    for table in BillTables.all(bill) where table.caption != "What a request takes" {
      #expect(table.data.header.suffix(2) == ["USD low", "USD high"], "\(table.caption)")
      for row in table.data.rows {
        let ends = row.suffix(2).compactMap { Double($0) }
        #expect(ends.count == 2 && abs(ends[1] - 2.5 * ends[0]) <= 0.01 * ends[1], "\(row)")
      }
    }
    let text = BillText.render(bill)
    #expect(text.contains("cost low (USD)") && text.contains("cost high (USD)"))
    #expect(text.contains("low and high: by the ends of the ranges of prices."))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let json = BillJSON.render(bill)
    #expect(json.ranges(of: "\"cost_low\"").count == json.ranges(of: "\"cost_high\"").count)
    let chart = try #require(
      BillCharts.costPhases([RunDigest(Self.run(), plan: [], bill: bill)]))
    #expect(chart.table.rows.contains { $0[1].contains(" to ") })
  }

  @Test func `one price is one column`() {
    let plan = ImpactPlan(price: .rent(Sourced(Interval(2, 2), source: "a test")))
    let text = BillText.render(Bill(Self.run(), plan: plan))
    #expect(text.contains(" USD\n") && !text.contains("USD low") && !text.contains("low and"))
  }

  @Test func `of many tenants the largest are shown and the others summed up`() throws {
    let bill = Self.bill(tenants: 30)
    let table = try #require(BillTables.all(bill).first { $0.caption.contains("tenant") }).data
    #expect(table.rows.count == 21)
    #expect(table.rows.first?.first == "t29")
    #expect(table.rows[20].prefix(2) == ["10 others", "10"])
    let small = try #require(
      BillTables.all(Self.bill(tenants: 20)).first { $0.caption.contains("tenant") })
    #expect(small.data.rows.map(\.first).last == "t19")
  }

  @Test func `a report of many tenants stays small and its CSV has them all`() throws {
    let bill = Self.bill(tenants: 20_000)
    #expect(BillJSON.render(bill).utf8.count < 1_500_000)
    #expect(BillJSON.render(bill).contains("\"count\": 19000"))
    let page = HTMLReport.render([RunDigest(Self.run(), plan: [], bill: bill)])
    #expect(page.utf8.count < 400_000)
    #expect(BillText.render(bill).utf8.count < 6000)
    var csv = ""
    try BillPartsCSV.write(bill.byLabel[.tenant] ?? [], by: .tenant, of: bill) {
      csv += String(decoding: $0, as: UTF8.self)
    }
    #expect(csv.split(separator: "\n").count == 20_001)
    #expect(csv.hasPrefix("tenant,requests,tokens,"))
  }

  @Test func `a tenant's name of any kind is one field`() throws {
    var bill = Self.bill(tenants: 1)
    bill.byLabel[.tenant]?[0].name = "a, \"b\"\n" + String(repeating: "c", count: 3_000_000)
    var csv = ""
    try BillPartsCSV.write(bill.byLabel[.tenant] ?? [], by: .tenant, of: bill) {
      csv += String(decoding: $0, as: UTF8.self)
    }
    #expect(csv.contains("\n\"a, \"\"b\"\"\nccc"))
    #expect(csv.hasSuffix("c\",1,0,\(bill.energy(Amounts()) ?? 0),0.0,,,,1.0,2.0\n"))
  }
}
