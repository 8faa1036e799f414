/// A JSON value. Objects keep their order and numbers their digits, so that what is read can be
/// written again as it was.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number as written: one that is not whole, or beyond what `integer` holds.
  case number(String)
  case string(String)
  case array([JSON])
  /// An array of whole numbers only, which block and token ids are.
  case integers([Int64])
  case object([Field])

  package struct Field: Hashable, Sendable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The value of an object's key; nil where there is none or it is null.
  package subscript(key: String) -> JSON? {
    get {
      guard case .object(let fields) = self else { return nil }
      let value = fields.first { $0.key == key }?.value
      return value == .null ? nil : value
    }
    set {
      guard case .object(var fields) = self else { return }
      let place = fields.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): fields[place].value = value
      case (let place?, nil): fields.remove(at: place)
      case (nil, let value?): fields.append(Field(key, value))
      case (nil, nil): return
      }
      self = .object(fields)
    }
  }

  package var text: String? { if case .string(let text) = self { text } else { nil } }
  package var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  package var fields: [Field]? { if case .object(let fields) = self { fields } else { nil } }

  package var array: [JSON]? {
    switch self {
    case .array(let items): items
    case .integers(let items): items.map { .integer($0) }
    default: nil
    }
  }

  package var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let text), .string(let text): Numbers.integer(Array(text.utf8).span)
    default: nil
    }
  }

  /// A finite number.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let text), .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// A number times 10^`scale`, cut after the last digit that counts.
  package func scaled(_ scale: Int) -> Int64? {
    switch self {
    case .integer(let value): Numbers.decimal(Array(String(value).utf8).span, scale: scale)
    case .number(let text), .string(let text): Numbers.decimal(Array(text.utf8).span, scale: scale)
    default: nil
    }
  }
}
