package import ServingModel
package import SimKernel

/// What a run as a whole is held to, beside what each of its requests is.
package struct RunObjective: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// A percentile of a latency, at most.
    case latency(ObjectiveLatency, Percentile, atMost: SimDuration)
    /// The share of the requests that meet all objectives of a request, at least.
    case goodput(atLeast: Double)
    /// In the currency of the bill, at most.
    case cost(AmountUnit, atMost: Double)
    /// Grams of CO2e, at most.
    case carbon(AmountUnit, atMost: Double)
  }

  /// The requests that are counted.
  package struct Group: Hashable, Sendable {
    package var label: RequestLabel
    package var name: String

    package init(label: RequestLabel, name: String) {
      self.label = label
      self.name = name
    }

    /// What objectives can be stated for, beside all requests.
    package static let labels: [RequestLabel] = [.serviceClass, .tenant]
  }

  package var target: Target
  /// nil: all requests.
  package var group: Group?

  package init(_ target: Target, of group: Group? = nil) {
    self.target = target
    self.group = group
  }

  /// The share of requests that has to meet their objectives where a scenario states no share.
  ///
  /// Objectives bound single requests, and some request always misses.
  package static let usualGoodput = 0.99
}

/// A latency whose percentiles can be bounded.
package enum ObjectiveLatency: String, CaseIterable, Sendable {
  case timeToFirstToken = "ttft"
  case timePerOutputToken = "tpot"
  case interToken = "itl"
  case endToEnd = "e2e"

  /// nil: it is not of a request.
  package var ofRequest: Objective? { Objective(rawValue: rawValue) }
}

/// What a cost or a carbon is divided by.
package enum AmountUnit: String, CaseIterable, Sendable {
  case request
  case millionTokens = "million_tokens"
  case millionOutputTokens = "million_output_tokens"
  case hour

  /// `per_million_output_tokens`, as scenarios and report.json spell it.
  package var field: String { "per_" + rawValue }
}

/// A percentile by the name that dashboards and load generators give it: `p95`, and `p999` for
/// 99.9 %.
package struct Percentile: Hashable, Sendable {
  package let name: String
  /// Above 0 and below 1.
  package let share: Double

  /// Those that are usual.
  package static let usual = ["p50", "p90", "p95", "p99", "p999"]

  /// nil unless `name` is a `p` and the decimals of the share: two, or up to five that begin with 9
  /// and end in no 0, so that each percentile has one name.
  package init?(_ name: String) {
    let digits = name.dropFirst()
    guard name.first == "p", (2...5).contains(digits.count),
      digits.allSatisfy({ ("0"..."9").contains($0) }), digits != "00",
      digits.count == 2 || digits.first == "9" && digits.last != "0",
      let share = Double("0." + digits)
    else { return nil }
    self.name = name
    self.share = share
  }

  /// The name that `text` is another spelling of, as in `99`, `P99` and `p99.9`; nil: none is known.
  package static func meant(by text: String) -> Percentile? {
    let digits = text.lowercased().filter { ("0"..."9").contains($0) || $0 == "." }
    guard let percent = Double(digits), percent > 0, percent < 100 else { return nil }
    let whole = Int(percent)
    let decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
    let rest = (decimals ?? "").reversed().drop { $0 == "0" }.reversed()
    return Percentile((whole < 10 ? "p0" : "p") + "\(whole)" + String(rest))
  }
}
