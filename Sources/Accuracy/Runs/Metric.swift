/// A figure that cases measure: latencies in milliseconds, throughput in tokens a second, power in
/// watts, energy in joules.
package enum Metric: Hashable, Sendable {
  case latency(Latency, Statistic)
  /// The mean over all gaps between tokens together, of all requests.
  case meanGap
  /// Output tokens a second over all accelerators.
  case outputThroughput
  /// Until a whole batch has ended.
  case batchEndToEnd
  /// Until the last request of a batch has its first token.
  case batchPrefill
  /// The batch's time over the output tokens of one request.
  case endToEndPerOutputToken
  /// The mean draw of all accelerators, without their hosts, and of one of them.
  case power
  case powerPerAccelerator
  /// Of the accelerators.
  case energyPerOutputToken

  package enum Latency: String, CaseIterable, Sendable { case ttft, tpot, itl, e2e }

  package enum Statistic: Hashable, Sendable {
    case mean
    /// A share in 0...1.
    case quantile(Double)

    init?(_ word: Substring) {
      switch word {
      case "mean": self = .mean
      case "median": self = .quantile(0.5)
      default:
        guard word.first == "p", let percent = Double(word.dropFirst()), (0...100).contains(percent)
        else { return nil }
        self = .quantile(percent / 100)
      }
    }
  }

  /// From a case file's word; tells why when it is none that can be predicted.
  package init(named name: String) throws(Unsupported) {
    switch name {
    case "itl_pooled_mean": self = .meanGap
    case "output_tput_total": self = .outputThroughput
    case "e2e_batch": self = .batchEndToEnd
    case "prefill_batch": self = .batchPrefill
    case "e2e_per_output_token": self = .endToEndPerOutputToken
    case "gpu_power_avg_total": self = .power
    case "gpu_power_avg_per_gpu": self = .powerPerAccelerator
    case "energy_per_output_token": self = .energyPerOutputToken
    default:
      let words = name.split(separator: "_")
      if words.count == 2, let latency = Latency(rawValue: String(words[0])),
        let statistic = Statistic(words[1])
      {
        self = .latency(latency, statistic)
      } else if name.hasPrefix("system_") {
        throw Unsupported("what servers draw beside their accelerators is not modelled")
      } else {
        throw Unsupported("metric \(name.debugDescription) is not known")
      }
    }
  }

  var isOfPower: Bool {
    switch self {
    case .power, .powerPerAccelerator, .energyPerOutputToken: true
    default: false
    }
  }
}
