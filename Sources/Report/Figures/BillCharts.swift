import Charts
import Impact

/// What the bill says, in pictures; nil where it does not know.
enum BillCharts {
  /// A stretch of a bill's windows.
  private struct Stretch {
    var start: Double
    var length: Double
    var amounts: Amounts
    /// Watts of all accelerators, means over the stretch.
    var median: Double
    var least: Double
    var most: Double
  }

  private static let mostColumns = 96

  private static func stretches(_ bill: Bill) -> [Stretch] {
    let size = max(1, (bill.windows.count + mostColumns - 1) / mostColumns)
    return stride(from: 0, to: bill.windows.count, by: size).map { first in
      let windows = bill.windows[first..<min(first + size, bill.windows.count)]
      let length = windows.reduce(0) { $0 + $1.length }
      func mean(_ watts: (PowerSpread) -> Double) -> Double {
        length > 0 ? windows.reduce(0) { $0 + watts($1.power) * $1.length } / length : 0
      }
      return Stretch(
        start: windows[first].start, length: length,
        amounts: windows.reduce(into: Amounts()) { $0 += $1.amounts },
        median: mean(\.median), least: mean(\.least), most: mean(\.most))
    }
  }

  /// Of all accelerators: of one run with the range of the power models.
  static func power(_ runs: [RunDigest]) -> Chart? {
    let bills = runs.compactMap(\.bill)
    guard bills.contains(where: { $0.known.contains(.acceleratorEnergy) }) else { return nil }
    let isRange = runs.count == 1 && bills[0].ensemble.count > 1
    var parts: [(String, (Stretch) -> Double, Line.Dash)] = [
      ("median of the models", { $0.median / 1000 }, .solid)
    ]
    if isRange {
      parts += [
        ("least", { $0.least / 1000 }, .dotted), ("most", { $0.most / 1000 }, .dashed),
      ]
    }
    return chart(
      runs, title: "Power",
      summary: "What all accelerators draw together"
        + (isRange ? ": the median of the power models, the least and the most." : "."),
      axis: Axis("Power", unit: "kW", includes: [0], endsAtTick: true), parts: parts,
      needs: .acceleratorEnergy)
  }

  static func carbon(_ runs: [RunDigest]) -> Chart? {
    chart(
      runs, title: "Carbon of the electricity",
      summary: "Operational CO2e an hour, by the grid of the place.",
      axis: Axis("CO2e", unit: "g/h", includes: [0], endsAtTick: true),
      parts: [
        (
          "", { $0.length > 0 ? $0.amounts[.operationalCarbon] / $0.length * 3600 : 0 }, .solid
        )
      ], needs: .operationalCarbon)
  }

  private static func chart(
    _ runs: [RunDigest], title: String, summary: String, axis: Axis,
    parts: [(String, (Stretch) -> Double, Line.Dash)], needs measure: Measure
  ) -> Chart? {
    let known = runs.enumerated().compactMap { index, run in
      run.bill.flatMap { bill in
        bill.known.contains(measure) ? (index, run, stretches(bill)) : nil
      }
    }
    guard !known.isEmpty else { return nil }
    let (time, scale) = Axis.time(runs)
    let isAlone = runs.count == 1 && parts.count == 1
    let layers = known.flatMap { index, run, stretches in
      parts.enumerated().map { order, part in
        Chart.Layer.line(
          Line(
            isAlone ? "" : runs.count == 1 ? part.0 : run.label,
            points: stretches.map { Point(scale.value($0.start + $0.length / 2), part.1($0)) },
            series: runs.count == 1 ? order : index, dash: part.2, isFilled: isAlone))
      }
    }
    var table = DataTable(
      header: ["Run", "From (s)", "To (s)"]
        + parts.map { Axis($0.0.isEmpty ? axis.name : $0.0, unit: axis.unit).title })
    for (_, run, stretches) in known {
      for stretch in stretches {
        table.rows.append(
          [run.label]
            + ([stretch.start, stretch.start + stretch.length] + parts.map { $0.1(stretch) })
            .map { Figures.significant($0, digits: 4) })
      }
    }
    return Chart(
      title: title, summary: summary, x: time, y: axis, layers: layers, table: table)
  }

  private typealias Part = (name: String, value: (Bill) -> Interval?)

  static func costPhases(_ runs: [RunDigest]) -> Chart? {
    let currencies = Set(runs.compactMap { $0.bill?.plan.currency })
    guard currencies.count == 1, let currency = currencies.first else { return nil }
    return bars(
      runs, title: "Cost by phase",
      axis: Axis("Cost", unit: currency, includes: [0]),
      summary: "What it costs to read prompts, to write answers, and to hold the accelerators "
        + "while nothing runs.",
      parts: BillPhase.allCases.map { phase in
        (phase.name, { bill in bill.cost(bill.phases[phase.rawValue]) })
      })
  }

  /// Accelerators and electricity; nil where electricity is not billed for itself.
  static func cost(_ runs: [RunDigest]) -> Chart? {
    let currencies = Set(runs.compactMap { $0.bill?.plan.currency })
    guard currencies.count == 1, let currency = currencies.first,
      runs.contains(where: { $0.bill.flatMap { positive($0, .electricityCost) } != nil })
    else { return nil }
    return bars(
      runs, title: "What the cost is for",
      axis: Axis("Cost", unit: currency, includes: [0]),
      summary: "What holding the accelerators costs, and the electricity billed beside.",
      parts: [
        ("accelerators", { range($0, .provisionLow, .provisionHigh) }),
        ("electricity", { positive($0, .electricityCost).map { Interval($0, $0) } }),
      ])
  }

  static func carbonParts(_ runs: [RunDigest]) -> Chart? {
    bars(
      runs, title: "Where the carbon comes from",
      axis: Axis("CO2e", unit: "kg", includes: [0]),
      summary: "CO2e of the electricity by the grid of the place, and of making the machines.",
      parts: [
        ("operational", { $0.operationalCarbon($0.total).map { Interval($0, $0) * 1e-3 } }),
        ("embodied", { range($0, .embodiedLow, .embodiedHigh).map { $0 * 1e-3 } }),
      ])
  }

  static func energyParts(_ runs: [RunDigest]) -> Chart? {
    bars(
      runs, title: "Energy by phase", axis: Axis("Energy", unit: "kWh", includes: [0]),
      summary: "Energy of reading prompts, of writing answers, and while nothing ran, as "
        + "far as the bill reaches.",
      parts: BillPhase.allCases.map { phase in
        (
          phase.name,
          { $0.energy($0.phases[phase.rawValue]).map { Interval($0, $0) * (1 / 3.6e6) } }
        )
      })
  }

  private static func positive(_ bill: Bill, _ measure: Measure) -> Double? {
    bill.known.contains(measure) && bill.total[measure] > 0 ? bill.total[measure] : nil
  }

  private static func range(_ bill: Bill, _ low: Measure, _ high: Measure) -> Interval? {
    guard bill.known.contains(low) else { return nil }
    return .ordered(bill.total[low], bill.total[high])
  }

  private static func bars(
    _ runs: [RunDigest], title: String, axis: Axis, summary: String, parts: [Part]
  ) -> Chart? {
    let values = runs.map { run in parts.map { part in run.bill.flatMap { part.value($0) } } }
    let rows = parts.indices.filter { row in values.contains { $0[row] != nil } }
    guard !rows.isEmpty, values.joined().contains(where: { ($0?.high ?? 0) > 0 }) else {
      return nil
    }
    func text(_ range: Interval?, digits: Int, none: String) -> String {
      guard let range else { return none }
      let low = Figures.significant(range.low, digits: digits)
      let high = Figures.significant(range.high, digits: digits)
      return low == high ? low : "\(low) to \(high)"
    }
    let hasRange = values.joined().contains { $0.map { $0.low < $0.high } ?? false }
    let note = hasRange ? " A bar is the least, the line at its end goes up to the most." : ""
    return Chart(
      title: title, summary: summary + note, x: axis,
      y: Axis("", unit: "", scale: .categories(rows.map { parts[$0].name })),
      layers: runs.indices.map { run in
        .bars(
          Bars(
            runs[run].label, values: rows.map { values[run][$0]?.low },
            most: rows.map { values[run][$0]?.high },
            labels: rows.map { text(values[run][$0], digits: 3, none: "") }, series: run))
      },
      table: DataTable(
        header: ["Part"] + runs.map { "\($0.label) (\(axis.unit))" },
        rows: rows.map { row in
          [parts[row].name]
            + values.map { text($0[row], digits: 4, none: "-") }
        }))
  }
}
