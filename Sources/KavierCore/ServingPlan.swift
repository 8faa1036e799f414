import Scenarios
import ServingSim
import SimKernel

/// A scenario, read and resolved: what is simulated.
///
/// Scenarios are written as the scenario reference says (Docs/ScenarioReference.md). A plan is a
/// value: it can be run as often as wanted, on any thread.
public struct ServingPlan: Sendable {
  var loaded: LoadedScenario

  /// Reads the scenario at `file`, and the files that it names.
  ///
  /// `overrides` are of the form `path=value`, as `kavier simulate --set` takes them.
  public init(file: String, overrides: [String] = []) throws(ScenarioError) {
    do {
      loaded = try ScenarioLoader.load(file: file, overrides: overrides)
    } catch { throw ScenarioError(error) }
  }

  /// Reads a scenario from its text. Files that it names are looked for in `folder`; problems call
  /// the text `name`.
  public init(
    yaml text: String, name: String = "scenario", folder: String = "", overrides: [String] = []
  ) throws(ScenarioError) {
    do {
      loaded = try ScenarioLoader.load(
        text: text, name: name, folder: folder, overrides: overrides)
    } catch { throw ScenarioError(error) }
  }

  /// As the scenario says, for reports.
  public var name: String { loaded.plan.name }
  /// Requests of the workload.
  public var requestCount: Int { loaded.plan.workload.count }
  /// Engines: a replica with data parallel ranks is as many as it has ranks.
  public var replicaCount: Int { loaded.plan.replicas.count }

  /// A field as it is run, with where its value comes from.
  public struct Field: Hashable, Sendable {
    /// `fleet.engine.block_size`
    public var path: String
    /// As a scenario would state it.
    public var value: String
    /// `fleet.yaml:12`, or `default: vLLM's`.
    public var origin: String
  }

  /// Every field, as `kavier plan` shows them.
  public var fields: [Field] {
    loaded.plan.lines.map { Field(path: $0.path, value: $0.value, origin: $0.origin) }
  }

  /// The same plan with these requests in place of the scenario's, in order of arrival.
  ///
  /// Requests of one session are the turns of a conversation: each turn's prompt begins with the
  /// prompt of the turn before and its answer.
  public func replacing(requests: [Request]) -> ServingPlan {
    var copy = self
    copy.loaded.plan.workload = Workload(requests)
    return copy
  }

  /// Runs it to its end.
  public func run() -> ServingRun {
    ServingRun(Simulation.run(loaded.plan), of: loaded)
  }
}

/// A request, as its client sends it.
public struct Request: Hashable, Sendable {
  /// Seconds from the run's start, not negative and within the clock's four years.
  public var arrival: Double
  /// Tokens of the prompt, at least 1.
  public var promptTokens: Int
  /// Tokens of the answer, at least 1.
  public var outputTokens: Int
  /// The conversation it belongs to; nil: none.
  public var session: Int?
  /// vLLM's sense: lower is served first, where the scheduler goes by priority.
  public var priority: Int

  /// A request; one that cannot be is a programmer's error.
  public init(
    arrival: Double, promptTokens: Int, outputTokens: Int, session: Int? = nil, priority: Int = 0
  ) {
    precondition(
      (0..<SimTime.last.seconds).contains(arrival) && promptTokens > 0 && outputTokens > 0,
      "a request that cannot be: \(promptTokens) + \(outputTokens) tokens at \(arrival) s")
    self.arrival = arrival
    self.promptTokens = promptTokens
    self.outputTokens = outputTokens
    self.session = session
    self.priority = priority
  }
}

extension Workload {
  fileprivate init(_ unsorted: [Request]) {
    // Those that arrive together keep their order.
    let requests = unsorted.enumerated().sorted {
      ($0.element.arrival, $0.offset) < ($1.element.arrival, $1.offset)
    }.map(\.element)
    self.init(
      arrivals: requests.map { SimTime(seconds: $0.arrival) },
      promptTokens: requests.map { Int32(clamping: $0.promptTokens) },
      outputTokens: requests.map { Int32(clamping: $0.outputTokens) },
      priorities: requests.map { Int32(clamping: $0.priority) }, description: "requests by value")
    guard requests.contains(where: { $0.session != nil }) else { return }
    var numbers: [Int: Int32] = [:]
    let sessions = requests.map { request -> Int32 in
      guard let session = request.session else { return -1 }
      let known = numbers[session] ?? Int32(numbers.count)
      numbers[session] = known
      return known
    }
    self.sessions = sessions
    content = ContentTable(
      chainOfRequest: sessions, answersExtend: true,
      parents: [Int32](repeating: -1, count: numbers.count),
      offsets: [Int32](repeating: 0, count: numbers.count))
  }
}
