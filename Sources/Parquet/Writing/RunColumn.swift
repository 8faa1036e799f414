/// A column of a row group as runs of equal values, each value once in a dictionary: a run takes the
/// same few bytes however many rows it has.
package struct RunColumn: Sendable {
  private let width: Int
  private var dictionary: [UInt8] = []
  private var entries = 0
  private var places: [UInt64: UInt32] = [:]
  private var runs: [(place: UInt32, rows: Int)] = []
  /// The run that still grows, with no rows before the first value, and the value's bits.
  private var open: (place: UInt32, rows: Int) = (0, 0)
  private var openBits: UInt64 = 0
  /// The same of the value before: columns often alternate between two.
  private var before: (place: UInt32, bits: UInt64)?
  private(set) package var rows = 0

  init(_ type: PhysicalType) { width = type.width ?? 0 }

  package mutating func append(_ value: Int64, rows: Int) {
    append(bits: UInt64(bitPattern: value), rows)
  }

  package mutating func append(_ value: Double, rows: Int) { append(bits: value.bitPattern, rows) }

  /// Adds an entry of the decimal digits of `id`, from 0, to the dictionary, whether or not it has one.
  package mutating func append(id: Int, rows: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var (start, rest) = (digits.count, id)
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      addEntry(text: UnsafeBufferPointer(rebasing: digits[start...]))
    }
    add(UInt32(entries - 1), rows)
  }

  /// Adds the column's one text: its first row's.
  package mutating func append(same text: String, rows: Int) {
    if entries == 0 { addEntry(text: text.utf8) }
    add(0, rows)
  }

  private mutating func addEntry(text: some Collection<UInt8>) {
    dictionary.append(littleEndian: UInt64(text.count), width: 4)
    dictionary += text
    entries += 1
  }

  private mutating func append(bits: UInt64, _ rows: Int) {
    guard rows > 0 else { return }
    if bits == openBits, open.rows > 0 {
      open.rows += rows
      self.rows += rows
    } else {
      let place = place(of: bits)
      if open.rows > 0 { before = (open.place, openBits) }
      openBits = bits
      add(place, rows)
    }
  }

  private mutating func place(of bits: UInt64) -> UInt32 {
    if let before, before.bits == bits { return before.place }
    return places[bits] ?? addEntry(bits)
  }

  private mutating func addEntry(_ bits: UInt64) -> UInt32 {
    dictionary.append(littleEndian: bits, width: width)
    entries += 1
    places[bits] = UInt32(entries - 1)
    return UInt32(entries - 1)
  }

  private mutating func add(_ place: UInt32, _ rows: Int) {
    self.rows += rows
    if open.place == place {
      open.rows += rows
    } else {
      if open.rows > 0 { runs.append(open) }
      open = (place, rows)
    }
  }

  /// Forgets everything, for the next row group.
  mutating func clear() {
    dictionary.removeAll(keepingCapacity: true)
    entries = 0
    places.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    open = (0, 0)
    before = nil
    rows = 0
  }

  /// The column's pages: the dictionary's and one of all rows.
  func chunk(isOptional: Bool) -> WrittenColumn {
    var chunk = WrittenColumn()
    chunk.encodings = [.plain, .runLength, .runLengthDictionary]
    chunk.valueCount = rows
    chunk.bytes = Self.page(dictionary, values: entries, .dictionary)
    chunk.dictionarySize = chunk.bytes.count
    chunk.bytes += Self.page((isOptional ? levels : []) + encodedRuns, values: rows, .data)
    chunk.size = chunk.bytes.count
    chunk.fullSize = chunk.bytes.count
    return chunk
  }

  /// Every row has a value: one run of the definition level 1, behind its length.
  private var levels: [UInt8] {
    var run: [UInt8] = []
    run.append(varint: UInt64(rows) << 1)
    run.append(1)
    var levels: [UInt8] = []
    levels.append(littleEndian: UInt64(run.count), width: 4)
    return levels + run
  }

  /// The runs as places in the dictionary, behind the bits that a place takes.
  private var encodedRuns: [UInt8] {
    let width = max(1, Bits.width(UInt64(max(0, entries - 1))))
    var bytes = [UInt8(width)]
    for run in runs + [open] {
      bytes.append(varint: UInt64(run.rows) << 1)
      bytes.append(littleEndian: UInt64(run.place), width: (width + 7) / 8)
    }
    return bytes
  }

  private static func page(_ body: [UInt8], values: Int, _ type: PageType) -> [UInt8] {
    let isData = type == .data
    var header = ThriftWriter()
    header.field(1, int: type.rawValue)
    header.field(2, int: Int64(body.count))
    header.field(3, int: Int64(body.count))
    header.structure(isData ? 5 : 7) { page in
      page.field(1, int: Int64(values))
      page.field(2, int: (isData ? PageEncoding.runLengthDictionary : .plain).rawValue)
      guard isData else { return }
      page.field(3, int: PageEncoding.runLength.rawValue)
      page.field(4, int: PageEncoding.runLength.rawValue)
    }
    header.stop()
    return header.bytes + body
  }
}
