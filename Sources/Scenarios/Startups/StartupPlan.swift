import ServingSim

/// What the plan of a scenario, or its refusal, says of its engine's start.
package struct StartupPlan: Hashable, Sendable {
  /// GiB an accelerator; below zero: so much is missing.
  package var weights: Double?
  package var kvCache: Double?
  package var kvTokens: Double?
  /// nil: something else than memory is wrong with the scenario.
  package var starts: Bool?
  /// Why it does not start, or is wrong; empty when it starts.
  package var reason = ""

  /// Plans one request on one engine, with the options of vLLM given as YAML.
  package init(
    model: String, accelerator: String, options: [(name: String, value: String)], folder: String
  ) {
    let engine = options.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
    let text = """
      workload: {synthetic: {requests: 1, concurrency: 1, prompt_tokens: 1, output_tokens: 1}}
      fleet: {model: \(model), accelerator: \(accelerator), engine: {\(engine)}}
      """
    do throws(ScenarioIssues) {
      self.init(try ScenarioLoader.load(text: text, name: "start-up", folder: folder).plan)
    } catch {
      self.init(error)
    }
  }

  private init(_ plan: Plan) {
    func value(_ path: String) -> String? {
      plan.lines.first { $0.path == "derived.fleet.\(path)" }?.value
    }
    func number(_ path: String) -> Double? {
      value(path).flatMap { Double($0.prefix { $0 != " " }) }
    }
    weights = number("memory.weights").map { abs($0) }
    kvCache = number("memory.kv_cache")
    kvTokens = number("kv_cache_tokens")
    let answer = plan.lines.first { $0.path == "derived.fleet.starts" }
    starts = answer?.value == "yes"
    if let answer, answer.value != "yes" {
      reason = answer.origin.replacing("derived: ", with: "", maxReplacements: 1)
    }
  }

  /// A refusal for want of memory prints the sum (`MemoryFootprint.sum`).
  private init(_ issues: ScenarioIssues) {
    let lines = issues.description.split(separator: "\n")
    func number(_ words: String) -> Double? {
      lines.first { $0.contains("GiB  \(words)") }
        .flatMap { Double($0.split(separator: " ")[0]) }
    }
    weights = number("weights").map { abs($0) }
    kvCache = number("left")
    starts = kvCache == nil ? nil : false
    let first = issues.issues.first?.message.prefix { !$0.isNewline } ?? ""
    reason = String(first.last == ":" ? first.dropLast() : first)
  }
}
