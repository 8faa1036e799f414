import ArgumentParser
import Glibc
import TraceArchive
import TextAndBytes

/// `kavier trace archive`.
struct ArchiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Public traces: what there is, and how to get it.",
    discussion: """
      kavier trace archive list
      kavier trace archive info azure-2023-conv
      kavier trace archive fetch azure-2023-conv
      """,
    subcommands: [ListArchive.self, ArchiveInfo.self, FetchTrace.self])
}

/// Which traces are known.
struct ArchiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Also the traces that this JSON file lists.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var manifest: String?

  func entries() throws -> [ArchiveEntry] {
    PublicTraces.all + (try manifest.map { try ArchiveManifest.read(path: $0) } ?? [])
  }

  func entry(_ name: String) throws -> ArchiveEntry {
    let entries = try entries()
    // A user's entry stands before one of the same name that is built in.
    if let entry = entries.last(where: { $0.name == name }) { return entry }
    let hint = Spelling.hint(for: name, of: entries.map(\.name))
    StandardStream.problem(
      "no trace \"\(name)\" in the archive\(hint); kavier trace archive list lists all")
    throw ExitCode(Failure.badInput)
  }
}

struct ListArchive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the traces.")

  @OptionGroup var archive: ArchiveOptions

  func run() throws {
    try Failure.explained {
      let entries = try archive.entries()
      let width = entries.map(\.name.count).max() ?? 0
      let lines = entries.map { entry in
        entry.name + String(repeating: " ", count: width + 2 - entry.name.count) + entry.summary
      }
      try StandardStream.out.write(lines.joined(separator: "\n") + "\n")
    }
  }
}

struct ArchiveInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say all about one: licence, citation, files, known issues.")

  @Argument(help: "The trace.", completion: .list(PublicTraces.all.map(\.name)))
  var name: String

  @OptionGroup var archive: ArchiveOptions

  @Option(help: "What standard output gets.")
  var format: DescribeTrace.Format = .text

  func run() throws {
    try Failure.explained {
      let entry = try archive.entry(name)
      try StandardStream.out.write(format == .text ? entry.text : entry.json.document)
    }
  }
}

struct FetchTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Download a trace and import it.",
    discussion: """
      Downloads go on where they stopped, stop at the size that the archive states, and are \
      checked where it knows a checksum. curl does them, over HTTP alone and by the environment's \
      proxies; where an address begins with https, what it sends on to has to as well.

      Exit codes: 0; 65 for an entry or a file that is not as it should be; 69 when the server \
      cannot be reached or does not have it; 73 and 74 when it cannot be written here.
      """)

  @Argument(help: "The trace.", completion: .list(PublicTraces.all.map(\.name)))
  var name: String

  @OptionGroup var archive: ArchiveOptions

  @Option(
    help: ArgumentHelp("Where to import it. Without it, its name.", valueName: "directory"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Where downloads are kept. Without it, .cache/kavier in the home directory.",
      valueName: "directory"), completion: .directory)
  var cache: String?

  @Flag(help: "Only download it.")
  var noImport = false

  @Flag(help: "Put rows in order of arrival.")
  var sort = false

  @Flag(help: "Replace a trace that is there.")
  var replace = false

  func run() throws {
    try Failure.explained {
      let entry = try archive.entry(name)
      let cache = self.cache ?? "\(Self.home)/.cache/kavier"
      guard !noImport else {
        let paths = try TraceImport.download(entry, cache: cache)
        return try StandardStream.out.write(paths.joined(separator: "\n") + "\n")
      }
      let directory = out ?? entry.name
      let reading = try TraceImport.fetch(
        entry, cache: cache, to: directory, sort: sort, replaces: replace)
      try StandardStream.out.write(TraceSummary.text(reading, directory: directory))
      if !entry.isRedistributable {
        StandardStream.problem("\(entry.name): its licence does not let you pass it on")
      }
    }
  }

  private static var home: String { getenv("HOME").map { String(cString: $0) } ?? "." }
}
