import ArgumentParser
import Report
import Scenarios

/// `kavier architecture`.
struct ArchitectureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "architecture",
    abstract: "Print the reference architecture and what of it is simulated.",
    discussion: """
      kavier architecture
      kavier architecture --scenario fleet.yaml

      With a scenario, the components that a run of it exercises are marked. The page \
      REFERENCE-ARCHITECTURE.md has their flows and metrics, and thirteen real systems mapped \
      onto them; --format markdown prints its tables.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
  }

  @Option(
    help: "The scenario to look at.", completion: .scenario)
  var scenario: String?

  @Option(help: "What standard output gets.")
  var format: Format = .text

  func run() throws {
    try Failure.explained {
      guard format == .text else {
        return try StandardStream.out.write(
          ArchitectureText.components + "\n" + ArchitectureText.systems)
      }
      let use = try scenario.map { file in
        let loaded = try ScenarioLoader.load(file: file, overrides: [])
        return ArchitectureUse(loaded.plan, hasBill: loaded.impact != nil)
      }
      try StandardStream.out.write(ArchitectureText.render(use))
    }
  }
}
