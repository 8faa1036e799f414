import ServingModel
package import TextAndBytes

/// Statistics as text and JSON.
extension TraceStatistics {
  package var text: String {
    var lines = ["Requests  \(rows)" + (failures > 0 ? ", \(failures) not ok" : "")]
    lines += lengthLines + arrivalLines + sessionLines + reuseLines
    for (label, shares) in shares { lines += [""] + Self.lines(label, shares) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ label: RequestLabel, _ shares: Shares) -> [String] {
    let name = label == .model ? "models" : label.plural
    let title = name.prefix(1).uppercased() + name.dropFirst()
    return [
      title + String(repeating: " ", count: max(1, 10 - title.count))
        + "\(shares.count); the 3 largest send \(percent(shares.topThree)), "
        + "the 10 largest \(percent(shares.topTen))",
      "          "
        + shares.largest.map { "\($0.name) \(percent($0.share))" }.joined(separator: ", "),
    ]
  }

  private var lengthLines: [String] {
    let head = ["", "mean", "p50", "p90", "p95", "p99", "max"]
    var rows = [head]
    for column in lengths {
      rows.append(
        [column.name + (column.unit == "s" ? " (s)" : "")] + Self.figures(column.summary))
    }
    var lines = [""] + Self.table(rows)
    if let correlation {
      lines.append("Rank correlation of input and output: \(Self.figure(correlation))")
    }
    return lines
  }

  private static func figures(_ summary: Summary) -> [String] {
    [
      summary.mean, summary.percentile(50), summary.percentile(90), summary.percentile(95),
      summary.percentile(99), summary.maximum,
    ].map { $0.map { figure($0) } ?? "" }
  }

  private var arrivalLines: [String] {
    guard let arrivals else { return ["", "Arrivals  \(noSpan)"] }
    let span = Double(arrivals.span) / 1e6
    var lines = [
      "",
      "Arrivals  \(Self.figure(span)) s, \(Self.figure(arrivals.rate)) requests/s",
      arrivals.count > 2
        ? "Gaps      CV \(Self.figure(arrivals.gapVariation)) over all" : "Gaps      one",
    ]
    if let local = arrivals.localVariation, let window = arrivals.window {
      lines[2] +=
        ", \(Self.figure(local)) within \(window / 1_000_000) s (median): the rest is drift"
    }
    if let drift = arrivals.rateVariation {
      lines.append("Rate      CV \(Self.figure(drift)) between those windows")
    }
    if arrivals.tiedShare > 0.01 {
      lines.append("Ties      \(Self.percent(arrivals.tiedShare)) of gaps are 0")
    }
    if let tick = arrivals.tick {
      lines.append("Clock     ticks of \(Self.figure(Double(tick) / 1e6)) s")
    }
    if arrivals.idleShare > 0.05 {
      lines.append("Idle      \(Self.percent(arrivals.idleShare)) of the time in gaps over 10 s")
    }
    let dispersion = arrivals.dispersion.map { "\(Self.figure($0.index)) at \($0.seconds) s" }
    if !dispersion.isEmpty {
      lines.append("Counts    variance/mean \(dispersion.joined(separator: ", "))")
    }
    if let hours = arrivals.hours {
      lines.append("Hours     " + hours.map { Self.fixed($0) }.joined(separator: " "))
    }
    if let ratio = arrivals.weekdayToWeekend {
      lines.append("Week      a weekday has \(Self.figure(ratio)) times a weekend day's requests")
    }
    return lines
  }

  /// Why there is no rate.
  private var noSpan: String {
    switch arrived {
    case 0: "none: requests wait for others, or for clients of a closed loop"
    case 1: "one"
    default: "\(arrived), all at one time"
    }
  }

  private var sessionLines: [String] {
    guard let sessions else { return [] }
    var lines = [
      "",
      "Sessions  \(sessions.count), \(Self.percent(sessions.singleShare)) of one request; requests "
        + "a session " + Self.phrase(sessions.turns),
    ]
    if let think = sessions.think { lines.append("Think (s)   " + Self.phrase(think)) }
    if let gaps = sessions.gaps { lines.append("Between arrivals (s) " + Self.phrase(gaps)) }
    if let share = sessions.carriedShare, let added = sessions.added,
      let resets = sessions.resetShare
    {
      lines.append(
        "Context   \(Self.percent(share)) of tokens were in the agent's prompt before; "
          + "\(Self.percent(resets)) of prompts lost over a tenth of it")
      lines.append("Added (tokens) " + Self.phrase(added))
    }
    return lines
  }

  private var reuseLines: [String] {
    guard let reuse else { return [] }
    var lines = [""]
    if let tokens = reuse.tokenShare, let blocks = reuse.blockShare, let size = reuse.blockSize {
      lines.append(
        "Reuse     \(Self.percent(tokens)) of prompt tokens, \(Self.percent(blocks)) of "
          + "\(reuse.blocks) blocks of \(size); \(reuse.distinctBlocks) distinct, "
          + "\(Self.percent(reuse.singleUseShare ?? 0)) of them used once")
    }
    let bounded = reuse.bounded.map { "\(Self.percent($0.tokenShare)) with \($0.capacity)" }
    if !bounded.isEmpty { lines.append("          in blocks: " + bounded.joined(separator: ", ")) }
    if let order = reuse.partsInOrder, let anywhere = reuse.partsAnywhere {
      lines.append(
        "Reuse     \(Self.percent(order)) of part tokens in prefix order, "
          + "\(Self.percent(anywhere)) wherever they stand")
    }
    return lines
  }

  private static func phrase(_ summary: Summary) -> String {
    let names = ["mean", "p50", "p90", "p95", "p99", "max"]
    return zip(names, figures(summary)).map { "\($0) \($1)" }.joined(separator: ", ")
  }

  private static func table(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { index, cell in
        let space = String(repeating: " ", count: widths[index] - cell.count)
        return index == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
  }

  /// Four significant digits.
  static func figure(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "-" }
    var scale = 1.0
    var digits = 0
    while abs(value) * scale < 999.5, digits < 6 {
      scale *= 10
      digits += 1
    }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int64(rounded)) : String(rounded)
  }

  private static func fixed(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

extension TraceStatistics {
  /// The same figures; shares are from 0 to 1 and times in seconds.
  package var json: JSON {
    var json = JSON.object([.init("requests", .integer(Int64(rows)))])
    json["not_ok"] = .integer(Int64(failures))
    json["columns"] = .object(lengths.map { .init($0.name, $0.summary.json) })
    json["rank_correlation"] = correlation.map { .decimal($0) }
    json["arrivals"] = arrivals?.json
    json["sessions"] = sessions?.json
    json["reuse"] = reuse?.json
    for (label, shares) in shares {
      json[label.plural] = .object([
        .init("count", .integer(Int64(shares.count))), .init("top_3", .decimal(shares.topThree)),
        .init("top_10", .decimal(shares.topTen)),
        .init("largest", .object(shares.largest.map { .init($0.name, .decimal($0.share)) })),
      ])
    }
    return json
  }
}

extension Summary {
  package var json: JSON {
    var json = JSON.object([
      .init("count", .integer(Int64(count))), .init("mean", .decimal(mean)),
      .init("std", .decimal(deviation)), .init("min", .decimal(minimum)),
    ])
    for (percent, value) in zip(Self.percents, quantiles) { json["p\(percent)"] = .decimal(value) }
    json["max"] = .decimal(maximum)
    return json
  }
}

extension ArrivalStatistics {
  fileprivate var json: JSON {
    var json = JSON.object([
      .init("span_s", .decimal(Double(span) / 1e6)), .init("rate_rps", .decimal(rate)),
      .init("gap_cv", .decimal(gapVariation)), .init("tied_share", .decimal(tiedShare)),
      .init("idle_share", .decimal(idleShare)),
    ])
    json["local_gap_cv"] = localVariation.map { .decimal($0) }
    json["window_s"] = window.map { .integer($0 / 1_000_000) }
    json["rate_cv"] = rateVariation.map { .decimal($0) }
    json["tick_s"] = tick.map { .decimal(Double($0) / 1e6) }
    json["dispersion"] = .object(dispersion.map { .init("\($0.seconds)s", .decimal($0.index)) })
    json["peak_to_mean"] = .object(
      dispersion.map { .init("\($0.seconds)s", .decimal($0.peakToMean)) })
    json["hours"] = hours.map { .array($0.map { .decimal($0) }) }
    json["weekday_to_weekend"] = weekdayToWeekend.map { .decimal($0) }
    return json
  }
}

extension SessionStatistics {
  fileprivate var json: JSON {
    var json = JSON.object([
      .init("count", .integer(Int64(count))), .init("requests", turns.json),
      .init("single_share", .decimal(singleShare)),
    ])
    json["think_s"] = think?.json
    json["gap_s"] = gaps?.json
    json["carried_share"] = carriedShare.map { .decimal($0) }
    json["carried"] = carried?.json
    json["added_tokens"] = added?.json
    json["reset_share"] = resetShare.map { .decimal($0) }
    return json
  }
}

extension TraceStatistics.Reuse {
  fileprivate var json: JSON {
    var json = JSON.object([
      .init("blocks", .integer(Int64(blocks))),
      .init("distinct_blocks", .integer(Int64(distinctBlocks))),
    ])
    json["block_size"] = blockSize.map { .integer(Int64($0)) }
    json["block_share"] = blockShare.map { .decimal($0) }
    json["token_share"] = tokenShare.map { .decimal($0) }
    json["single_use_share"] = singleUseShare.map { .decimal($0) }
    if !bounded.isEmpty {
      json["lru_token_share"] = .object(
        bounded.map { .init("\($0.capacity)", .decimal($0.tokenShare)) })
    }
    json["parts_in_order"] = partsInOrder.map { .decimal($0) }
    json["parts_anywhere"] = partsAnywhere.map { .decimal($0) }
    return json
  }
}
