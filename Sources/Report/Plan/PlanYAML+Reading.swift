package import ServingSim

extension PlanYAML {
  /// The lines that `render` wrote as `text`. Not a reader of YAML: of what it does not know, it
  /// makes nothing.
  package static func lines(of text: String) -> [PlanLine] {
    var lines: [PlanLine] = []
    var parents: [Parent] = []
    for row in text.split(separator: "\n") {
      var indent = row.prefix { $0 == " " }.count
      var rest = row.dropFirst(indent)
      while rest.hasPrefix("- ") {
        let before = parents.first { $0.indent == indent }?.item
        parents.removeAll { $0.indent >= indent }
        let item = before.map { $0 + 1 } ?? 0
        parents.append(Parent(indent: indent, key: String(item), item: item))
        indent += 2
        rest = rest.dropFirst(2)
      }
      parents.removeAll { $0.indent >= indent }
      let (scalar, origin) = split(rest)
      let place = parents.map(\.key)
      guard let colon = colon(in: scalar) else {
        lines.append(line(place, scalar, origin))
        continue
      }
      let key = unquoted(scalar[..<colon])
      let value = scalar[colon...].dropFirst().drop { $0 == " " }
      if value.isEmpty {
        parents.append(Parent(indent: indent, key: key, item: nil))
      } else {
        lines.append(line(place + [key], value, origin))
      }
    }
    return lines
  }

  private struct Parent {
    var indent: Int
    var key: String
    /// Its number, for an entry of a list.
    var item: Int?
  }

  private static func line(
    _ path: [String], _ value: Substring, _ origin: Substring
  ) -> PlanLine {
    PlanLine(
      path: path.joined(separator: "."), value: unquoted(value), origin: String(origin))
  }

  /// What stands before the comment, and the comment.
  private static func split(_ rest: Substring) -> (scalar: Substring, origin: Substring) {
    var isQuoted = false
    var index = rest.startIndex
    while index < rest.endIndex {
      switch rest[index] {
      case "\\" where isQuoted: index = rest.index(after: index)
      case "\"": isQuoted.toggle()
      case "#" where !isQuoted && rest[..<index].hasSuffix("  "):
        return (rest[..<index].dropLast(2), rest[index...].dropFirst(2))
      default: break
      }
      if index < rest.endIndex { index = rest.index(after: index) }
    }
    return (rest, "")
  }

  /// Where a key ends; nil: there is none, only a value.
  private static func colon(in scalar: Substring) -> Substring.Index? {
    var isQuoted = false
    var isEscaped = false
    for index in scalar.indices {
      let character = scalar[index]
      if isEscaped {
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == ":", !isQuoted {
        let next = scalar.index(after: index)
        if next == scalar.endIndex || scalar[next] == " " { return index }
      }
    }
    return nil
  }

  /// A scalar without its quotes.
  private static func unquoted(_ scalar: Substring) -> String {
    guard scalar.count >= 2, scalar.first == "\"", scalar.last == "\"" else {
      return String(scalar)
    }
    var text = ""
    var rest = scalar.dropFirst().dropLast()
    while let character = rest.popFirst() {
      guard character == "\\", let escape = rest.popFirst() else {
        text.append(character)
        continue
      }
      switch escape {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "u":
        let code = UInt32(rest.prefix(4), radix: 16)
        rest = rest.dropFirst(4)
        if let code, let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
      default: text.append(escape)
      }
    }
    return text
  }
}
