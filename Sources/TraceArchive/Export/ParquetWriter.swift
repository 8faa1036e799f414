/// A column of a Parquet table.
struct ParquetColumn {
  enum Values {
    case int32([Int32])
    case int64([Int64])
    case double([Double])
    case text([String])
    /// A list a row, in the three levels that the format's `LIST` prescribes.
    case int64Lists([[Int64]])
  }

  var name: String
  var values: Values

  init(_ name: String, _ values: Values) {
    self.name = name
    self.values = values
  }

  var count: Int {
    switch values {
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .double(let values): values.count
    case .text(let values): values.count
    case .int64Lists(let values): values.count
    }
  }

  /// The number of the physical type in the format's definition.
  fileprivate var type: Int64 {
    switch values {
    case .int32: 1
    case .int64, .int64Lists: 2
    case .double: 5
    case .text: 6
    }
  }

  fileprivate var isList: Bool { if case .int64Lists = values { true } else { false } }
}

/// A table as a Parquet file (format 2.10, https://github.com/apache/parquet-format): one row group,
/// a plain-encoded page a column, no compression, no nulls.
enum ParquetWriter {
  static func bytes(_ columns: [ParquetColumn]) -> [UInt8] {
    precondition(Set(columns.map(\.count)).count == 1, "columns differ in length")
    var file = Array("PAR1".utf8)
    var chunks: [(offset: Int, size: Int, values: Int)] = []
    for column in columns {
      let offset = file.count
      let (page, values) = page(column)
      var header = ThriftWriter()
      header.field(1, int: 0)
      header.field(2, int: Int64(page.count))
      header.field(3, int: Int64(page.count))
      header.structure(5) { header in
        header.field(1, int: Int64(values))
        header.field(2, int: 0)
        header.field(3, int: 3)
        header.field(4, int: 3)
      }
      header.stop()
      file += header.bytes
      file += page
      chunks.append((offset, file.count - offset, values))
    }
    let footer = footer(columns, chunks)
    file += footer
    for shift in [0, 8, 16, 24] { file.append(UInt8(truncatingIfNeeded: footer.count >> shift)) }
    return file + Array("PAR1".utf8)
  }

  /// A page's bytes, and how many values and empty lists it has.
  private static func page(_ column: ParquetColumn) -> (bytes: [UInt8], values: Int) {
    var bytes: [UInt8] = []
    switch column.values {
    case .int32(let values): for value in values { append(UInt64(UInt32(bitPattern: value)), 4) }
    case .int64(let values): for value in values { append(UInt64(bitPattern: value), 8) }
    case .double(let values): for value in values { append(value.bitPattern, 8) }
    case .text(let values):
      for value in values {
        append(UInt64(value.utf8.count), 4)
        bytes += value.utf8
      }
    case .int64Lists(let lists):
      return listPage(lists)
    }
    return (bytes, column.count)

    func append(_ value: UInt64, _ width: Int) {
      for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * byte))) }
    }
  }

  private static func listPage(_ lists: [[Int64]]) -> (bytes: [UInt8], values: Int) {
    var repetitions: [UInt8] = []
    var definitions: [UInt8] = []
    var values: [UInt8] = []
    for list in lists {
      if list.isEmpty {
        repetitions.append(0)
        definitions.append(0)
      }
      for (index, value) in list.enumerated() {
        repetitions.append(index == 0 ? 0 : 1)
        definitions.append(1)
        for byte in 0..<8 {
          values.append(UInt8(truncatingIfNeeded: UInt64(bitPattern: value) >> (8 * byte)))
        }
      }
    }
    return (levels(repetitions) + levels(definitions) + values, repetitions.count)
  }

  /// Levels of 0 and 1 in runs, behind their length.
  private static func levels(_ levels: [UInt8]) -> [UInt8] {
    var runs: [UInt8] = []
    var at = 0
    while at < levels.count {
      let start = at
      while at < levels.count, levels[at] == levels[start] { at += 1 }
      ThriftWriter.append(varint: UInt64(at - start) << 1, to: &runs)
      runs.append(levels[start])
    }
    let count = runs.count
    return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) } + runs
  }

  private static func footer(
    _ columns: [ParquetColumn], _ chunks: [(offset: Int, size: Int, values: Int)]
  ) -> [UInt8] {
    var footer = ThriftWriter()
    let elements = columns.reduce(1) { $0 + ($1.isList ? 3 : 1) }
    footer.field(1, int: 1)
    footer.list(2, count: elements)
    footer.element { root in
      root.field(4, text: "schema")
      root.field(5, int: Int64(columns.count))
    }
    for column in columns { schema(column, &footer) }
    footer.field(3, int64: Int64(columns.first?.count ?? 0))
    footer.list(4, count: 1)
    footer.element { group in
      group.list(1, count: columns.count)
      for (column, chunk) in zip(columns, chunks) {
        group.element { element in
          element.field(2, int64: Int64(chunk.offset))
          element.structure(3) { meta in
            meta.field(1, int: column.type)
            meta.list(2, count: 2, type: 5)
            meta.rawInt(0)
            meta.rawInt(3)
            let path = column.isList ? [column.name, "list", "element"] : [column.name]
            meta.list(3, count: path.count, type: 8)
            for part in path { meta.rawText(part) }
            meta.field(4, int: 0)
            meta.field(5, int64: Int64(chunk.values))
            meta.field(6, int64: Int64(chunk.size))
            meta.field(7, int64: Int64(chunk.size))
            meta.field(9, int64: Int64(chunk.offset))
          }
        }
      }
      group.field(2, int64: Int64(chunks.reduce(0) { $0 + $1.size }))
      group.field(3, int64: Int64(columns.first?.count ?? 0))
    }
    footer.field(6, text: "kavier")
    footer.stop()
    return footer.bytes
  }

  private static func schema(_ column: ParquetColumn, _ footer: inout ThriftWriter) {
    guard column.isList else {
      return footer.element { element in
        element.field(1, int: column.type)
        element.field(3, int: 0)
        element.field(4, text: column.name)
        if case .text = column.values { element.field(6, int: 0) }
      }
    }
    footer.element { element in
      element.field(3, int: 0)
      element.field(4, text: column.name)
      element.field(5, int: 1)
      element.field(6, int: 3)
    }
    footer.element { element in
      element.field(3, int: 2)
      element.field(4, text: "list")
      element.field(5, int: 1)
    }
    footer.element { element in
      element.field(1, int: 2)
      element.field(3, int: 0)
      element.field(4, text: "element")
    }
  }
}

/// Thrift's compact protocol, as far as Parquet's footers need it.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var lastField: [Int] = [0]

  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func begin(_ field: Int, type: UInt8) {
    let step = field - lastField[lastField.count - 1]
    precondition((1...15).contains(step), "fields ascend in small steps")
    bytes.append(UInt8(step) << 4 | type)
    lastField[lastField.count - 1] = field
  }

  mutating func field(_ field: Int, int value: Int64) {
    begin(field, type: 5)
    rawInt(value)
  }

  mutating func field(_ field: Int, int64 value: Int64) {
    begin(field, type: 6)
    rawInt(value)
  }

  mutating func field(_ field: Int, text: String) {
    begin(field, type: 8)
    rawText(text)
  }

  mutating func structure(_ field: Int, _ body: (inout ThriftWriter) -> Void) {
    begin(field, type: 12)
    element(body)
  }

  /// A list of structures, or of another type; its elements follow.
  mutating func list(_ field: Int, count: Int, type: UInt8 = 12) {
    begin(field, type: 9)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type)
    } else {
      bytes.append(0xf0 | type)
      Self.append(varint: UInt64(count), to: &bytes)
    }
  }

  mutating func element(_ body: (inout ThriftWriter) -> Void) {
    lastField.append(0)
    body(&self)
    stop()
    lastField.removeLast()
  }

  /// Ends a structure.
  mutating func stop() { bytes.append(0) }

  mutating func rawInt(_ value: Int64) {
    Self.append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)), to: &bytes)
  }

  mutating func rawText(_ text: String) {
    Self.append(varint: UInt64(text.utf8.count), to: &bytes)
    bytes += text.utf8
  }
}
