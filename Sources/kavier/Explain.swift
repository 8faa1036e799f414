import ArgumentParser
import Scenarios
import TextAndBytes

/// `kavier explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a field of scenarios: what may be written, its default, what it does.",
    discussion: """
      kavier explain                              the top level
      kavier explain fleet.scaling                a section and its fields
      kavier explain fleet.engine.max_num_seqs    a field
      kavier explain block_size                   every field of that name
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
  }

  @Argument(
    help: "A field or a section, as error messages name it.",
    completion: .custom { _, _, _ in ScenarioReference().paths })
  var path: String = ""

  @Option(help: "What standard output gets; markdown is the page of all fields.")
  var format: Format = .text

  func validate() throws {
    guard format == .text || path.isEmpty else {
      throw ValidationError("--format markdown is the page of all fields and takes no path")
    }
  }

  func run() throws {
    let reference = ScenarioReference()
    try Failure.explained {
      guard format == .text else {
        return try StandardStream.out.write(ReferencePage(reference).markdown)
      }
      let text = ReferenceText(reference)
      guard let explained = text.text(at: path) else {
        let hint = Spelling.hint(text.guesses(for: path))
        StandardStream.problem(
          "scenarios have no field \(excerpt(path))\(hint.isEmpty ? ";" : hint) kavier explain lists "
            + "the top level")
        throw ExitCode(Failure.badInput)
      }
      try StandardStream.out.write(explained)
    }
  }
}
