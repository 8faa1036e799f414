import ArgumentParser
import TextAndBytes

/// A command as the parser describes it.
struct CommandHelp {
  /// The words that a user types, `kavier` first.
  var path: [String]
  var abstract: String
  var discussion: [String]
  var arguments: [Argument]
  var subcommands: [CommandHelp]

  var name: String { path.joined(separator: " ") }
  var pageName: String { path.joined(separator: "-") }

  /// The command and all under it, in the order of the help.
  var all: [CommandHelp] { [self] + subcommands.flatMap(\.all) }

  /// Of the whole program; nil: the parser describes itself in another way than this reads.
  static var program: CommandHelp? {
    JSON(text: Kavier._dumpHelp())?["command"].flatMap { CommandHelp($0, under: []) }
  }

  private init?(_ json: JSON, under path: [String]) {
    guard let name = json["commandName"]?.text, name != "help" else { return nil }
    guard json["shouldDisplay"]?.flag != false else { return nil }
    let path = path + [name]
    self.path = path
    abstract = json["abstract"]?.text ?? ""
    discussion = Self.paragraphs(json["discussion"]?.text ?? "")
    arguments = (json["arguments"]?.array ?? []).compactMap(Argument.init)
    subcommands = (json["subcommands"]?.array ?? []).compactMap { CommandHelp($0, under: path) }
  }

  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
  }
}

extension CommandHelp {
  /// An argument, an option or a flag.
  struct Argument {
    /// `--out` and `-o`; none of an argument.
    var names: [String]
    /// What a user puts in the place of a value; nil of a flag.
    var value: String?
    var isOptional: Bool
    var isRepeating: Bool
    var text: String
    var allowed: [String]
    var defaultValue: String?

    init?(_ json: JSON) {
      guard json["shouldDisplay"]?.flag != false else { return nil }
      names = (json["names"]?.array ?? []).compactMap { name in
        name["name"]?.text.map { (name["kind"]?.text == "long" ? "--" : "-") + $0 }
      }
      value = json["kind"]?.text == "flag" ? nil : json["valueName"]?.text
      isOptional = json["isOptional"]?.flag ?? false
      isRepeating = json["isRepeating"]?.flag ?? false
      let texts = [json["abstract"]?.text, json["discussion"]?.text].compactMap { $0 }
      text = texts.joined(separator: " ")
      allowed = (json["allValues"]?.array ?? []).compactMap(\.text)
      defaultValue = json["defaultValue"]?.text
    }
  }
}
