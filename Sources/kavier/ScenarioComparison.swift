import Accuracy
import ArgumentParser
import Scenarios
import TraceArchive
import TextAndBytes

/// `kavier validate --scenario`: results of load generators, and other traces with measured latencies,
/// against the fleet of a scenario.
enum ScenarioComparison {
  static func predictions(
    _ paths: [String], scenario: String, overrides: [String]
  ) throws -> [Prediction] {
    try paths.flatMap { path in
      let runs = try runs(path)
      let loaded = try ScenarioLoader.load(
        file: scenario, overrides: overrides + [workload(path, runs)],
        memoryLimit: Machine.memory)
      for line in loaded.said { StandardStream.problem(line) }
      return runs.flatMap { ScenarioPrediction.predictions(of: $0, on: loaded.plan) }
    }
  }

  private static func runs(_ path: String) throws(FileProblems) -> [ServedRun] {
    let runs = try Recordings.runs(ofFile: path, options: TraceReadOptions())
    for run in runs where run.requests.isEmpty {
      throw problem(
        run.name, "of \(run.failed) requests none has both a time to first token and a latency")
    }
    for run in runs where !run.isTimed && run.concurrency == nil {
      throw problem(
        run.name, "says neither when requests were sent nor how many clients sent them")
    }
    return runs
  }

  private static func problem(_ name: String, _ message: String) -> FileProblems {
    FileProblems(FileProblem(file: name, message: message))
  }

  /// The file in place of the scenario's requests, so that the plan is checked against its lengths.
  private static func workload(_ path: String, _ runs: [ServedRun]) -> String {
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
