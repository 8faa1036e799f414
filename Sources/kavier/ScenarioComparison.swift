import Accuracy
import ArgumentParser
import Scenarios
import ServingSim
import TraceArchive
import TextAndBytes

/// `kavier validate --scenario`: results of load generators, and other traces with measured latencies,
/// against the fleet of a scenario.
struct ScenarioComparison {
  let scenario: String
  let overrides: [String]
  /// How requests were sent, where the user states it; it goes before what files say.
  let load: OfferedLoad?
  private(set) var predictions: [Prediction] = []
  /// What is wrong with runs beside those that are predicted.
  private(set) var problems = FileProblems()

  init(scenario: String, overrides: [String], load: OfferedLoad?) {
    self.scenario = scenario
    self.overrides = overrides
    self.load = load
  }

  mutating func compare(_ paths: [String]) throws {
    for path in try paths.flatMap(LoadResults.files) {
      if let results = try LoadResults(path: path) {
        problems.add(results.problems)
        try compare(results.runs, of: path)
      } else {
        try compare(requestsOf: path)
      }
    }
  }

  /// A file of requests alone.
  private mutating func compare(requestsOf path: String) throws {
    var runs = try runs(path)
    for run in runs where run.requests.isEmpty {
      throw problem(
        run.name, "of \(run.failed) requests none has both a time to first token and a latency")
    }
    if let load {
      guard case .clients(let clients) = load else {
        throw problem(path, "says when requests were sent; --request-rate is for results without")
      }
      for index in runs.indices { runs[index].concurrency = clients }
    }
    for run in runs where !run.isTimed && run.concurrency == nil {
      throw problem(
        run.name, "says neither when requests were sent nor how many clients sent them")
    }
    let loaded = try load(workload(path, runs))
    for line in loaded.said { StandardStream.problem(line) }
    predictions += runs.flatMap { ScenarioPrediction.predictions(of: $0, on: loaded.plan) }
  }

  /// A file that sums up its runs.
  private mutating func compare(_ results: [LoadResult], of path: String) throws {
    var results = results
    for index in results.indices { results[index].load = load ?? results[index].load }
    let runs = try replayable(results)
    let trace = try runs.first.map {
      try self.load(workload(results[0].requestsPath ?? path, [$0]))
    }
    for line in trace?.said ?? [] { StandardStream.problem(line) }
    let isOne = runs.count == 1 && results.count(where: { $0.finished != 0 }) == 1
    for result in results {
      let run = runs.first { $0.name == result.name } ?? (isOne ? runs.first : nil)
      let faults = result.faults(isReplayed: run != nil)
      for fault in faults { problems.add(FileProblem(file: result.name, message: fault)) }
      guard faults.isEmpty else { continue }
      if var run, let trace {
        run.name = result.name
        if case .clients(let clients) = result.load { run.concurrency = clients }
        predictions += ScenarioPrediction.predictions(of: run, summary: result, on: trace.plan)
      } else if let workload = result.workload {
        let requests =
          result.finished.map { $0 == 1 ? "1 request" : "\($0) requests" } ?? "requests"
        StandardStream.problem(
          "\(result.name): read as \(result.tool.rawValue): the totals of \(requests)")
        let first = try self.load("workload=\(workload)")
        for line in first.said { StandardStream.problem(line) }
        let others = try (1..<max(1, result.draws)).map { draw in
          try self.load("workload=\(workload)", "seed=\(first.plan.seed &+ UInt64(draw))").plan
        }
        predictions += ScenarioPrediction.predictions(of: result, on: [first.plan] + others)
      }
    }
  }

  private func load(_ overrides: String...) throws -> LoadedScenario {
    try ScenarioLoader.load(
      file: scenario, overrides: self.overrides + overrides, memoryLimit: Machine.memory)
  }

  /// The runs of `results` with their requests; empty where it is not known of each when they were
  /// sent.
  private func replayable(_ results: [LoadResult]) throws -> [ServedRun] {
    guard let path = results.first?.requestsPath,
      results.allSatisfy({ $0.requestsPath == path && $0.requestsHaveTimes })
    else { return [] }
    if case .rate = load { return [] }
    return try runs(path).filter { !$0.requests.isEmpty }
  }

  private func runs(_ path: String) throws(FileProblems) -> [ServedRun] {
    let runs: [ServedRun]
    do throws(FileProblems) {
      runs = try Recordings.runs(ofFile: path, options: TraceReadOptions())
    } catch {
      guard !error.isMissingFile, !TraceFormat.isKnown(at: path) else { throw error }
      let told = error.problems.first?.message ?? ""
      let isForeign = told.hasPrefix("is no known") || told.hasPrefix("no JSON object")
      guard isForeign else { throw error }
      throw problem(
        path,
        """
        \(told.part(before: "; say which columns")); nor is it a result that is known: those of \
        vllm bench serve, sglang.bench_serving, GuideLLM, aiperf, genai-perf, inference-perf and \
        LLMPerf
        """)
    }
    return runs
  }

  private func problem(_ name: String, _ message: String) -> FileProblems {
    FileProblems(FileProblem(file: name, message: message))
  }

  /// The file in place of the scenario's requests, so that the plan is checked against its lengths.
  private func workload(_ path: String, _ runs: [ServedRun]) -> String {
    let quoted = "'" + path.replacing("'", with: "''") + "'"
    let clients = runs.first?.concurrency.map { ", concurrency: \($0)" } ?? ""
    return "workload={trace: {path: \(quoted), sort: true\(clients)}}"
  }

  /// Why a path is no case file, where it is a result; nil: it is none.
  static func mistake(_ paths: [String]) -> String? {
    guard
      let path = paths.first(where: { path in
        [".json", ".jsonl", ".json.gz", ".jsonl.gz"].contains { path.hasSuffix($0) }
      })
    else { return nil }
    return """
      \(path): a result of a load generator is held against a scenario: state --scenario FILE, which \
      describes the server
      """
  }
}

extension String {
  /// The part before `mark`; all of it where that is not in it.
  fileprivate func part(before mark: String) -> String {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
  }
}
