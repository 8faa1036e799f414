import ArgumentParser
import TextAndBytes

/// The names of subcommands, as a user types them.
enum CommandNames {
  /// What is wrong with the subcommand that `arguments` begin with; nil: nothing.
  static func problem(in arguments: [String]) -> String? {
    let isHelp = arguments.first == "help"
    var path: [String] = []
    var command: any ParsableCommand.Type = Kavier.self
    for word in isHelp ? arguments.dropFirst() : arguments[...] {
      let known = command.configuration.subcommands
      guard !word.hasPrefix("-"), !known.isEmpty else { return nil }
      guard let next = known.first(where: { name(of: $0) == word }) else {
        if word == "help" || word == "completion" { return nil }
        return unknown(word, after: path, known: known.map { name(of: $0) })
      }
      path.append(word)
      command = next
    }
    return nil
  }

  private static func unknown(_ word: String, after path: [String], known: [String]) -> String {
    let whole = (["kavier"] + path).joined(separator: " ")
    let hint = Spelling.hint(for: word, of: known)
    return "\(whole) has no command \"\(word)\""
      + (hint.isEmpty ? "; expected one of \(Spelling.list(known, most: 30))" : hint)
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? command._commandName
  }
}
