import ArgumentParser
import Impact
import Report
import Scenarios
import ServingSim

/// `kavier bill`.
struct BillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bill",
    abstract: "Energy, carbon, water and cost of a finished run, without running it again.",
    discussion: """
      kavier simulate fleet.yaml --out results
      kavier bill results --set impact.grid=POL
      kavier bill results --set impact.power='[fitted, linear, sqrt]' --format json

      Takes `impact` from the run's plan.yaml, or with --impact from another scenario, and what \
      --set puts into it.
      """)

  @Argument(
    help: ArgumentHelp(
      "A directory that `kavier simulate --out` wrote.", valueName: "directory"),
    completion: .directory)
  var directory: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Put a value into `impact`, for example impact.pue=1.2. May be repeated.",
      valueName: "impact.path=value"),
    completion: .impactAssignment)
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp("A scenario whose `impact` is used instead.", valueName: "scenario"),
    completion: .scenario)
  var impact: String?

  @Option(
    help: ArgumentHelp(
      "Also write bill.json, bill.csv and, where the workload names them, tenants.csv and classes.csv there.",
      valueName: "directory"),
    completion: .directory)
  var out: String?

  @Option(help: "What standard output gets.")
  var format: Simulate.Format = .text

  func run() throws {
    try Failure.explained {
      let finished = try RunDirectory.read(directory)
      let file = impact ?? RunDirectory.planFile(directory)
      guard let plan = try ScenarioLoader.impact(file: file, overrides: overrides) else {
        StandardStream.problem(
          "\(file): impact: missing; state one, or --set impact.grid=DEU, or --impact FILE")
        throw ExitCode(Failure.badInput)
      }
      let output = try out.map {
        try OutputDirectory(path: $0, names: OutputFile.namesOfBill)
      }
      let bill = try Self.bill(finished, plan)
      try StandardStream.out.write(
        format == .text ? BillText.render(bill) : BillJSON.render(bill))
      try output?.write(
        [OutputFile("bill.json", text: BillJSON.render(bill))] + OutputFile.files(of: bill),
        replacing: OutputFile.namesOfBill)
    }
  }

  /// The bill, with what `request` bears of it, or an exit with what the plan does not cover.
  static func bill(
    _ run: FinishedRun, _ plan: ImpactPlan, request: Int? = nil
  ) throws -> Bill {
    let gaps = plan.gaps(in: run)
    for gap in gaps { StandardStream.problem(gap) }
    guard gaps.isEmpty else { throw ExitCode(Failure.badInput) }
    return Bill(run, plan: plan, request: request)
  }
}
