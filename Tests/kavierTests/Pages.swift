import Foundation
import ServingTestSupport
import Testing

/// A page of the documents, by its path in the repository.
struct Page: CustomTestStringConvertible {
  var name: String
  var text: String

  init(_ name: String) throws {
    self.name = name
    text = try String(contentsOfFile: "\(SharedData.repository)/\(name)", encoding: .utf8)
  }

  static let all: [Page] = {
    let root = SharedData.repository
    let files = FileManager.default
    let top = (try? files.contentsOfDirectory(atPath: root)) ?? []
    let docs = (try? files.contentsOfDirectory(atPath: "\(root)/Docs")) ?? []
    return (top + docs.map { "Docs/\($0)" }).filter { $0.hasSuffix(".md") }.sorted()
      .compactMap { try? Page($0) }
  }()

  var testDescription: String { name }

  /// Its fenced blocks with the word that stands behind the fence.
  var blocks: [(language: String, text: String)] {
    var blocks: [(String, String)] = []
    var open: (language: String, lines: [Substring])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open { blocks.append((block.language, block.lines.joined(separator: "\n"))) }
        open = open == nil ? (String(line.dropFirst(3)), []) : nil
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }

  /// The targets of its links, without those to other sites and those in code.
  var links: [String] {
    var prose = text
    for block in blocks { prose = prose.replacingOccurrences(of: block.text, with: "") }
    return prose.split(separator: "](").dropFirst().compactMap { rest in
      let target = String(rest.prefix { $0 != ")" })
      return target.contains("://") ? nil : target
    }
  }

  /// The lines of its `sh` blocks that run the program, each with the text block after it.
  var commands: [Command] {
    var commands: [Command] = []
    for block in blocks {
      if block.language == "sh" {
        let lines = block.text.replacingOccurrences(of: "\\\n", with: "").split(separator: "\n")
        commands += lines.compactMap { Command(page: name, line: $0) }
      } else if block.language == "text", !commands.isEmpty, commands[commands.count - 1].isOpen {
        commands[commands.count - 1].output = block.text
      }
      if block.language != "sh", !commands.isEmpty { commands[commands.count - 1].isOpen = false }
    }
    return commands
  }
}

extension Page {
  /// Blocks of files: what a reader writes, or reads in the sources.
  private static let inputs: Set = ["swift", "python", "yaml", "json", "csv", "mermaid"]
  /// Blocks of commands that are run by another test, or by none.
  private static let shown: Set = ["console", "bash", "sh server"]
  private static let programs = [
    "kavier ", "swift ", "export ", "vllm ", "curl ", "python3 ", "llama/", "OpenDC", "pip ",
    "guidellm ", "aiperf ", "make ",
  ]

  /// What is wrong with its blocks, in sentences.
  var unheldBlocks: [String] {
    var problems: [String] = []
    var previous = ""
    for block in blocks {
      switch block.language {
      case "sh": break
      case "text" where previous == "sh": break
      case "text diagram":
        // E2E is a word.
        let words = block.text.split { !$0.isLetter && !$0.isNumber }
        if words.contains(where: { $0.first?.isNumber == true }) {
          problems.append("a drawing has figures: \(block.text)")
        }
      case let language where Self.shown.contains(language):
        problems += Self.commandLines(of: block.text).filter { line in
          !Self.programs.contains { line.hasPrefix($0) }
        }.map { "no command that is known: \($0)" }
      case let language where Self.inputs.contains(language): break
      default: problems.append("a block of \"\(block.language)\" that nothing runs: \(block.text)")
      }
      previous = block.language
    }
    return problems
  }

  /// Commands of the program that it shows and nothing here runs.
  var shownCommands: [Command] {
    blocks.filter { Self.shown.contains($0.language) }.flatMap { block in
      Self.commandLines(of: block.text).compactMap { Command(page: name, line: $0) }
    }
  }

  private static func commandLines(of text: String) -> [Substring] {
    text.replacingOccurrences(of: "\\\n", with: "").split(separator: "\n")
  }
}

/// A line that a page asks its reader to type.
struct Command: CustomTestStringConvertible {
  var page: String
  var arguments: [String]
  /// A part of what it prints.
  var output = ""
  /// Its output may follow.
  var isOpen = true

  /// nil: it is not the program that it runs.
  init?(page: String, line: Substring) {
    self.page = page
    let starts = ["swift run -c release kavier ", "kavier "]
    guard let start = starts.first(where: { line.hasPrefix($0) }) else { return nil }
    arguments = Self.words(line.dropFirst(start.count))
  }

  var testDescription: String { "\(page): \(arguments.joined(separator: " "))" }

  /// It replays a trace that is not part of the repository.
  var readsTrace: Bool { arguments.contains { $0.contains(".csv") || $0.contains(".jsonl") } }

  /// Split as a shell does, as far as single quotes.
  private static func words(_ line: Substring) -> [String] {
    var words = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "'": isQuoted.toggle()
      case " " where !isQuoted: words.append("")
      default: words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }
}
