import ArgumentParser
import Foundation
import TextAndBytes

/// `kavier manual`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write manual pages, and completions for bash, zsh and fish.",
    discussion: """
      kavier manual ~/.local/share

      Shells and man look for them in the directories share of /usr, /usr/local and ~/.local. \
      `make install` and the packages have them already.
      """)

  @Argument(
    help: ArgumentHelp(
      "The directory that holds man/man1 and the shells' directories.", valueName: "share"),
    completion: .directory)
  var directory: String

  func run() throws {
    try Failure.explained {
      guard let program = CommandHelp.program else { throw UnknownHelp() }
      let date = Self.date
      let pages = program.all.map { command in
        let page = ManualPage(command: command, date: date)
        return OutputFile(page.fileName, text: page.text)
      }
      try OutputDirectory(path: directory + "/man/man1").write(pages)
      for script in CompletionScripts.files {
        try OutputDirectory(path: directory + "/" + script.directory)
          .write([OutputFile(script.name, text: script.text)])
      }
    }
  }

  /// SOURCE_DATE_EPOCH lets two builds of one version be the same bytes.
  private static var date: String {
    let stated = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(TimeInterval.init)
    let day = stated.map { Date(timeIntervalSince1970: min(max($0, 0), 4e9)) } ?? Date()
    return day.formatted(.iso8601.year().month().day())
  }

  private struct UnknownHelp: UserError {
    let exitCode = OwnFault.exitCode
    let description = "the program cannot read its own help"
  }
}
