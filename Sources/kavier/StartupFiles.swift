import Accuracy
import Scenarios
import ServingModel
import TextAndBytes

/// `kavier validate` of what servers printed when they started.
enum StartupFiles {
  /// Whether all paths are such files.
  static func areAt(_ paths: [String]) -> Bool {
    !paths.isEmpty && paths.allSatisfy(StartupFile.isAt)
  }

  static func check(_ paths: [String]) throws -> (check: StartupCheck, problems: FileProblems) {
    var startups: [MeasuredStartup] = []
    var problems = FileProblems()
    for path in paths {
      let file = try StartupFile(path: path)
      startups += file.startups
      problems.add(file.problems)
    }
    return (StartupCheck(startups, plan: plan), problems)
  }

  private static func plan(_ startup: MeasuredStartup) -> PlannedStartup {
    var options = startup.options.map { (name: $0.name, value: quoted($0.name, $0.value)) }
    options.append((name: "tensor_parallel_size", value: "\(startup.tensorParallelSize)"))
    if !startup.engineVersion.isEmpty {
      options.append((name: "version", value: quoted("version", startup.engineVersion)))
    }
    let file = startup.place.prefix { $0 != ":" }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let plan = StartupPlan(
      model: JSON.string(startup.model).compact, accelerator: accelerator(startup.accelerator),
      options: options, folder: folder)
    return PlannedStartup(
      weights: plan.weights, kvCache: plan.kvCache, kvTokens: plan.kvTokens, starts: plan.starts,
      reason: plan.reason)
  }

  /// A name as a YAML text; numbers and flags as they are.
  private static func quoted(_ name: String, _ value: String) -> String {
    let isPlain = name != "version" && (Double(value) != nil || ["true", "false"].contains(value))
    return isPlain ? value : JSON.string(value).compact
  }

  /// Cards that are not listed, but whose memory is told, are described by it: the rest of a card has no
  /// part in a start.
  private static func accelerator(_ name: String) -> String {
    guard Accelerators.named(name) == nil,
      let memory = name.firstMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(GiB|GB)/)
    else { return JSON.string(name).compact }
    return "{memory: \(memory.output.1) GiB, memory_bandwidth: 1 TB/s, bf16: 100 TFLOP/s}"
  }
}
