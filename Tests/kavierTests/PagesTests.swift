import Foundation
import ServingTestSupport
import Testing

/// What the documents say of the program, against the program.
@Suite(
  .timeLimit(.minutes(30)),
  .enabled(if: Program.isBuilt, "the kavier program is not beside the tests"))
struct PagesTests {
  private static let commands = Page.all.flatMap(\.commands)

  /// A folder as the README's reader has it: the examples, and the traces they were told to get.
  private let folder: Scratch

  init() throws {
    folder = try Scratch()
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path + "/Examples", withDestinationPath: SharedData.repository + "/Examples")
    for trace in [
      "azure/AzureLLMInferenceTrace_conv.csv", "mooncake/conversation_trace.jsonl",
    ] {
      try files.createSymbolicLink(
        atPath: folder.path + "/" + (trace as NSString).lastPathComponent,
        withDestinationPath: SharedData.path("traces/\(trace).gz"))
    }
  }

  /// In one folder and in the order of the page, as its reader would.
  @Test(arguments: Page.all.filter { !$0.commands.isEmpty })
  func `commands of a page print what the page says`(page: Page) throws {
    for command in page.commands where !command.readsTrace { try run(command) }
  }

  @Test(
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
    arguments: commands.filter(\.readsTrace))
  func `commands that replay a trace do, too`(command: Command) throws {
    try run(command)
  }

  private func run(_ command: Command) throws {
    let result = try Program.run(command.arguments, in: folder.path)
    #expect(result.code == 0, "\(command.testDescription): \(result.problems)")
    if PageUpdate.isAsked { return try PageUpdate.replace(command, by: result.out) }
    // Foundation finds no empty text anywhere.
    let isThere = command.output.isEmpty || result.out.contains(command.output)
    #expect(isThere, "\(command.testDescription) prints:\n\(result.out)")
  }

  /// An output that nobody runs is stale sooner or later.
  @Test(arguments: Page.all)
  func `every block of a page is an input, is run, or is a drawing without figures`(page: Page) {
    for problem in page.unheldBlocks { Issue.record("\(problem)") }
  }

  /// Of blocks that cannot be run here: servers, other programs, minutes of work.
  @Test(arguments: Page.all.filter { !$0.shownCommands.isEmpty })
  func `commands that a page only shows have the flags that the program has`(page: Page) throws {
    for command in page.shownCommands {
      let words = command.arguments.prefix { !$0.hasPrefix("-") }
      let help = try Program.run(Array(words.prefix(3)) + ["--help"], in: folder.path)
      #expect(help.code == 0, "\(command.testDescription): \(help.problems)")
      for flag in command.arguments where flag.hasPrefix("-") {
        let isKnown = help.out.contains(" \(flag) ") || help.out.contains(" \(flag)\n")
        #expect(isKnown || help.out.contains("\(flag),"), "\(command.testDescription): no \(flag)")
      }
    }
  }

  @Test func `the README runs the program and shows what it prints`() throws {
    let commands = try Page("README.md").commands
    #expect(commands.first?.arguments == ["simulate"])
    #expect(commands.count { !$0.output.isEmpty } == 2)
  }

  @Test func `the README's picture is what the program draws`() throws {
    let example = "Examples/20-report.yaml"
    let commands = [
      ["simulate", example, "--out", "prefix_affinity"],
      ["simulate", example, "--set", "router=round_robin", "--out", "round_robin"],
      [
        "plot", "prefix_affinity", "round_robin", "--figure", "ttft-cdf", "--width", "12",
        "--height", "6.5", "--out", "routers.svg",
      ],
    ]
    let page = try Page("Docs/Reports.md").text.replacingOccurrences(of: "\\\n  ", with: "")
    for arguments in commands {
      let result = try Program.run(arguments, in: folder.path)
      #expect(result.code == 0, "\(result.problems)")
      // The page has them, too, with the picture's own place.
      #expect(page.contains("kavier " + arguments.dropLast().joined(separator: " ")))
    }
    let drawn = try String(contentsOfFile: folder.path + "/routers.svg", encoding: .utf8)
    let place = SharedData.repository + "/Docs/Images/routers.svg"
    if PageUpdate.isAsked { try drawn.write(toFile: place, atomically: true, encoding: .utf8) }
    #expect(try drawn == String(contentsOfFile: place, encoding: .utf8))
  }

  @Test func `the README is short`() throws {
    let words = try Page("README.md").text.split { $0.isWhitespace }
    #expect(words.count < 800)
  }

  @Test(arguments: Page.all) func `links lead somewhere`(page: Page) {
    let place = URL(filePath: "\(SharedData.repository)/\(page.name)").deletingLastPathComponent()
    for link in page.links {
      let target = place.appending(path: link).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: target), "\(link)")
    }
  }

  @Test func `the page on files has every key and column, in order`() throws {
    let result = try Program.run(
      ["simulate", "--set", "workload.synthetic.requests=20", "--out", folder.path + "/out"])
    #expect(result.code == 0)
    let page = try Page("Docs/ReportsAndFiles.md").text
    for name in ["requests.csv", "timeline.csv"] {
      let csv = try String(contentsOfFile: folder.path + "/out/\(name)", encoding: .utf8)
      let columns = csv.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      #expect(Self.entries(below: name, of: page) == columns)
    }
    let said = try Program.run(
      ["simulate", "Examples/21-tenants-and-documents.yaml", "--out", folder.path + "/said"])
    #expect(said.code == 0)
    let head = try String(contentsOfFile: folder.path + "/said/requests.csv", encoding: .utf8)
      .prefix { $0 != "\n" }.split(separator: ",").map(String.init)
    let columns = Array(head.drop { $0 != "retries" }.dropFirst())
    #expect(columns.count == 5)
    let documented = Self.entries(below: "What requests say of themselves", of: page)
    #expect(documented.count == 9 && documented.filter { columns.contains($0) } == columns)
    let report = try Data(contentsOf: URL(filePath: folder.path + "/said/report.json"))
    let keys = Self.keys(of: try JSONSerialization.jsonObject(with: report))
    let section = Self.section(below: "report.json", of: page).joined(separator: "\n")
    for key in keys { #expect(section.contains("`\(key)`"), "\(key)") }
    #expect(keys.count > 40)
  }

  private static func section(below heading: String, of text: String) -> [Substring] {
    let lines = text.split(separator: "\n").drop { $0 != "## \(heading)" }.dropFirst()
    return Array(lines.prefix { !$0.hasPrefix("## ") })
  }

  private static func entries(below heading: String, of text: String) -> [String] {
    section(below: heading, of: text).filter { $0.hasPrefix("- `") }.map { line in
      String(line.dropFirst(3).prefix { $0 != "`" })
    }
  }

  private static func keys(of value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      return object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1)) }
    case let list as [Any]:
      return list.reduce(into: []) { $0.formUnion(keys(of: $1)) }
    default:
      return []
    }
  }
}
