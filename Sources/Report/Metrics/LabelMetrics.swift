package import ServingModel
import ServingSim
import SimKernel

/// How requests fared by one of the things that they say of themselves.
package struct LabelMetrics: Hashable, Sendable {
  package var label: RequestLabel
  /// Those with the most requests, which arrived, first; of equal ones in the workload's order.
  package var parts: [LabelPart]
  /// All further words together; nil: there are none.
  package var others: LabelPart?
  /// How many words these are.
  package var otherCount: Int
  /// Requests without the label; nil: there are none.
  package var nobody: LabelPart?

  /// More are told together: a workload may name a million tenants.
  static let most = 20

  /// nil: no request says it.
  init?(_ run: FinishedRun, by label: RequestLabel, limits: RequestLimits) {
    guard let labels = run.traits[label] else { return nil }
    self.label = label
    let outcomes = run.recording.outcomes
    var arrived = [Int](repeating: 0, count: labels.names.count)
    for (request, outcome) in outcomes.enumerated()
    where outcome.status != .notArrived && labels.ofRequest[request] >= 0 {
      arrived[Int(labels.ofRequest[request])] += 1
    }
    let order = arrived.indices.filter { arrived[$0] > 0 }
      .sorted { (-arrived[$0], $0) < (-arrived[$1], $1) }
    let shown = order.prefix(order.count > Self.most + 1 ? Self.most : order.count)
    otherCount = order.count - shown.count
    // Places of parts: those that are shown, all others, nobody's.
    var place = [Int](repeating: shown.count, count: labels.names.count)
    for (rank, word) in shown.enumerated() { place[word] = rank }
    var gathered = [PartOutcomes](repeating: PartOutcomes(), count: shown.count + 2)
    for (request, outcome) in outcomes.enumerated() where outcome.status != .notArrived {
      let word = Int(labels.ofRequest[request])
      gathered[word < 0 ? shown.count + 1 : place[word]].add(outcome, request, limits)
    }
    parts = shown.enumerated().map { rank, word in
      gathered[rank].part(name: labels.names[word], limits)
    }
    others = otherCount > 0 ? gathered[shown.count].part(name: nil, limits) : nil
    let rest = gathered[shown.count + 1]
    nobody = rest.requests > 0 ? rest.part(name: nil, limits) : nil
  }
}

/// How some of the requests fared.
package struct LabelPart: Hashable, Sendable {
  /// nil: of several words, or none.
  package var name: String?
  /// That arrived.
  package var requests: Int
  package var finished: Int
  package var rejected: Int
  /// Of finished requests.
  package var outputTokens: Int
  package var timeToFirstToken: Distribution?
  package var timePerOutputToken: Distribution?
  package var endToEnd: Distribution?
  /// Of those that finished or were refused, the ones that met every objective that they have; nil
  /// where none is stated.
  package var metAll: Int?
  /// Their share; nil where none is stated, or none ended.
  package var share: Double?
}

private struct PartOutcomes {
  private(set) var requests = 0
  private var finished = 0
  private var rejected = 0
  private var dropped = 0
  private var outputTokens = 0
  private var metAll = 0
  private var firstTokens: [Instant] = []
  private var perToken: [Instant] = []
  private var ends: [Instant] = []

  mutating func add(_ outcome: Outcome, _ request: Int, _ limits: RequestLimits) {
    requests += 1
    guard outcome.status == .finished else {
      if outcome.status.isDropped {
        dropped += 1
      } else if outcome.status.isJudged {
        rejected += 1
      }
      return
    }
    finished += 1
    outputTokens += Int(outcome.outputTokens)
    metAll += limits.areMet(by: outcome, of: request) ? 1 : 0
    if let time = outcome.timeToFirstToken { firstTokens.append(time) }
    if let time = outcome.timePerOutputToken { perToken.append(time) }
    if let time = outcome.endToEnd { ends.append(time) }
  }

  func part(name: String?, _ limits: RequestLimits) -> LabelPart {
    var (first, each, end) = (firstTokens, perToken, ends)
    let isAsked = !limits.objectives.isEmpty
    return LabelPart(
      name: name, requests: requests, finished: finished, rejected: rejected,
      outputTokens: outputTokens, timeToFirstToken: Distribution(picoseconds: &first),
      timePerOutputToken: Distribution(picoseconds: &each),
      endToEnd: Distribution(picoseconds: &end), metAll: isAsked ? metAll : nil,
      share: isAsked ? ratio(Double(metAll), Double(finished + rejected + dropped)) : nil)
  }
}
