package import TraceArchive

/// A run as the load generator that measured it sums it up.
package struct LoadResult: Sendable {
  /// The generator, by the name of its trace format.
  package var tool: TraceFormat
  /// The file, and of several runs in it which one.
  package var name: String
  package var model: String?
  /// How requests were sent; nil: not stated.
  package var load: OfferedLoad?
  /// Why the load is not known, where something is said of it.
  package var loadHint: String?
  /// Requests with a whole answer; nil: not stated.
  package var finished: Int?
  package var failed = 0
  /// Seconds from the first request to the last answer; nil: not stated.
  package var duration: Double?
  package var promptTokens: ResultLengths?
  package var outputTokens: ResultLengths?
  /// By names of metrics, in their units, in the order that they are shown in.
  package var figures: [Figure] = []
  /// The file that has all of its requests one by one; nil: none is known.
  package var requestsPath: String?
  /// Whether it says of them when they were sent: by the clock, all at once, or by clients.
  package var requestsHaveTimes = true
  /// What had to be assumed, in phrases.
  package var assumptions: [String] = []

  package struct Figure: Hashable, Sendable {
    package var metric: String
    package var value: Double
  }

  package init(tool: TraceFormat, name: String) {
    self.tool = tool
    self.name = name
  }
}

/// How a load generator sends requests.
package enum OfferedLoad: Hashable, Sendable {
  /// By clients that send their next request when one has ended.
  case clients(Int)
  /// A second; gaps are equal for a `cv` of 0, exponential for 1, else of a gamma distribution.
  case rate(Double, cv: Double)
  /// All at the start.
  case atOnce

  /// In a phrase.
  package var phrase: String {
    switch self {
    case .clients(let count): count == 1 ? "one client" : "\(count) clients"
    case .rate(let rate, _):
      (rate.rounded() == rate ? "\(Int(rate))" : "\(rate)") + " requests a second"
    case .atOnce: "all requests at once"
    }
  }
}

/// Tokens of prompts or answers, as far as a result states them.
package enum ResultLengths: Hashable, Sendable {
  case mean(Double)
  /// At equal steps from the shortest to the longest.
  case quantiles([Double])
  /// Of each request, in the order in which they were sent.
  case each([Int32])

  /// More tokens than any model takes.
  static let most = 1e8
}

extension LoadResult {
  /// Adds a figure; nil, and 0, which generators write where they measured nothing, are none.
  mutating func add(_ metric: String, _ value: Double?) {
    guard let value, value > 0, !figures.contains(where: { $0.metric == metric }) else { return }
    figures.append(Figure(metric: metric, value: value))
  }

  /// Puts the figures in the order of latencies, and of means before quantiles.
  mutating func sortFigures() {
    figures = figures.enumerated().sorted {
      (MetricOrder($0.element.metric), $0.offset) < (MetricOrder($1.element.metric), $1.offset)
    }.map(\.element)
  }
}

/// Where a metric stands among those of a run.
package struct MetricOrder: Comparable, Sendable {
  private let latency: Int
  private let statistic: Double

  package init(_ name: String) {
    let words = name.split(separator: "_")
    latency = ["ttft", "tpot", "itl", "e2e"].firstIndex(of: words.first ?? "") ?? 4
    statistic = words.last.flatMap { Double($0.dropFirst()) } ?? 0
  }

  package static func < (a: MetricOrder, b: MetricOrder) -> Bool {
    (a.latency, a.statistic) < (b.latency, b.statistic)
  }
}
