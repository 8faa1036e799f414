/// The values of a page, those of rows without one left out.
enum ValueDecoder {
  case plain(PlainDecoder)
  /// Indices into the column's dictionary.
  case dictionary(RunLengthDecoder)
  case truth(RunLengthDecoder)
  case delta(DeltaDecoder, isNarrow: Bool)
  case deltaTexts(DeltaTextDecoder)

  init(
    _ cursor: ByteCursor, encoding number: Int64, shape: ColumnShape
  ) throws(ParquetProblem) {
    guard let encoding = PageEncoding(rawValue: number) else {
      throw ParquetProblem("a page is in the unknown encoding \(number)")
    }
    var cursor = cursor
    switch (encoding, shape.physical) {
    case (.plain, _):
      self = .plain(PlainDecoder(cursor, shape))
    case (.plainDictionary, _), (.runLengthDictionary, _):
      // Without values there may be no width either.
      let width = cursor.left == 0 ? 0 : Int(try cursor.littleEndian(1))
      self = .dictionary(try RunLengthDecoder(cursor, width: width))
    case (.runLength, .boolean):
      let size = Int(try cursor.littleEndian(4))
      self = .truth(try RunLengthDecoder(try cursor.part(size), width: 1))
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
      self = .delta(try DeltaDecoder(cursor), isNarrow: shape.physical == .int32)
    case (.deltaLengthByteArray, .byteArray):
      self = .deltaTexts(try DeltaTextDecoder(lengths: cursor))
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedByteArray):
      self = .deltaTexts(try DeltaTextDecoder(prefixes: cursor))
    default:
      throw ParquetProblem(
        "a page is in the encoding \(encoding), which is not read for values of type \(shape.physical)"
      )
    }
  }

  /// Appends the next `count` values.
  mutating func append(
    _ count: Int, to values: inout ParquetValues, _ dictionary: ParquetValues?, _ shape: ColumnShape
  ) throws(ParquetProblem) {
    switch self {
    case .plain(var decoder):
      try decoder.append(count, to: &values)
      self = .plain(decoder)
    case .dictionary(var decoder):
      guard let dictionary else { throw .damaged("a dictionary is missing") }
      try DictionaryValues.append(count, of: dictionary, at: &decoder, to: &values)
      self = .dictionary(decoder)
    case .truth(var decoder):
      guard case .booleans(var truths) = values else { return }
      values = .booleans([])
      for _ in 0..<count { truths.append(try decoder.next() == 1) }
      values = .booleans(truths)
      self = .truth(decoder)
    case .delta(var decoder, isNarrow: false):
      if case .integers(var integers) = values {
        values = .integers([])
        try decoder.append(count, to: &integers)
        values = .integers(integers)
      } else {
        try values.appendIntegers(count) { () throws(ParquetProblem) in try decoder.next() }
      }
      self = .delta(decoder, isNarrow: false)
    case .delta(var decoder, isNarrow: true):
      try values.appendIntegers(count) { () throws(ParquetProblem) in
        let bits = Int32(truncatingIfNeeded: try decoder.next())
        return shape.isUnsigned32 ? Int64(UInt32(bitPattern: bits)) : Int64(bits)
      }
      self = .delta(decoder, isNarrow: true)
    case .deltaTexts(var decoder):
      try decoder.append(count, to: &values)
      self = .deltaTexts(decoder)
    }
  }
}

extension ParquetValues {
  /// Beyond this a batch of rows does not fit the memory that reading may take.
  private static let most = 1 << 25

  /// Appends whole numbers, which the values of lists are, too.
  mutating func appendIntegers(
    _ count: Int, _ next: () throws(ParquetProblem) -> Int64
  ) throws(ParquetProblem) {
    switch self {
    case .integers(var integers):
      self = .integers([])
      integers.reserveCapacity(integers.count + count)
      for _ in 0..<count { integers.append(try next()) }
      self = .integers(integers)
    case .lists(var lists):
      self = .lists(ParquetLists())
      guard lists.values.count + count <= Self.most else {
        throw ParquetProblem("lists of a few rows have more than \(Self.most) numbers")
      }
      for _ in 0..<count { lists.values.append(try next()) }
      self = .lists(lists)
    default: throw .damaged("numbers stand where there should be none")
    }
  }
}

extension ParquetTexts {
  private static let most = 1 << 28

  /// Appends a text unless those of a batch of rows take up more memory than reading may.
  mutating func appendBounded(_ bytes: some Collection<UInt8>) throws(ParquetProblem) {
    try check(size + bytes.count)
    append(bytes)
  }

  /// The same of a word.
  mutating func appendBounded(place: UInt32) throws(ParquetProblem) {
    append(place: place)
    try check(size)
  }

  private func check(_ size: Int) throws(ParquetProblem) {
    guard size <= Self.most else {
      throw ParquetProblem("texts of a few rows take more than \(Self.most >> 20) MiB")
    }
  }
}

/// Values by their places in a dictionary.
enum DictionaryValues {
  static func append(
    _ count: Int, of dictionary: ParquetValues, at indices: inout RunLengthDecoder,
    to values: inout ParquetValues
  ) throws(ParquetProblem) {
    let size = dictionary.count
    func place(_ index: UInt32) throws(ParquetProblem) -> Int {
      guard Int(index) < size else {
        throw .damaged("a value is number \(index) of a dictionary of \(size)")
      }
      return Int(index)
    }
    switch dictionary {
    case .integers(let entries):
      try values.appendIntegers(count) { () throws(ParquetProblem) in
        entries[try place(try indices.next())]
      }
    case .doubles(let entries):
      guard case .doubles(var doubles) = values else { return }
      values = .doubles([])
      for _ in 0..<count { doubles.append(entries[try place(try indices.next())]) }
      values = .doubles(doubles)
    case .texts(let entries):
      guard case .texts(var texts) = values else { return }
      values = .texts(ParquetTexts())
      if texts.count == 0 { texts.beginPlaces(of: entries) }
      for _ in 0..<count {
        let place = try place(try indices.next())
        if texts.places != nil {
          try texts.appendBounded(place: UInt32(place))
        } else {
          try texts.appendBounded(entries.storage[entries.range(place)])
        }
      }
      values = .texts(texts)
    case .booleans, .lists: throw .damaged("a dictionary has values that no dictionary has")
    }
  }
}
