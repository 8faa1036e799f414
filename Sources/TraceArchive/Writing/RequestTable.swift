import Parquet

/// Requests as a Parquet file, made row group by row group.
struct RequestTable {
  private var fields: [TraceField]
  private var columns: [Column]
  private var writer: ParquetWriter
  private var rows = 0
  /// About what the rows take, so that a group of long ones is no larger than one of short ones.
  private var size = 0

  private struct Column {
    var values: ParquetValues
    var isNull: [Bool] = []
  }

  init(_ fields: [TraceField]) {
    self.fields = fields
    columns = fields.map { Column(values: $0.kind.noValues) }
    writer = ParquetWriter(
      fields.map { ParquetField($0.name, $0.kind.parquetType, isOptional: !$0.isRequired) })
  }

  /// Adds a request; returns the bytes of a row group when one is full.
  mutating func append(_ record: TraceRecord) -> [UInt8] {
    for (index, field) in fields.enumerated() {
      let isPresent = record.has(field)
      columns[index].isNull.append(!isPresent)
      size += columns[index].values.append(isPresent ? record : nil, field)
    }
    rows += 1
    return rows == 1 << 16 || size > 1 << 26 ? takeGroup() : []
  }

  /// The bytes that end the file.
  mutating func finish() -> [UInt8] {
    let group = rows > 0 ? takeGroup() : []
    return group + writer.finish()
  }

  private mutating func takeGroup() -> [UInt8] {
    let group = zip(fields, columns).map { field, column in
      ParquetColumn(column.values, isNull: column.isNull.contains(true) ? column.isNull : nil)
    }
    columns = fields.map { Column(values: $0.kind.noValues) }
    rows = 0
    size = 0
    return writer.rowGroup(group)
  }
}

extension TraceField.Kind {
  fileprivate var parquetType: ParquetType {
    switch self {
    case .integer(0...Int64(Int32.max)): .int32
    case .integer: .int64
    case .flag: .boolean
    case .text, .choice, .json: .text
    case .ids, .prefix: .int64List
    }
  }

  fileprivate var noValues: ParquetValues {
    switch self {
    case .integer: .integers([])
    case .flag: .booleans([])
    case .text, .choice, .json: .texts(ParquetTexts())
    case .ids, .prefix: .lists(ParquetLists())
    }
  }
}

extension ParquetValues {
  /// Appends a record's value, or any where there is none; returns about how many bytes it takes.
  fileprivate mutating func append(_ record: TraceRecord?, _ field: TraceField) -> Int {
    let size: Int
    switch self {
    case .integers(var values):
      self = .integers([])
      values.append(record?[field] ?? 0)
      (self, size) = (.integers(values), 8)
    case .booleans(var values):
      self = .booleans([])
      values.append(record?[field] == 1)
      (self, size) = (.booleans(values), 1)
    case .texts(var texts):
      self = .texts(ParquetTexts())
      let text = record?[text: field] ?? ""
      texts.append(text.utf8)
      (self, size) = (.texts(texts), 8 + text.utf8.count)
    case .lists(var lists):
      self = .lists(ParquetLists())
      let ids = field == .prefixIDs ? record?.prefixIDs : record?.dependsOn
      lists.append(ids ?? [])
      (self, size) = (.lists(lists), 8 + 8 * (ids?.count ?? 0))
    case .doubles: size = 0
    }
    return size
  }
}
