/// JSON made of what Swift has.
extension JSON {
  /// An object whose keys stand in this order.
  package static func object(of fields: [(key: String, value: JSON)]) -> JSON {
    .object(fields.map { Field($0.key, $0.value) })
  }

  package static func count(_ n: Int) -> JSON { .integer(Int64(n)) }

  /// A whole number of which the largest need a bit more than `integer` has.
  package static func whole(_ n: UInt64) -> JSON {
    Int64(exactly: n).map { .integer($0) } ?? .number(String(n))
  }

  /// The shortest digits that read back as the same number; null for one that is not finite, which is
  /// not known.
  package static func decimal(_ value: Double) -> JSON {
    value.isFinite ? .number(value.description) : .null
  }

  /// null for nil.
  package static func optional(_ value: Double?) -> JSON { value.map { .decimal($0) } ?? .null }
}
