import ArgumentParser
import Explore
import Report
import Scenarios
import ServingSim
import Synchronization
import TextAndBytes

/// `kavier capacity`.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Find the highest load that a plan's objectives allow, or the fewest replicas.",
    discussion: """
      kavier capacity fleet.yaml
      kavier capacity fleet.yaml --find replicas
      kavier capacity fleet.yaml --seeds 3 --set slo.ttft='{p95: 500 ms}'

      The load is the rate of a synthetic workload, the clients of a closed loop, or how many times \
      as fast a trace arrives. All loads are tried with the same draws. Docs: Capacity.
      """)

  enum Find: String, CaseIterable, ExpressibleByArgument {
    case load
    case replicas
  }

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    help: "What is sought: the highest load of the fleet, or the fewest replicas for the load.")
  var find: Find = .load

  @Option(
    help: ArgumentHelp(
      "How many seeds every load is tried with: the scenario's and those that follow it.",
      valueName: "number"))
  var seeds = 1

  @OptionGroup var jobs: JobOptions

  @Option(help: "What standard output gets.")
  var format: Simulate.Format = .text

  func validate() throws {
    if !(1...1000).contains(seeds) {
      throw ValidationError("--seeds: found \(seeds); expected a whole number from 1 to 1000")
    }
  }

  func run() throws {
    try Failure.explained {
      let template = try scenario.template()
      let loaded = try template.load(memoryLimit: scenario.limit)
      for line in loaded.said { StandardStream.problem(line) }
      guard loaded.plan.isJudged else {
        StandardStream.problem(
          "\(scenario.file ?? "the built-in scenario"): slo: missing; capacity needs an objective, "
            + "like --set slo.ttft='{p95: 500 ms}'")
        throw ExitCode(Failure.badInput)
      }
      let size = find == .replicas ? try template.statedReplicas() : try template.statedLoad()
      var runner = TrialRunner(
        template, seeds: template.seeds(seeds), workers: jobs.count,
        isStopped: { Interrupt.happened })
      runner.memoryLimit = scenario.limit
      let line = Mutex(TrialProgressLine())
      let search = CapacitySearch(runner, size)
      let capacity = Interrupt.watched {
        search.run { tried in line.withLock { $0.update(tried, size) } }
      }
      line.withLock { $0.clear() }
      guard !Interrupt.happened else {
        StandardStream.problem("stopped: nothing is found yet")
        throw ExitCode(Interrupt.exitCode)
      }
      try StandardStream.out.write(
        format == .text
          ? CapacityText.render(capacity, name: loaded.plan.name)
          : CapacityJSON.render(capacity, name: loaded.plan.name))
      if capacity.expected == nil { throw ExitCode(ObjectiveCheck.missed) }
    }
  }
}

/// A line on stderr that says what is tried.
struct TrialProgressLine {
  private let line = TerminalLine()
  private var count = 0

  mutating func update(_ tried: Capacity.Tried, _ size: ScenarioSize) {
    count += 1
    line.show(
      "\(count) tried; \(CapacityText.value(tried.value, size)): \(CapacityText.outcome(tried.trial))"
    )
  }

  func clear() { line.clear() }
}
