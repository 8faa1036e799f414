/// A column's name and what its values are.
package struct ParquetField: Hashable, Sendable {
  package var name: String
  package var type: ParquetType
  /// Whether a row may have no value. The elements of lists always have one.
  package var isOptional: Bool

  package init(_ name: String, _ type: ParquetType, isOptional: Bool = false) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

package enum ParquetType: Hashable, Sendable {
  case boolean
  case int32
  case int64
  case float
  case double
  /// UTF-8.
  case text
  case bytes
  /// Days since 1970.
  case date
  /// Since 1970. Read from INT96, too, which is nanoseconds.
  case timestamp(Unit)
  /// A list of whole numbers a row.
  case int32List
  case int64List

  package enum Unit: Hashable, Sendable, CaseIterable {
    case milliseconds, microseconds, nanoseconds

    /// Nanoseconds in one of it.
    package var nanoseconds: Int64 {
      switch self {
      case .milliseconds: 1_000_000
      case .microseconds: 1000
      case .nanoseconds: 1
      }
    }
  }

  package var isList: Bool { self == .int32List || self == .int64List }

  /// How a single value is stored.
  var physical: PhysicalType {
    switch self {
    case .boolean: .boolean
    case .int32, .date, .int32List: .int32
    case .int64, .timestamp, .int64List: .int64
    case .float: .float
    case .double: .double
    case .text, .bytes: .byteArray
    }
  }
}
