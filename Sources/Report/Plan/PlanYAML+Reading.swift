package import ServingSim

extension PlanYAML {
  /// The lines that `render` wrote as `text`. Not a reader of YAML: of what it does not know, it
  /// makes nothing.
  package static func lines(of text: String) -> [PlanLine] {
    var lines: [PlanLine] = []
    var parents: [(indent: Int, key: String)] = []
    var counts: [String: Int] = [:]
    for row in text.split(separator: "\n") {
      var rest = row[...]
      var indent = rest.prefix { $0 == " " }.count
      rest = rest.dropFirst(indent)
      while rest.hasPrefix("- ") {
        parents.removeAll { $0.indent >= indent }
        let list = parents.map(\.key).joined(separator: ".")
        counts[list, default: -1] += 1
        parents.append((indent, String(counts[list] ?? 0)))
        indent += 2
        rest = rest.dropFirst(2)
      }
      parents.removeAll { $0.indent >= indent }
      guard let colon = rest.firstIndex(of: ":") else { continue }
      let key = unquoted(rest[..<colon])
      let (value, origin) = split(rest[rest.index(after: colon)...])
      guard !value.isEmpty else {
        parents.append((indent, key))
        counts = counts.filter { !$0.key.hasPrefix((parents.map(\.key)).joined(separator: ".")) }
        continue
      }
      lines.append(
        PlanLine(
          path: (parents.map(\.key) + [key]).joined(separator: "."), value: unquoted(value),
          origin: String(origin)))
    }
    return lines
  }

  /// The value and the comment after it.
  private static func split(_ rest: Substring) -> (value: Substring, origin: Substring) {
    let rest = rest.drop { $0 == " " }
    var end = rest.startIndex
    if rest.first == "\"" {
      end = rest.index(after: end)
      while end < rest.endIndex, rest[end] != "\"" {
        end =
          rest.index(end, offsetBy: rest[end] == "\\" ? 2 : 1, limitedBy: rest.endIndex)
          ?? rest.endIndex
      }
    }
    guard let mark = rest[end...].firstRange(of: "  # ") else { return (rest, "") }
    return (rest[..<mark.lowerBound], rest[mark.upperBound...])
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
