/// Reads a column of a row group, page by page.
final class ColumnReader {
  let shape: ColumnShape
  private let file: FileBytes
  private let codec: Int64
  private var at: Int64
  private let end: Int64
  /// Entries that pages to come have: values, absent ones, and empty lists.
  private var left: Int64
  private var dictionary: ParquetValues?
  private var page: Page?

  /// A page's entries.
  private struct Page {
    var left: Int
    var repetitions: RunLengthDecoder?
    var definitions: RunLengthDecoder?
    var values: ValueDecoder
  }

  init(_ file: FileBytes, _ shape: ColumnShape, _ metadata: ColumnMetadata, rows: Int64)
    throws(ParquetProblem)
  {
    guard metadata.file == nil else {
      throw ParquetProblem("column \(shape.field.name) is in another file; join them first")
    }
    guard metadata.type == shape.physical.rawValue, metadata.valueCount >= 0,
      shape.field.type.isList || metadata.valueCount == rows, metadata.size >= 0,
      metadata.start >= 0, metadata.start <= file.size, metadata.size <= file.size - metadata.start
    else { throw .damaged("what it says of column \(shape.field.name) does not add up") }
    self.file = file
    self.shape = shape
    codec = metadata.codec
    at = metadata.start
    end = metadata.start + metadata.size
    left = metadata.valueCount
  }

  /// The next `rows` rows.
  func read(rows: Int) throws(ParquetProblem) -> ParquetColumn {
    shape.field.type.isList ? try readLists(rows) : try readSingle(rows)
  }

  private func readSingle(_ rows: Int) throws(ParquetProblem) -> ParquetColumn {
    var values = ParquetValues(noneOf: shape.field.type)
    var isNull: [Bool] = []
    var hasNull = false
    var done = 0
    while done < rows {
      var page = try currentPage()
      let count = min(rows - done, page.left)
      var present = count
      if var definitions = page.definitions {
        present = 0
        for _ in 0..<count {
          let level = try definitions.next()
          isNull.append(level == 0)
          present += level == 0 ? 0 : 1
        }
        page.definitions = definitions
        hasNull = hasNull || present < count
      }
      try page.values.append(present, to: &values, dictionary, shape)
      page.left -= count
      done += count
      self.page = page
    }
    guard hasNull else { return ParquetColumn(values) }
    return ParquetColumn(values.spread(over: isNull), isNull: isNull)
  }

  private func readLists(_ rows: Int) throws(ParquetProblem) -> ParquetColumn {
    var lists = ParquetValues(noneOf: shape.field.type)
    var isNull: [Bool] = []
    var isOpen = false
    while true {
      guard page != nil || left > 0 else {
        guard isNull.count == rows else { throw .damaged("a column has too few rows") }
        break
      }
      var page = try currentPage()
      var (pending, taken) = (0, 0)
      while taken < page.left {
        // Another row begins where nothing is repeated: that one is for the next call.
        var ahead = page.repetitions
        let isNew = try ahead?.next() ?? 0 == 0
        if isNew, isNull.count == rows { break }
        guard isNew || isOpen else { throw .damaged("a list goes on that did not begin") }
        page.repetitions = ahead
        taken += 1
        let level = Int(try page.definitions?.next() ?? UInt32(shape.definitions))
        if isNew {
          try page.values.append(pending, to: &lists, dictionary, shape)
          pending = 0
          if isOpen { lists.endList() }
          isNull.append(level < shape.listLevel)
          isOpen = true
        }
        if level == shape.definitions {
          pending += 1
        } else if level > shape.listLevel {
          throw ParquetProblem("column \(shape.field.name) has a list with an empty element")
        }
      }
      try page.values.append(pending, to: &lists, dictionary, shape)
      page.left -= taken
      self.page = page.left > 0 ? page : nil
      if page.left > 0 { break }
    }
    if isOpen { lists.endList() }
    return ParquetColumn(lists, isNull: isNull.contains(true) ? isNull : nil)
  }

  /// The page with the next entries.
  private func currentPage() throws(ParquetProblem) -> Page {
    if let page, page.left > 0 { return page }
    while true {
      let (header, bytes) = try readPage()
      switch header.type {
      case .dictionary: try setDictionary(header, bytes)
      case .index: continue
      case .data, .dataV2:
        guard header.valueCount <= left else { throw .damaged("a page has too many values") }
        left -= header.valueCount
        guard header.valueCount > 0 else { continue }
        return try opened(header, bytes)
      }
    }
  }

  private func readPage() throws(ParquetProblem) -> (PageHeader, [UInt8]) {
    guard at < end else { throw .damaged("column \(shape.field.name) has too few values") }
    let header = try readHeader()
    at += Int64(header.length)
    guard header.size <= end - at else { throw .cutOff }
    let stored = try file.read(at: at, count: Int(header.size))
    at += header.size
    guard header.type != .index else { return (header, stored) }
    guard header.type == .dataV2 else {
      return (
        header, try Decompression.bytes(stored, codec: codec, size: Int(header.fullSize))
      )
    }
    // Levels come first and are not compressed.
    let levels = header.definitionSize + header.repetitionSize
    guard header.definitionSize >= 0, header.repetitionSize >= 0, levels <= header.size,
      levels <= header.fullSize
    else { throw .damaged("a page's levels are longer than the page") }
    guard header.isCompressed, header.size > levels else { return (header, stored) }
    let values = try Decompression.bytes(
      Array(stored[Int(levels)...]), codec: codec, size: Int(header.fullSize - levels))
    return (header, stored[..<Int(levels)] + values)
  }

  /// Headers are short unless they have long texts as least and greatest values.
  private func readHeader() throws(ParquetProblem) -> PageHeader {
    var window = 256
    while true {
      let count = Int(min(Int64(window), end - at))
      do {
        return try PageHeader(try file.read(at: at, count: count))
      } catch {
        guard error == .cutOff, Int64(count) < end - at, window < 1 << 24 else { throw error }
        window *= 16
      }
    }
  }

  private func setDictionary(_ header: PageHeader, _ bytes: [UInt8]) throws(ParquetProblem) {
    guard dictionary == nil, let count = Int(exactly: header.valueCount), count <= bytes.count
    else { throw .damaged("a dictionary does not add up") }
    var single = shape
    if shape.field.type.isList { single.field.type = .int64 }
    var values = ParquetValues(noneOf: single.field.type)
    var decoder = PlainDecoder(ByteCursor(bytes), single)
    try decoder.append(count, to: &values)
    dictionary = values
  }

  private func opened(_ header: PageHeader, _ bytes: [UInt8]) throws(ParquetProblem) -> Page {
    var cursor = ByteCursor(bytes)
    let isSecond = header.type == .dataV2
    func levels(
      _ most: Int, _ encoding: Int64, _ size: Int64
    ) throws(ParquetProblem) -> RunLengthDecoder? {
      guard most > 0 else {
        if isSecond { _ = try cursor.take(Int(size)) }
        return nil
      }
      guard isSecond || encoding == PageEncoding.runLength.rawValue else {
        throw ParquetProblem("a page has levels in the outdated encoding BIT_PACKED")
      }
      let count = isSecond ? Int(size) : Int(try cursor.littleEndian(4))
      return try RunLengthDecoder(try cursor.part(count), width: Bits.width(UInt64(most)))
    }
    let repetitions = try levels(
      shape.field.type.isList ? 1 : 0, header.repetitionEncoding, header.repetitionSize)
    let definitions = try levels(
      shape.definitions, header.definitionEncoding, header.definitionSize)
    return Page(
      left: Int(header.valueCount), repetitions: repetitions, definitions: definitions,
      values: try ValueDecoder(cursor, encoding: header.encoding, shape: shape))
  }
}

extension ParquetValues {
  mutating func endList() {
    guard case .lists(var lists) = self else { return }
    self = .lists(ParquetLists())
    lists.endList()
    self = .lists(lists)
  }

  /// With an entry for each row, also those without a value.
  func spread(over isNull: [Bool]) -> ParquetValues {
    func spread<Value>(_ values: [Value], _ none: Value) -> [Value] {
      var next = 0
      return isNull.map { isNull in
        guard !isNull else { return none }
        defer { next += 1 }
        return values[next]
      }
    }
    switch self {
    case .booleans(let values): return .booleans(spread(values, false))
    case .integers(let values): return .integers(spread(values, 0))
    case .doubles(let values): return .doubles(spread(values, 0))
    case .texts(let values):
      if let places = values.places {
        return .texts(values.at(spread(places, ParquetTexts.nowhere)))
      }
      var all = ParquetTexts()
      var next = 0
      for isNull in isNull {
        all.append(isNull ? [] : values.storage[values.range(next)])
        next += isNull ? 0 : 1
      }
      return .texts(all)
    case .lists: return self
    }
  }
}
