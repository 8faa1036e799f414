/// A column of a row group as pages.
struct ColumnWriter {
  private let field: ParquetField
  private let compression: ParquetCompression
  private let integers: ParquetIntegers
  private var chunk = WrittenColumn()

  init(
    _ field: ParquetField, _ compression: ParquetCompression, integers: ParquetIntegers = .plain
  ) {
    self.field = field
    self.compression = compression
    self.integers = integers
  }

  func write(_ column: ParquetColumn) -> WrittenColumn {
    var writer = self
    writer.append(column)
    return writer.chunk
  }

  private mutating func append(_ column: ParquetColumn) {
    precondition(field.isOptional || column.isNull == nil, "a required column lacks values")
    chunk.nullCount = column.isNull?.count { $0 } ?? 0
    chunk.encodings = [.plain, .runLength]
    var page: [UInt8]
    switch column.values {
    case .lists(let lists): page = listPage(lists, column)
    case .texts(let texts):
      if let dictionary = TextDictionary(texts, column) {
        return append(dictionary, column)
      }
      page = levels(column)
      for row in 0..<texts.count where column.hasValue(row) { page.append(plain: texts, row) }
    case .booleans(let values):
      page = levels(column)
      let bits = values.indices.filter { column.hasValue($0) }.map { values[$0] ? 1 as UInt64 : 0 }
      Bits.append(bits, width: 1, to: &page)
    case .integers(let values) where integers == .differences && field.type.physical == .int64:
      chunk.encodings = [.deltaBinaryPacked, .runLength]
      let present = column.isNull.map { isNull in
        zip(values, isNull).compactMap { $1 ? nil : $0 }
      }
      let page = levels(column) + DeltaEncoder.bytes(present ?? values)
      return appendData(page, values: column.count, .deltaBinaryPacked)
    case .integers(let values):
      page = levels(column)
      let width = field.type.physical.width ?? 8
      for row in values.indices where column.hasValue(row) {
        precondition(width == 8 || Int32(exactly: values[row]) != nil, "more than 32 bits")
        page.append(littleEndian: UInt64(bitPattern: values[row]), width: width)
      }
    case .doubles(let values):
      page = levels(column)
      for row in values.indices where column.hasValue(row) { append(values[row], to: &page) }
    }
    appendData(page, values: chunk.valueCount == 0 ? column.count : chunk.valueCount, .plain)
  }

  private func append(_ value: Double, to page: inout [UInt8]) {
    if field.type == .float {
      page.append(littleEndian: UInt64(Float(value).bitPattern), width: 4)
    } else {
      page.append(littleEndian: value.bitPattern, width: 8)
    }
  }

  /// Which rows have a value.
  private func levels(_ column: ParquetColumn) -> [UInt8] {
    guard field.isOptional else { return [] }
    guard column.isNull != nil else { return Self.allPresent(column.count) }
    return Self.levels((0..<column.count).map { column.hasValue($0) ? 1 : 0 }, most: 1)
  }

  /// One run of the definition level 1, behind its length.
  private static func allPresent(_ rows: Int) -> [UInt8] {
    var run: [UInt8] = []
    if rows > 0 {
      run.append(varint: UInt64(rows) << 1)
      run.append(1)
    }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(run.count), width: 4)
    return bytes + run
  }

  private static func levels(_ levels: [UInt32], most: Int) -> [UInt8] {
    let runs = RunLengthEncoder.bytes(levels, width: Bits.width(UInt64(most)))
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(runs.count), width: 4)
    return bytes + runs
  }

  /// The numbers as differences, since ids of blocks are runs.
  private mutating func listPage(_ lists: ParquetLists, _ column: ParquetColumn) -> [UInt8] {
    let list: UInt32 = field.isOptional ? 1 : 0
    var repetitions: [UInt32] = []
    var definitions: [UInt32] = []
    var values: [Int64] = []
    for row in 0..<lists.count {
      let elements = column.hasValue(row) ? lists[row] : []
      repetitions.append(0)
      if elements.isEmpty {
        definitions.append(column.hasValue(row) ? list : 0)
      } else {
        repetitions += repeatElement(1, count: elements.count - 1)
        definitions += repeatElement(list + 1, count: elements.count)
        values += elements
      }
    }
    chunk.valueCount = repetitions.count
    chunk.encodings = [.deltaBinaryPacked, .runLength]
    return Self.levels(repetitions, most: 1) + Self.levels(definitions, most: Int(list) + 1)
      + DeltaEncoder.bytes(values)
  }

  private mutating func append(_ dictionary: TextDictionary, _ column: ParquetColumn) {
    chunk.encodings = [.plain, .runLength, .runLengthDictionary]
    appendPage(dictionary.page, .dictionary) { header in
      header.structure(7) { header in
        header.field(1, int: Int64(dictionary.count))
        header.field(2, int: PageEncoding.plain.rawValue)
      }
    }
    chunk.dictionarySize = chunk.bytes.count
    let width = max(1, Bits.width(UInt64(max(0, dictionary.count - 1))))
    let indices = RunLengthEncoder.bytes(dictionary.indices, width: width)
    appendData(
      levels(column) + [UInt8(width)] + indices, values: column.count, .runLengthDictionary)
  }

  private mutating func appendData(_ page: [UInt8], values: Int, _ encoding: PageEncoding) {
    let encoding = field.type.isList ? .deltaBinaryPacked : encoding
    chunk.valueCount = values
    appendPage(page, .data) { header in
      header.structure(5) { header in
        header.field(1, int: Int64(values))
        header.field(2, int: encoding.rawValue)
        header.field(3, int: PageEncoding.runLength.rawValue)
        header.field(4, int: PageEncoding.runLength.rawValue)
      }
    }
  }

  private mutating func appendPage(
    _ page: [UInt8], _ type: PageType, _ describe: (inout ThriftWriter) -> Void
  ) {
    precondition(page.count < 1 << 31, "a page has less than 2 GiB; row groups are too large")
    let stored = compression == .snappy ? Snappy.compress(page) : page
    var header = ThriftWriter()
    header.field(1, int: type.rawValue)
    header.field(2, int: Int64(page.count))
    header.field(3, int: Int64(stored.count))
    describe(&header)
    header.stop()
    chunk.bytes += header.bytes + stored
    chunk.size = chunk.bytes.count
    chunk.fullSize += header.bytes.count + page.count
  }
}

extension [UInt8] {
  fileprivate mutating func append(plain texts: ParquetTexts, _ index: Int) {
    append(plain: texts, bytesAt: texts.range(index))
  }

  fileprivate mutating func append(plain texts: ParquetTexts, bytesAt range: Range<Int>) {
    append(littleEndian: UInt64(range.count), width: 4)
    append(contentsOf: texts.storage[range])
  }
}

/// The different texts of a column, where they are few enough to save space.
private struct TextDictionary {
  private(set) var page: [UInt8] = []
  private(set) var indices: [UInt32] = []
  private(set) var count = 0

  init?(_ texts: ParquetTexts, _ column: ParquetColumn) {
    if let places = texts.places {
      takeWords(of: texts, places, column.isNull)
      return
    }
    var known: [String: UInt32] = [:]
    let most = texts.count / 2
    for row in 0..<texts.count where column.hasValue(row) {
      let text = texts[row]
      if let index = known[text] {
        indices.append(index)
        continue
      }
      guard count < most, page.count < 1 << 20 else { return nil }
      indices.append(UInt32(count))
      known[text] = UInt32(count)
      page.append(plain: texts, row)
      count += 1
    }
  }

  /// The words as they are.
  private mutating func takeWords(
    of texts: ParquetTexts, _ places: [UInt32], _ isNull: [Bool]?
  ) {
    count = texts.wordCount
    for word in 0..<count { page.append(plain: texts, bytesAt: texts.wordRange(word)) }
    indices = isNull.map { zip(places, $0).compactMap { $1 ? nil : $0 } } ?? places
  }
}
