/// The manual page of a command.
struct ManualPage {
  var command: CommandHelp
  /// The day that it carries, as 2026-11-30.
  var date: String

  var fileName: String { command.pageName + ".1" }

  var text: String {
    var page = Roff()
    page.title(command.pageName, date: date, version: Kavier.version)
    page.section("NAME")
    page.fill(Roff.word(command.pageName) + " \\- " + Roff.word(Self.clause(command.abstract)))
    page.section("SYNOPSIS")
    page.fill(synopsis)
    page.section("DESCRIPTION")
    describe(in: &page)
    list(command.arguments.filter(\.names.isEmpty), under: "ARGUMENTS", in: &page)
    list(command.arguments.filter { !$0.names.isEmpty }, under: "OPTIONS", in: &page)
    listSubcommands(in: &page)
    if isProgram { ProgramManual.addEnding(to: &page) }
    showExamples(in: &page)
    page.section("SEE ALSO")
    page.fill(references)
    return page.text
  }

  private var isProgram: Bool { command.path.count == 1 }

  /// An abstract without the full stop, as `apropos` lists it.
  private static func clause(_ abstract: String) -> String {
    abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
  }

  private var synopsis: String {
    var words = [Roff.bold(command.name)]
    if command.arguments.contains(where: { !$0.names.isEmpty && $0.isOptional }) {
      words.append("[" + Roff.italic("options") + "]")
    }
    for argument in command.arguments where !argument.names.isEmpty && !argument.isOptional {
      words.append(Self.label(argument, names: argument.names.prefix(1)))
    }
    for argument in command.arguments where argument.names.isEmpty {
      let word = Roff.italic(argument.value ?? "") + (argument.isRepeating ? " ..." : "")
      words.append(argument.isOptional ? "[\(word)]" : word)
    }
    if !command.subcommands.isEmpty { words.append(Roff.italic("command")) }
    return words.joined(separator: " ")
  }

  private func describe(in page: inout Roff) {
    page.paragraph(command.abstract)
    var isList = false
    for paragraph in command.discussion where !Self.isExamples(paragraph) {
      guard !(isProgram && paragraph == ExitCodes.sentence) else { continue }
      // Names and what they stand for, after a line that ends with a colon.
      if isList, let colon = paragraph.firstRange(of: ": ") {
        page.entry(
          Roff.bold(String(paragraph[..<colon.lowerBound])), String(paragraph[colon.upperBound...]))
      } else {
        page.paragraph(paragraph)
        isList = paragraph.hasSuffix(":")
      }
    }
  }

  private func list(
    _ arguments: [CommandHelp.Argument], under title: String, in page: inout Roff
  ) {
    guard !arguments.isEmpty else { return }
    page.section(title)
    for argument in arguments {
      page.entry(Self.label(argument, names: argument.names[...]), Self.text(of: argument))
    }
  }

  private static func label(
    _ argument: CommandHelp.Argument, names: ArraySlice<String>
  ) -> String {
    let names = names.map { Roff.bold($0) }.joined(separator: ", ")
    let value = argument.value.map { Roff.italic($0) }
    return [names.isEmpty ? nil : names, value].compactMap { $0 }.joined(separator: " ")
  }

  private static func text(of argument: CommandHelp.Argument) -> String {
    var sentences = [argument.text]
    if !argument.allowed.isEmpty {
      sentences.append("Values: \(argument.allowed.joined(separator: ", ")).")
    }
    if let value = argument.defaultValue { sentences.append("Default: \(value).") }
    return sentences.joined(separator: " ")
  }

  private func listSubcommands(in page: inout Roff) {
    guard !command.subcommands.isEmpty else { return }
    page.section("COMMANDS")
    for subcommand in command.subcommands {
      page.entry(Roff.bold(subcommand.pageName) + "(1)", subcommand.abstract)
    }
  }

  private func showExamples(in page: inout Roff) {
    let examples = command.discussion.filter(Self.isExamples)
    guard !examples.isEmpty else { return }
    page.section("EXAMPLES")
    for paragraph in examples {
      Self.show(paragraph.split(separator: "\n").map(String.init), in: &page)
    }
  }

  /// Commands with what they do behind a gap, or commands alone.
  private static func show(_ lines: [String], in page: inout Roff) {
    let explained = lines.compactMap { line in
      line.firstRange(of: "  ").map { gap in
        (String(line[..<gap.lowerBound]), String(line[gap.upperBound...].drop { $0 == " " }))
      }
    }
    guard explained.count == lines.count else { return page.examples(lines) }
    for (command, meaning) in explained { page.entry(Roff.bold(command), meaning) }
  }

  private static func isExamples(_ paragraph: String) -> Bool {
    paragraph.split(separator: "\n").allSatisfy { $0.hasPrefix("kavier ") }
  }

  private var references: String {
    if isProgram { return ProgramManual.references }
    let parents = command.path.indices.dropFirst().map {
      command.path[..<$0].joined(separator: "-")
    }
    return parents.map { Roff.bold($0) + "(1)" }.joined(separator: ", ")
  }
}
