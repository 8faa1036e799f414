/// A JSON value, as far as a model's `config.json` needs one.
enum ConfigValue: Decodable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case list([ConfigValue])
  case fields([String: ConfigValue])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([ConfigValue].self) {
      self = .list(list)
    } else {
      self = .fields(try container.decode([String: ConfigValue].self))
    }
  }
}

/// Reads fields of a `config.json` by name and collects what is missing or wrong, so that a user
/// hears of everything at once.
struct ConfigFields {
  private let values: [String: ConfigValue]
  private(set) var problems: [String] = []

  /// The language model's fields: those of `text_config` where there is one, else the file's.
  init(_ root: [String: ConfigValue]) {
    if case .fields(let nested)? = root["text_config"] {
      values = root.merging(nested) { _, nested in nested }
    } else {
      values = root
    }
  }

  mutating func problem(_ message: String) { problems.append(message) }

  /// The first of `names` that holds a positive whole number; 0 and a problem when none does.
  mutating func size(_ names: String..., within bounds: Bounds<Int> = .width) -> Int {
    for name in names {
      if let size = optionalSize(name, within: bounds) { return size }
    }
    if let first = names.first, !problems.contains(where: { $0.hasPrefix("\(first):") }) {
      problems.append("\(names.joined(separator: " or ")): missing")
    }
    return 0
  }

  /// A positive whole number, or nil when the field is absent, null or zero.
  mutating func optionalSize(_ name: String, within bounds: Bounds<Int> = .width) -> Int? {
    switch values[name] {
    case nil, .null?, .number(0)?: return nil
    case .number(let number)?:
      if let size = Int(exactly: number), bounds.range.contains(size) { return size }
    default: break
    }
    problems.append("\(name): expected a whole number from \(bounds.words)")
    return nil
  }

  /// A flag, or `otherwise` when it is absent or null.
  func flag(_ name: String, otherwise: Bool) -> Bool {
    if case .flag(let flag)? = values[name] { flag } else { otherwise }
  }

  func text(_ name: String) -> String? {
    if case .text(let text)? = values[name] { text } else { nil }
  }

  /// A list of words such as `layer_types`; nil when it is absent or something else.
  func words(_ name: String) -> [String]? {
    guard case .list(let list)? = values[name] else { return nil }
    return list.compactMap { if case .text(let word) = $0 { word } else { nil } }
  }

  /// How many entries a list has; 0 when it is absent.
  func count(_ name: String) -> Int {
    if case .list(let list)? = values[name] { list.count } else { 0 }
  }

  func fields(_ name: String) -> ConfigFields? {
    if case .fields(let fields)? = values[name] { ConfigFields(fields) } else { nil }
  }
}
