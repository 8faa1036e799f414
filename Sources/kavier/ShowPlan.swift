import ArgumentParser
import Report
import Scenarios
import ServingModel
import ServingSim

/// `kavier plan`.
struct ShowPlan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a scenario comes to: every value, and where it comes from.",
    discussion: """
      kavier plan fleet.yaml
      kavier plan fleet.yaml --format yaml > resolved.yaml

      Nothing is run. What --format yaml prints is a scenario itself, with nothing left to \
      default.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case yaml
  }

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: "What standard output gets.")
  var format: Format = .text

  func run() throws {
    try Failure.explained {
      let lines = try scenario.load().plan.lines
      try StandardStream.out.write(
        format == .text ? PlanText.render(lines) : PlanYAML.render(lines))
    }
  }
}
