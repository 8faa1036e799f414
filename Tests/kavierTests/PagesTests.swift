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

  @Test(arguments: commands.filter { !$0.readsTrace })
  func `commands of the pages print what the pages say`(command: Command) throws {
    try run(command)
  }

  @Test(
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
    arguments: commands.filter(\.readsTrace))
  func `commands that replay a trace do, too`(command: Command) throws {
    try run(command)
  }

  private func run(_ command: Command) throws {
    let result = try Program.run(command.arguments, in: folder.path)
    #expect(result.code == 0, "\(result.problems)")
    if PageUpdate.isAsked { return try PageUpdate.replace(command, by: result.out) }
    // Foundation finds no empty text anywhere.
    let isThere = command.output.isEmpty || result.out.contains(command.output)
    #expect(isThere, "it prints:\n\(result.out)")
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
    let report = try Data(contentsOf: URL(filePath: folder.path + "/out/report.json"))
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
