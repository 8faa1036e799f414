/// Counts of values up to bounds, as Prometheus has them.
struct PrometheusHistogram: Sendable {
  let bounds: [Double]
  /// Values in each bucket alone; the last one is above all bounds.
  private var counts: [Int]
  private var sum = 0.0

  init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = [Int](repeating: 0, count: bounds.count + 1)
  }

  mutating func observe(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }

  /// Adds what another one of the same bounds has counted.
  mutating func add(_ other: PrometheusHistogram) {
    for place in counts.indices { counts[place] += other.counts[place] }
    sum += other.sum
  }

  func write(to text: inout PrometheusText, _ name: String, labels: String) {
    var below = 0
    for (bound, count) in zip(bounds.map(\.description) + ["+Inf"], counts) {
      below += count
      text.sample("\(name)_bucket", labels: "\(labels),le=\"\(bound)\"", Double(below))
    }
    text.sample("\(name)_count", labels: labels, Double(below))
    text.sample("\(name)_sum", labels: labels, sum)
  }
}

/// Bounds of vLLM 0.32's histograms, as its /metrics has them.
enum HistogramBounds {
  static let timeToFirstToken = [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40,
    80, 160, 640, 2560,
  ]
  static let interToken = [
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80,
  ]
  static let requestLatency = [
    0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680,
  ]

  static let stepTokens: [Double] = [
    1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384,
  ]

  /// 1, 2, 5, 10, ... up to the longest context.
  static func tokens(upTo longest: Int) -> [Double] {
    var bounds: [Double] = []
    var decade = 1
    while true {
      for step in [1, 2, 5] {
        guard step * decade <= longest else { return bounds }
        bounds.append(Double(step * decade))
      }
      decade *= 10
    }
  }
}
