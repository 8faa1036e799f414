/// Values of a column, an entry a row; a row without value has any.
package struct ParquetColumn: Hashable, Sendable {
  package var values: ParquetValues
  /// Which rows have no value; nil: every row has one.
  package var isNull: [Bool]?

  package init(_ values: ParquetValues, isNull: [Bool]? = nil) {
    self.values = values
    self.isNull = isNull
  }

  /// nil is no value.
  package init(_ values: [Int64?]) {
    self.init(.integers(values.map { $0 ?? 0 }), isNull: Self.nulls(values))
  }

  package init(_ values: [Double?]) {
    self.init(.doubles(values.map { $0 ?? 0 }), isNull: Self.nulls(values))
  }

  package init(_ values: [String?]) {
    self.init(.texts(ParquetTexts(values.map { $0 ?? "" })), isNull: Self.nulls(values))
  }

  package init(_ values: [Bool?]) {
    self.init(.booleans(values.map { $0 ?? false }), isNull: Self.nulls(values))
  }

  private static func nulls<Value>(_ values: [Value?]) -> [Bool]? {
    let nulls = values.map { $0 == nil }
    return nulls.contains(true) ? nulls : nil
  }

  package var count: Int { values.count }

  package func hasValue(_ row: Int) -> Bool { isNull.map { !$0[row] } ?? true }
}

package enum ParquetValues: Hashable, Sendable {
  case booleans([Bool])
  /// Of 32 or 64 bits, as the field says. Unsigned ones of 64 bits keep their bits.
  case integers([Int64])
  /// Of 32 or 64 bits, as the field says.
  case doubles([Double])
  case texts(ParquetTexts)
  case lists(ParquetLists)

  package var count: Int {
    switch self {
    case .booleans(let values): values.count
    case .integers(let values): values.count
    case .doubles(let values): values.count
    case .texts(let values): values.count
    case .lists(let values): values.count
    }
  }

  /// No values yet, of the kind that a type has.
  init(noneOf type: ParquetType) {
    switch type {
    case .boolean: self = .booleans([])
    case .int32, .int64, .date, .timestamp: self = .integers([])
    case .float, .double: self = .doubles([])
    case .text, .bytes: self = .texts(ParquetTexts())
    case .int32List, .int64List: self = .lists(ParquetLists())
    }
  }
}

/// Texts or bytes, one behind the other; or a few words, and which of them each text is.
package struct ParquetTexts: Hashable, Sendable {
  package private(set) var storage: [UInt8] = []
  /// Where each ends in `storage`.
  private var ends: [Int] = []
  /// Which of the stored words each text is; nil: the stored ones are the texts.
  package private(set) var places: [UInt32]?
  /// Bytes of all texts together.
  private(set) var size = 0
  /// The place of a row without a text.
  package static let nowhere = UInt32.max

  package init() {}

  package init(_ texts: [String]) { for text in texts { append(text.utf8) } }

  /// Texts that are `words[place]` for each of `places`; the writer keeps the words in this order,
  /// those included that no text is. Rows without a text are `nowhere`.
  package init(words: [String], places: [UInt32]) {
    precondition(
      places.allSatisfy { $0 < words.count || $0 == Self.nowhere }, "a text is none of the words")
    for word in words { append(word.utf8) }
    size = 0
    self.places = []
    self.places?.reserveCapacity(places.count)
    for place in places { append(place: place) }
  }

  package var count: Int { places?.count ?? ends.count }

  /// Where a text lies in `storage`.
  package func range(_ index: Int) -> Range<Int> {
    wordRange(places.map { Int($0[index]) } ?? index)
  }

  /// As text; bytes that are no UTF-8 are replaced.
  package subscript(index: Int) -> String { String(decoding: storage[range(index)], as: UTF8.self) }

  /// How many are stored: words, or texts.
  package var wordCount: Int { ends.count }

  package func word(_ index: Int) -> String {
    String(decoding: storage[wordRange(index)], as: UTF8.self)
  }

  func wordRange(_ index: Int) -> Range<Int> {
    guard index < ends.count else { return 0..<0 }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    storage.append(contentsOf: bytes)
    size += storage.count - (ends.last ?? 0)
    ends.append(storage.count)
    places?.append(UInt32(ends.count - 1))
  }

  /// Texts that follow are given as places among `words`.
  mutating func beginPlaces(of words: ParquetTexts) {
    (storage, ends, places, size) = (words.storage, words.ends, [], 0)
  }

  mutating func append(place: UInt32) {
    places?.append(place)
    size += wordRange(Int(place)).count
  }

  /// The same with `places` in place of its own.
  func at(_ places: [UInt32]) -> ParquetTexts {
    var texts = self
    texts.places = places
    return texts
  }
}

extension ParquetTexts {
  /// Whether the texts are the same, however they are stored.
  package static func == (a: Self, b: Self) -> Bool {
    a.count == b.count
      && (0..<a.count).allSatisfy { a.storage[a.range($0)] == b.storage[b.range($0)] }
  }

  package func hash(into hasher: inout Hasher) {
    for index in 0..<count { hasher.combine(storage[range(index)]) }
  }
}

/// Lists of whole numbers, one behind the other.
package struct ParquetLists: Hashable, Sendable {
  package var values: [Int64] = []
  /// Where each ends in `values`.
  private var ends: [Int] = []

  package init() {}

  package init(_ lists: [[Int64]]) { for list in lists { append(list) } }

  package var count: Int { ends.count }

  package subscript(index: Int) -> ArraySlice<Int64> {
    values[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  package mutating func append(_ list: some Collection<Int64>) {
    values.append(contentsOf: list)
    endList()
  }

  /// Ends the list that the values behind the last one make up.
  mutating func endList() { ends.append(values.count) }
}
