/// Prometheus' text format, version 0.0.4.
struct PrometheusText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(_ name: String, labels: String, _ value: Double) {
    text += "\(name){\(labels)} \(value)\n"
  }

  /// One without labels.
  mutating func sample(_ name: String, _ value: Double) { text += "\(name) \(value)\n" }

  /// A label's value with what has a meaning of its own escaped.
  static func escape(_ value: String) -> String {
    var escaped = ""
    for character in value {
      switch character {
      case "\\", "\"": escaped += "\\\(character)"
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
