import TextAndBytes

/// The latencies in text: a histogram each, in one line.
enum LatencyShapes {
  static func lines(_ metrics: LatencyMetrics) -> [String] {
    let known = Latency.allCases.compactMap { latency in
      latency.distribution(in: metrics).map { (latency.name, $0) }
    }
    guard !known.isEmpty else { return [] }
    return [TextLayout.pad("Histogram", to: label) + "from 0 to p99"]
      + known.map { name, distribution in
        TextLayout.pad(name, to: label) + bars(distribution.shape) + "  "
          + TimeUnit.text(distribution.p99)
      }
  }

  private static let label = 11
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A character for each count: blank for none, a full block for the most.
  static func bars(_ counts: [Int]) -> String {
    let most = max(1, counts.max() ?? 1)
    return String(
      counts.map { count in
        guard count > 0 else { return " " }
        // Of doubles: a file may say any count.
        let height = (Double(count) / Double(most) * Double(blocks.count)).rounded(.up)
        return blocks[max(1, min(blocks.count, Int(height))) - 1]
      })
  }
}
