import ArgumentParser
import Glibc
import Scenarios

/// What every command that takes a scenario has in common.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The scenario, in YAML or JSON. Without it, the built-in one (Examples/01-first-run.yaml).",
      valueName: "scenario"),
    completion: .scenario)
  var file: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      """
      Put a value into the scenario, for example fleet.engine.max_num_seqs=64 or, in a list, \
      fleet.0.replicas=2. The value is YAML; files are sought from the working directory. May be \
      repeated.
      """, valueName: "path=value"),
    completion: .assignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      The most memory that a scenario may take, like 8 GiB; one that needs more is refused. Default: \
      what this machine has.
      """, valueName: "size"))
  var memoryLimit: String?

  func validate() throws {
    if let memoryLimit, MemoryLimit(memoryLimit) == nil {
      throw ValidationError("--memory-limit \(memoryLimit): expected a size like 8 GiB")
    }
    for assignment in overrides
    where assignment.prefix(while: { $0 != "=" }).isEmpty
      || !assignment.contains("=")
    {
      throw ValidationError(
        "--set \(assignment): expected PATH=VALUE, for example fleet.engine.max_num_seqs=64")
    }
  }

  func load() throws -> LoadedScenario {
    try ScenarioLoader.load(file: file, overrides: overrides, memoryLimit: limit)
  }

  /// To be planned as often as need be.
  func template() throws -> ScenarioTemplate {
    try ScenarioTemplate(file: file).setting([Override](assignments: overrides))
  }

  var limit: MemoryLimit { memoryLimit.flatMap { MemoryLimit($0) } ?? Machine.memory }
}
