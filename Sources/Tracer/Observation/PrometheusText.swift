/// A value of a server's metrics in Prometheus' text format.
package struct PrometheusSample: Hashable, Sendable {
  package var name: String
  package var labels: [(key: String, value: String)]
  package var value: Double

  package static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.value == b.value && a.labels.map(\.key) == b.labels.map(\.key)
      && a.labels.map(\.value) == b.labels.map(\.value)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(value)
  }

  package func label(_ key: String) -> String? { labels.first { $0.key == key }?.value }
}

/// Reads Prometheus' text format. Lines that are none of it are passed over: a server's page is
/// nothing that its client can mend.
package enum PrometheusText {
  /// The samples whose names `isWanted` takes.
  package static func samples(
    _ bytes: [UInt8], isWanted: (Substring) -> Bool = { _ in true }
  ) -> [PrometheusSample] {
    bytes.split { $0 == 0x0A || $0 == 0x0D }.compactMap { line in
      guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
      return sample(String(decoding: line, as: UTF8.self)[...], isWanted)
    }
  }

  private static func sample(
    _ line: Substring, _ isWanted: (Substring) -> Bool
  ) -> PrometheusSample? {
    let name = line.prefix { $0 != "{" && $0 != " " && $0 != "\t" }
    guard !name.isEmpty, isWanted(name) else { return nil }
    var rest = line[name.endIndex...]
    var labels: [(key: String, value: String)] = []
    if rest.first == "{" {
      guard let end = takeLabels(rest.dropFirst(), &labels) else { return nil }
      rest = end
    }
    // A timestamp may follow.
    guard let text = rest.split(whereSeparator: { $0 == " " || $0 == "\t" }).first,
      let value = number(text)
    else { return nil }
    return PrometheusSample(name: String(name), labels: labels, value: value)
  }

  private static func number(_ text: Substring) -> Double? {
    switch text {
    case "+Inf": .infinity
    case "-Inf": -.infinity
    case "NaN": nil
    default: Double(text)
    }
  }

  /// What follows the closing brace; nil: there is none.
  private static func takeLabels(
    _ text: Substring, _ labels: inout [(key: String, value: String)]
  ) -> Substring? {
    var rest = text
    while true {
      rest = rest.drop { $0 == "," || $0 == " " }
      if rest.first == "}" { return rest.dropFirst() }
      let key = rest.prefix { $0 != "=" }
      rest = rest[key.endIndex...].dropFirst()
      guard !key.isEmpty, rest.first == "\"" else { return nil }
      rest = rest.dropFirst()
      var value = ""
      while let character = rest.popFirst(), character != "\"" {
        guard character == "\\", let escaped = rest.popFirst() else {
          value.append(character)
          continue
        }
        value.append(escaped == "n" ? "\n" : escaped)
      }
      labels.append((String(key), value))
    }
  }
}
