import ArgumentParser
import TextAndBytes

/// Options that are stated twice: the parser takes the last one, and a user sees a run that is not the
/// one asked for.
enum RepeatedOptions {
  /// What is wrong with `arguments`; nil: no option that can be stated once is stated twice.
  static func problem(in arguments: [String]) -> String? {
    let stated = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("-") && $0.count > 1 }
      .map { String($0.prefix { $0 != "=" }) }
    // Nearly always none is, but for the one that is there to be repeated.
    let others = stated.filter { $0 != "--set" }
    let isTwice =
      Set(others).count < others.count || (others.contains("-o") && others.contains("--out"))
    guard isTwice, let command = command(of: arguments) else { return nil }
    for argument in command["arguments"]?.array ?? [] {
      guard argument["kind"]?.text == "option", argument["isRepeating"]?.flag == false else {
        continue
      }
      let names = Self.names(of: argument)
      let found = stated.filter(names.contains)
      guard found.count > 1 else { continue }
      let spellings = Set(found).sorted().joined(separator: " and ")
      return "\(spellings) stated \(found.count) times; it can be stated once"
    }
    return nil
  }

  /// `--out` and `-o`.
  private static func names(of argument: JSON) -> [String] {
    (argument["names"]?.array ?? []).compactMap { name in
      guard let text = name["name"]?.text else { return nil }
      return (name["kind"]?.text == "long" ? "--" : "-") + text
    }
  }

  /// The subcommand that `arguments` begin with, as the parser describes it.
  private static func command(of arguments: [String]) -> JSON? {
    var command = JSON(text: Kavier._dumpHelp())?["command"]
    for word in arguments.prefix(while: { !$0.hasPrefix("-") }) {
      let next = command?["subcommands"]?.array?.first { $0["commandName"]?.text == word }
      guard let next else { break }
      command = next
    }
    return command
  }
}
