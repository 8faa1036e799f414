import ArgumentParser
import KavierOriginal

extension Release: ExpressibleByArgument {}
extension Correction: ExpressibleByArgument {}
extension PrefixPolicy: ExpressibleByArgument {}
extension PrefixScope: ExpressibleByArgument {}

/// Which release the original's commands behave like.
struct OriginalOptions: ParsableArguments {
  @Option(name: .customLong("as"), help: "The release whose behaviour is wanted.")
  var release: Release = .v0_1_0

  @Flag(help: "Correct everything that is listed under --fix.")
  var fixed = false

  @Option(
    name: .customLong("fix"),
    help: ArgumentHelp(
      "Correct one error of the release; may be repeated. Docs: FromTheOriginal.",
      valueName: "error"))
  var fixes: [Correction] = []

  /// The names that any release knows, each once.
  static func names(of release: (Release) -> [String]) -> [String] {
    Release.allCases.flatMap(release).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  var behaviour: Behaviour {
    Behaviour(release, correcting: fixed ? Set(Correction.allCases) : Set(fixes))
  }
}
