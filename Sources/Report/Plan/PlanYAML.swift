package import ServingSim
import TextAndBytes

/// plan.yaml: the resolved fields nested by their paths, each with its origin as a comment. Path
/// parts that count up from 0 (`fleet.0.replicas`) become the entries of a list.
package enum PlanYAML {
  /// The file's text.
  package static func render(_ lines: [PlanLine]) -> String {
    var root = Node()
    for line in lines {
      root.insert(line, at: line.path.split(separator: ".").map(String.init)[...])
    }
    guard !root.children.isEmpty else { return "{}\n" }
    var text = ""
    root.write(to: &text, indent: "", lead: "")
    return text
  }

  /// A level of the document: what a path's part stands for.
  private struct Node {
    var line: PlanLine?
    var children: [(key: String, node: Node)] = []

    mutating func insert(_ line: PlanLine, at path: ArraySlice<String>) {
      guard let key = path.first else {
        self.line = line
        return
      }
      if let index = children.firstIndex(where: { $0.key == key }) {
        children[index].node.insert(line, at: path.dropFirst())
      } else {
        var node = Node()
        node.insert(line, at: path.dropFirst())
        children.append((key, node))
      }
    }

    var isList: Bool {
      children.enumerated().allSatisfy { String($0.offset) == $0.element.key }
    }

    /// `lead` is what the first line begins with in place of `indent`: a list entry's dash.
    func write(to text: inout String, indent: String, lead: String) {
      // A field that has a value and parts of its own keeps both: YAML has no place for the value.
      var entries = children
      if let line { entries.insert(("value", Node(line: line)), at: 0) }
      let isList = isList && line == nil
      for (index, entry) in entries.enumerated() {
        let begin =
          (index == 0 ? lead : indent) + (isList ? "- " : YAMLScalar.text(entry.key) + ":")
        if entry.node.children.isEmpty {
          text +=
            begin + (isList ? "" : " ") + (entry.node.line.map(PlanYAML.scalar) ?? "{}") + "\n"
        } else if isList {
          entry.node.write(to: &text, indent: indent + "  ", lead: begin)
        } else {
          text += begin + "\n"
          entry.node.write(to: &text, indent: indent + "  ", lead: indent + "  ")
        }
      }
    }
  }

  private static func scalar(_ line: PlanLine) -> String {
    let origin = TextLayout.plain(line.origin)
    return YAMLScalar.text(line.value) + (origin.isEmpty ? "" : "  # " + origin)
  }
}

/// How a string is written in YAML 1.2 so that it reads back as itself.
enum YAMLScalar {
  /// Plain where that is unmistakable, else in double quotes. Numbers and truth values stay plain:
  /// a plan's values are what a scenario's author would write. `isInline`: within braces or
  /// brackets, where a comma ends a value.
  static func text(_ value: String, isInline: Bool = false) -> String {
    isPlain(value) && !(isInline && value.contains { ",[]{}".contains($0) })
      ? value : quoted(value)
  }

  private static func isPlain(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first, let last = value.unicodeScalars.last else {
      return false
    }
    if !first.properties.isAlphabetic && !("0"..."9").contains(first) && first != "/" {
      return isNegativeNumber(value)
    }
    return last != " " && last != ":" && !value.contains(": ") && !value.contains(" #")
      && value.unicodeScalars.allSatisfy { $0 >= " " && $0 != "\u{7F}" && !isBreak($0) }
  }

  private static func isNegativeNumber(_ value: String) -> Bool {
    value.first == "-" && Double(value) != nil
  }

  /// YAML 1.1 readers end a line here.
  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{FEFF}"
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar < " " || (scalar >= "\u{7F}" && scalar < "\u{A0}") || isBreak(scalar):
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}
