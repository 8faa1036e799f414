import ArgumentParser
import Capsule
import Report
import TextAndBytes

extension Experiment: ExpressibleByArgument {}

/// `kavier reproduce`.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rerun the original's published experiments and compare; or rerun scenarios.",
    discussion: """
      kavier reproduce
      kavier reproduce 1.1 2 --out capsule
      kavier reproduce --scenario Examples/04-sessions.yaml --out mine

      Prints each published figure beside ours, and what the full simulator says to the same \
      question. Where an input is not public, a trace drawn to its published totals takes its \
      place, and the report says so. --out also writes report.md, report.html and manifest.json \
      with the inputs, the seed and the hashes of all. The same version gives the same bytes.

      With --scenario, runs those scenarios instead, each as kavier simulate --out does in a \
      folder of --out, with a manifest.
      """)

  @Argument(help: "Which experiments; without any, all.")
  var experiments: [Experiment] = []

  @Option(
    help: ArgumentHelp("A scenario of yours; may be repeated.", valueName: "file"),
    completion: .scenario)
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("Also write the report here.", valueName: "directory"),
    completion: .directory)
  var out: String?

  @Option(
    help: "How many of the trace's requests the full simulator plays; hours are scaled up.")
  var requests = MarconiTotals.requests

  func validate() throws {
    guard (1...MarconiTotals.requests).contains(requests) else {
      throw ValidationError(
        "--requests \(requests): expected a whole number from 1 to \(MarconiTotals.requests)")
    }
    guard scenario.isEmpty || experiments.isEmpty else {
      throw ValidationError("--scenario and experiments: expected one of the two")
    }
    let names = scenario.map { ReproducedScenario($0).name }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError(
        "--scenario: two files named \(twice) would have one folder; rename one of them")
    }
    guard scenario.isEmpty || out != nil else {
      throw ValidationError("--scenario: expected --out DIRECTORY beside it")
    }
  }

  func run() throws {
    try Failure.explained {
      guard scenario.isEmpty else {
        let scenarios = scenario.map { ReproducedScenario($0) }
        // Before the first run: what cannot be written shows at once.
        for scenario in scenarios { _ = try scenario.directory(in: out ?? ".") }
        for scenario in scenarios { try scenario.run(out: out ?? ".") }
        return
      }
      try runExperiments()
    }
  }

  private func runExperiments() throws {
    let directory = try out.map { try OutputDirectory(path: $0) }
    let wanted = Experiment.allCases.filter { experiments.isEmpty || experiments.contains($0) }
    let trace = MarconiLike()
    let capsule = Capsule(trace: trace, simulatedRequests: requests)
    var sections: [Section] = []
    for experiment in wanted {
      let section = try capsule.section(experiment)
      try StandardStream.out.write((sections.isEmpty ? "" : "\n") + Rendering.text([section]))
      sections.append(section)
    }
    try directory?.write(files(sections, wanted, trace))
  }

  private func files(
    _ sections: [Section], _ wanted: [Experiment], _ trace: MarconiLike
  ) -> [OutputFile] {
    let texts = [
      ("report.md", Rendering.markdown(sections)), ("report.html", Rendering.html(sections)),
    ]
    let manifest = Manifest(
      version: Kavier.configuration.version, seed: 0,
      settings: [
        ("experiments", .array(wanted.map { .string($0.rawValue) })),
        ("simulated_requests", .count(requests)),
      ],
      inputs: [
        Manifest.Entry("trace drawn to the published totals", sha256: SHA256.sum(of: trace.csv))
      ],
      files: texts.map { Manifest.Entry($0.0, sha256: SHA256.sum(of: $0.1)) })
    return (texts + [("manifest.json", manifest.json)]).map { OutputFile($0.0, text: $0.1) }
  }
}
