import ArgumentParser
import Report
import Scenarios
import ServingSim
import TextAndBytes

/// `kavier explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a field of scenarios, or what happened to a request of a run.",
    discussion: """
      kavier explain                              the top level
      kavier explain fleet.scaling                a section and its fields
      kavier explain fleet.engine.max_num_seqs    a field
      kavier explain block_size                   every field of that name

      Of a field: what may be written, its default, what it does.

      kavier explain results 17                   request 17 of a run
      kavier explain results 17 --format json

      Of a request in a directory that `kavier simulate --out` wrote, by its request_id in \
      requests.csv: where its time, KV blocks, energy and money went. Docs: Explaining a request.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case markdown
  }

  @Argument(
    help: "A field or a section, as error messages name it; before a request, its run's directory.",
    completion: .fieldOrRun)
  var path: String = ""

  @Argument(help: "The number of a request, from 0.")
  var request: Int?

  @Option(
    help:
      "What standard output gets; json is for a request, markdown is the page of all fields.")
  var format: Format = .text

  func validate() throws {
    guard format != .markdown || path.isEmpty else {
      throw ValidationError("--format markdown is the page of all fields and takes no path")
    }
    guard format != .json || request != nil else {
      throw ValidationError("--format json is for a request: kavier explain RUN REQUEST")
    }
  }

  func run() throws {
    try Failure.explained {
      if let request { return try explain(request) }
      try explainField()
    }
  }

  private func explain(_ request: Int) throws {
    let run = try RunDirectory.read(path)
    let count = run.recording.outcomes.count
    guard (0..<count).contains(request) else {
      throw ValidationError(
        count == 0
          ? "request \(request): the run has no requests"
          : "request \(request): the run has \(count) requests, 0 to \(count - 1)")
    }
    let explained = ExplainedRequest(
      request, of: run, bill: try RunDirectory.bill(run, at: path, request: request))
    try StandardStream.out.write(
      format == .json
        ? ExplainedRequestJSON.render(explained) : ExplainedRequestText.render(explained))
  }

  private func explainField() throws {
    let reference = ScenarioReference()
    guard format == .text else {
      return try StandardStream.out.write(ReferencePage(reference).markdown)
    }
    let text = ReferenceText(reference)
    guard let explained = text.text(at: path) else {
      StandardStream.problem(unknown(text))
      throw ExitCode(Failure.badInput)
    }
    try StandardStream.out.write(explained)
  }

  private func unknown(_ text: ReferenceText) -> String {
    if RunDirectory.isRun(path) {
      return "\(path): a directory; expected the number of a request after it: kavier explain "
        + "\(path) 0"
    }
    let hint = Spelling.hint(text.guesses(for: path))
    return
      "scenarios have no field \(excerpt(path))\(hint.isEmpty ? ";" : hint) kavier explain lists "
      + "the top level"
  }
}
