import ServingModel
import ServingSim
import SimKernel

/// Gathers the shares of requests by who they belong to, and how single ones fare.
struct BillParts {
  private let run: FinishedRun
  /// By label.
  private var labelled: [LabelledParts?]
  private(set) var denominators = BillDenominators()
  /// Finished requests and their tokens, by replica.
  private var served: [(requests: Int, tokens: Int)]
  private let limits: RequestLimits
  private var energy: [Double] = []
  private var carbonLow: [Double] = []
  private var carbonHigh: [Double] = []
  private var costLow: [Double] = []
  private var costHigh: [Double] = []

  init(_ run: FinishedRun) {
    self.run = run
    labelled = RequestLabel.allCases.map { run.traits[$0].map { LabelledParts($0) } }
    served = Array(repeating: (0, 0), count: run.replicas.count)
    limits = RequestLimits(run)
    if !limits.objectives.isEmpty { denominators.objectiveTokens = 0 }
    for list in [\Self.energy, \.carbonLow, \.carbonHigh, \.costLow, \.costHigh] {
      self[keyPath: list].reserveCapacity(run.promptTokens.count)
    }
  }

  mutating func add(_ share: Amounts, request i: Int) {
    let outcome = run.recording.outcomes[i]
    let input = Int(run.promptTokens[i])
    let output = Int(outcome.outputTokens)
    denominators.requests += 1
    denominators.inputTokens += input
    denominators.outputTokens += output
    if !limits.objectives.isEmpty, limits.areMet(by: outcome, of: i) {
      denominators.objectiveTokens? += input + output
    }
    served[Int(outcome.replica)].requests += 1
    served[Int(outcome.replica)].tokens += input + output
    for label in labelled.indices {
      labelled[label]?.add(share, request: i, tokens: input + output)
    }
    energy.append(share.facilityEnergy)
    carbonLow.append(share.carbonLow)
    carbonHigh.append(share.carbonHigh)
    costLow.append(share.costLow)
    costHigh.append(share.costHigh)
  }

  /// Of an attempt at request `i` that was dropped: who sent it bears it, and got nothing for it.
  mutating func addLost(_ share: Amounts, request i: Int) {
    for label in labelled.indices { labelled[label]?.addLost(share, request: i) }
  }

  mutating func addUnassigned(_ amounts: Amounts) {
    for label in labelled.indices { labelled[label]?.addUnassigned(amounts) }
  }

  /// By what requests say of themselves, where any says it.
  var byLabel: [RequestLabel: [BillPart]] {
    var parts: [RequestLabel: [BillPart]] = [:]
    for label in RequestLabel.allCases { parts[label] = labelled[label.rawValue]?.parts }
    return parts
  }

  var requestBill: RequestBill? {
    guard let energy = RequestBill.Spread(energy),
      let carbonLow = RequestBill.Spread(carbonLow),
      let carbonHigh = RequestBill.Spread(carbonHigh),
      let costLow = RequestBill.Spread(costLow), let costHigh = RequestBill.Spread(costHigh)
    else { return nil }
    return RequestBill(
      energy: energy, carbonLow: carbonLow, carbonHigh: carbonHigh, costLow: costLow,
      costHigh: costHigh)
  }

  /// Replicas with the same name together, in the order of their first.
  func byReplica(_ amounts: [Amounts], name: (Int) -> String?) -> [BillPart] {
    var parts: [BillPart] = []
    for replica in amounts.indices {
      let name = name(replica)
      if parts.last?.name != name || parts.isEmpty, !parts.contains(where: { $0.name == name }) {
        parts.append(BillPart(name: name, amounts: Amounts(), requests: 0, tokens: 0))
      }
      guard let index = parts.firstIndex(where: { $0.name == name }) else { continue }
      parts[index].amounts += amounts[replica]
      parts[index].requests += served[replica].requests
      parts[index].tokens += served[replica].tokens
    }
    return parts
  }
}

/// Parts by a label of requests.
struct LabelledParts {
  private let labels: RequestLabels
  private var named: [BillPart]
  private var nameless = BillPart(name: nil, amounts: Amounts(), requests: 0, tokens: 0)

  init(_ labels: RequestLabels) {
    self.labels = labels
    named = labels.names.map { BillPart(name: $0, amounts: Amounts(), requests: 0, tokens: 0) }
  }

  mutating func add(_ share: Amounts, request i: Int, tokens: Int) {
    let label = Int(labels.ofRequest[i])
    if label < 0 { nameless.add(share, tokens) } else { named[label].add(share, tokens) }
  }

  mutating func addLost(_ share: Amounts, request i: Int) {
    let label = Int(labels.ofRequest[i])
    if label < 0 { nameless.amounts += share } else { named[label].amounts += share }
  }

  mutating func addUnassigned(_ amounts: Amounts) { nameless.amounts += amounts }

  var parts: [BillPart] {
    nameless.amounts == Amounts() && nameless.requests == 0 ? named : named + [nameless]
  }
}

extension BillPart {
  fileprivate mutating func add(_ share: Amounts, _ tokens: Int) {
    amounts += share
    requests += 1
    self.tokens += tokens
  }
}

extension RequestBill.Spread {
  /// nil without values.
  fileprivate init?(_ values: [Double]) {
    guard let most = values.max() else { return nil }
    // Whole numbers of a step so small that quantiles lose nothing: they are selected, not sorted.
    let power = most > 0 ? max(Int(most.exponent) - 52, -1000) : 0
    let step = Double(sign: .plus, exponent: power, significand: 1)
    var whole = values.map { Int64(($0 / step).rounded()) }
    guard let quantiles = Quantiles.select([0.5, 0.99], in: &whole) else { return nil }
    self.init(
      mean: values.reduce(0, +) / Double(values.count), p50: quantiles[0] * step,
      p99: quantiles[1] * step)
  }
}
