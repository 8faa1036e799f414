import ArgumentParser
import Capsule

extension Experiment: ExpressibleByArgument {}

/// `kavier reproduce`.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rerun the original's published experiments and compare.",
    discussion: """
      kavier reproduce
      kavier reproduce 1.1 2 --out capsule

      Prints each published figure beside ours, and what the full simulator says to the same \
      question. Where an input is not public, a trace drawn to its published totals takes its \
      place, and the report says so. --out also writes report.md, report.html and manifest.json \
      with the inputs, the seed and the hashes of all. The same version gives the same bytes.
      """)

  @Argument(help: "Which experiments; without any, all.")
  var experiments: [Experiment] = []

  @Option(help: ArgumentHelp("Also write the report here.", valueName: "directory"))
  var out: String?

  @Option(
    help: "How many of the trace's requests the full simulator plays; hours are scaled up.")
  var requests = MarconiTotals.requests

  func validate() throws {
    guard (1...MarconiTotals.requests).contains(requests) else {
      throw ValidationError(
        "--requests \(requests): expected a whole number from 1 to \(MarconiTotals.requests)")
    }
  }

  func run() throws {
    try Failure.explained {
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
  }

  private func files(
    _ sections: [Section], _ wanted: [Experiment], _ trace: MarconiLike
  ) -> [OutputFile] {
    let texts = [
      ("report.md", Rendering.markdown(sections)),
      ("report.html", Rendering.html(sections, figures: [:])),
    ]
    let manifest = Manifest(
      version: Kavier.configuration.version, experiments: wanted.map(\.rawValue),
      simulatedRequests: requests, trace: trace, files: texts)
    return (texts + [("manifest.json", manifest.json)]).map { OutputFile($0.0, text: $0.1) }
  }
}
