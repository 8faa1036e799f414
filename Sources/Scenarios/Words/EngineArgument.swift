/// What an argument of a real engine is here. Users paste the command lines of their servers, and an
/// option that is not simulated has to be named as such: "unknown" would say that it is a misprint,
/// and leaving it out without a word would be a silent wrong answer.
enum EngineArgument: Hashable, Sendable {
  /// Simulated under this name of `engine`; with what differs, where the meaning does.
  case named(String, note: String?)
  /// Not simulated: what it would change.
  case notSimulated(String)
  /// The real engine does not start with it; with what there is instead.
  case refusedThere(String)
  /// Changes no time, so it can be left out.
  case noEffect

  /// The argument of that name, in any engine's spelling (`--max-num-seqs`, `maxNumSeqs`); nil: no
  /// engine has one.
  static func named(_ name: String) -> (engine: String, argument: EngineArgument)? {
    let plain = fold(name)
    for (engine, list) in EngineArguments.all {
      if let argument = list[plain] { return (engine, argument) }
    }
    return nil
  }

  /// What to tell somebody who wrote `name` as a field of `engine`; nil: no engine knows it.
  static func explanation(of name: String) -> String? {
    guard let (engine, argument) = named(name) else { return nil }
    switch argument {
    case .named(let here, let note):
      return "\(engine)'s name; here it is \(here)" + (note.map { ": \($0)" } ?? "")
    case .notSimulated(let change):
      return
        "an option of \(engine) that is not simulated: it would change \(change); leave it out, "
        + "and expect a server with it to differ"
    case .refusedThere(let instead):
      return
        "an option that \(engine) itself does not start with, other than at its default; leave it out: "
        + instead
    case .noEffect:
      return "an option of \(engine) that changes no time; leave it out"
    }
  }

  /// Case, `-` and `_` count for nothing.
  static func fold(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }
}
