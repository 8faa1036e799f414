import ServingModel
package import ServingSim
import SimKernel

/// What an endpoint has served: a plan with its requests as the workload, and what happened.
package struct ServedRun: Sendable {
  package var plan: Plan
  package var recording: Recording
  /// Requests that were answered 429 or 503 and never reached the fleet.
  package var turnedAway: Int
}

/// The requests that an endpoint has served, in order of arrival.
struct ServedLog {
  private var outcomes = Chunks<Outcome>()
  private var promptTokens = Chunks<Int32>()
  private var outputTokens = Chunks<Int32>()

  private var traits = TraitCollector(mostWords: LiveTraits.mostWords)

  mutating func add(_ request: LiveArrival) {
    outcomes.append(Outcome())
    promptTokens.append(request.promptTokens)
    outputTokens.append(request.outputTokens)
    traits.append(word: { request.traits[$0] }, number: { request.traits[$0] })
  }

  mutating func set(_ index: Int, to outcome: Outcome) { outcomes[index] = outcome }

  /// `plan` with these requests in place of its own, and their outcomes.
  func run(of plan: Plan) -> (plan: Plan, outcomes: [Outcome]) {
    let all = outcomes.all
    var served = plan
    served.workload = Workload(
      arrivals: all.map(\.arrival), promptTokens: promptTokens.all,
      outputTokens: outputTokens.all, traits: traits.collected(),
      description: "served over HTTP")
    served.lines = plan.lines.filter { !$0.path.hasPrefix("workload") }
    served.lines.append(
      PlanLine(path: "workload", value: "served over HTTP", origin: "kavier serve"))
    return (served, all)
  }
}

/// A list that grows without ever moving what it has, which would make clients wait.
private struct Chunks<Element> {
  private static var length: Int { 1 << 13 }

  private var chunks: [[Element]] = []

  var all: [Element] { chunks.flatMap { $0 } }

  mutating func append(_ element: Element) {
    if chunks.isEmpty || chunks[chunks.count - 1].count == Self.length {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.length)
    }
    chunks[chunks.count - 1].append(element)
  }

  subscript(index: Int) -> Element {
    get { chunks[index / Self.length][index % Self.length] }
    set { chunks[index / Self.length][index % Self.length] = newValue }
  }
}
