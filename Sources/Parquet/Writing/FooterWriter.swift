/// The footer: the schema, and where each column of each row group is.
enum FooterWriter {
  /// In the form that parquet-format asks for, `NAME version VERSION (build HASH)`: readers that tell
  /// faulty writers by it (parquet-java's VersionParser) complain about any other.
  static let createdBy = "kavier version 0.1.0 (build unknown)"

  static func bytes(
    _ fields: [ParquetField], _ groups: [WrittenGroup], rowCount: Int64,
    _ compression: ParquetCompression, arrowSchema: String? = nil
  ) -> [UInt8] {
    var footer = ThriftWriter()
    footer.field(1, int: 1)
    footer.list(2, count: fields.reduce(1) { $0 + ($1.type.isList ? 3 : 1) })
    footer.element { root in
      root.field(4, text: "schema")
      root.field(5, int: Int64(fields.count))
    }
    for field in fields {
      if field.type.isList { listSchema(field, &footer) } else { schema(field, &footer) }
    }
    footer.field(3, int64: rowCount)
    footer.list(4, count: groups.count)
    for group in groups { footer.element { write(group, fields, compression, &$0) } }
    if let arrowSchema {
      footer.list(5, count: 1)
      footer.element { entry in
        entry.field(1, text: "ARROW:schema")
        entry.field(2, text: arrowSchema)
      }
    }
    footer.field(6, text: createdBy)
    footer.stop()
    return footer.bytes
  }

  private static func schema(_ field: ParquetField, _ footer: inout ThriftWriter) {
    footer.element { element in
      element.field(1, int: field.type.physical.rawValue)
      element.field(3, int: repetition(field).rawValue)
      element.field(4, text: field.name)
      if let annotation = field.type.annotation { element.field(6, int: annotation.rawValue) }
      if case .timestamp(let unit) = field.type { timestamp(unit, &element) }
    }
  }

  private static func repetition(_ field: ParquetField) -> Repetition {
    field.isOptional ? .optional : .required
  }

  /// The newer annotation, which says of times that they are of no zone.
  private static func timestamp(_ unit: ParquetType.Unit, _ element: inout ThriftWriter) {
    element.structure(10) { union in
      union.structure(8) { timestamp in
        timestamp.field(1, flag: false)
        timestamp.structure(2) { union in
          union.structure(1 + (ParquetType.Unit.allCases.firstIndex(of: unit) ?? 0)) { _ in }
        }
      }
    }
  }

  private static func listSchema(_ field: ParquetField, _ footer: inout ThriftWriter) {
    footer.element { element in
      element.field(3, int: repetition(field).rawValue)
      element.field(4, text: field.name)
      element.field(5, int: 1)
      element.field(6, int: Annotation.list.rawValue)
    }
    footer.element { element in
      element.field(3, int: Repetition.repeated.rawValue)
      element.field(4, text: "list")
      element.field(5, int: 1)
    }
    footer.element { element in
      element.field(1, int: field.type.physical.rawValue)
      element.field(3, int: Repetition.required.rawValue)
      element.field(4, text: "element")
    }
  }

  private static func write(
    _ group: WrittenGroup, _ fields: [ParquetField], _ compression: ParquetCompression,
    _ element: inout ThriftWriter
  ) {
    element.list(1, count: group.columns.count)
    for (field, column) in zip(fields, group.columns) {
      element.element { chunk in
        chunk.field(2, int64: 0)
        chunk.structure(3) { write(column, field, compression, &$0) }
      }
    }
    element.field(2, int64: group.columns.reduce(0) { $0 + Int64($1.fullSize) })
    element.field(3, int64: group.rowCount)
  }

  private static func write(
    _ column: WrittenColumn, _ field: ParquetField, _ compression: ParquetCompression,
    _ meta: inout ThriftWriter
  ) {
    meta.field(1, int: field.type.physical.rawValue)
    meta.list(2, of: column.encodings.map(\.rawValue))
    meta.list(3, of: field.type.isList ? [field.name, "list", "element"] : [field.name])
    meta.field(4, int: compression.rawValue)
    meta.field(5, int64: Int64(column.valueCount))
    meta.field(6, int64: Int64(column.fullSize))
    meta.field(7, int64: Int64(column.size))
    meta.field(9, int64: Int64(column.offset + column.dictionarySize))
    if column.dictionarySize > 0 { meta.field(11, int64: Int64(column.offset)) }
    meta.structure(12) { $0.field(3, int64: Int64(column.nullCount)) }
  }
}

extension ParquetType {
  fileprivate var annotation: Annotation? {
    switch self {
    case .text: .utf8
    case .date: .date
    case .timestamp(.milliseconds): .timestampMillis
    case .timestamp(.microseconds): .timestampMicros
    default: nil
    }
  }
}
