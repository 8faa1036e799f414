import TextAndBytes

/// Formats whose records are JSON too nested for columns.
extension TraceFeed {
  /// Calls `body` for each JSON object of a file, or of each file of a directory: one a line, each
  /// over several lines, or the items of an array.
  func eachObject(
    _ body: (JSON, JSONPlace) throws(FileProblem) -> Void
  ) throws(FileProblems) {
    for file in Folder.jsonFiles(path) {
      do throws(FileProblem) {
        try eachObject(of: file, body)
      } catch {
        problems.add(error)
        throw problems
      }
    }
  }

  private func eachObject(
    of file: String, _ body: (JSON, JSONPlace) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    var lines = try LineReader.open(path: file, rowsAs: .jsonLines)
    var isFirst = true
    while try lines.advance() {
      guard lines.line.contains(where: { lines.buffer[$0] > UInt8(ascii: " ") }) else { continue }
      let place = JSONPlace(file: file, line: lines.number)
      let json: JSON
      do throws(JSONFailure) {
        json = try JSON(lines.buffer.span.extracting(lines.line))
      } catch {
        // A document over several lines breaks off at the end of its first.
        if isFirst, error.position >= lines.line.count {
          for (json, line) in try JSON.documents(file) {
            try Self.items(json, JSONPlace(file: file, line: line), body)
          }
          return
        }
        report(
          "no JSON object: column \(error.position + 1): expected \(error.expected)", at: place)
        drop(Self.unreadable)
        continue
      }
      isFirst = false
      try Self.items(json, place, body)
    }
  }

  private static func items(
    _ json: JSON, _ place: JSONPlace, _ body: (JSON, JSONPlace) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    guard let items = json.array else { return try body(json, place) }
    var place = place
    for (index, item) in items.enumerated() {
      place.item = index
      // Zipkin lists traces, which are lists of spans.
      if item.array == nil {
        try body(item, place)
      } else {
        try Self.items(item, place, body)
      }
    }
  }

  func report(_ message: String, at place: JSONPlace) {
    let item = place.item.map { "item \($0): " } ?? ""
    report(item + message, line: place.line, file: place.file)
  }
}

/// Where an object of a file stands.
struct JSONPlace {
  var file: String
  var line: Int
  /// Its place in an array, from 0.
  var item: Int?
}

/// Takes an object apart field by field; what nobody asked for is left for `extra`.
struct ObjectFields {
  private(set) var rest: [JSON.Field]
  private let place: JSONPlace
  private let feed: TraceFeed
  private(set) var isSound = true

  init(_ json: JSON, _ place: JSONPlace, _ feed: TraceFeed) {
    rest = json.fields ?? []
    self.place = place
    self.feed = feed
    if json.fields == nil { fail("found \(excerpt(json.compact)); an object is needed") }
  }

  mutating func fail(_ message: String) {
    isSound = false
    feed.report(message, at: place)
  }

  /// The value of a key, which is then taken out; nil for null.
  mutating func take(_ key: String) -> JSON? {
    guard let index = rest.firstIndex(where: { $0.key == key }) else { return nil }
    let value = rest.remove(at: index).value
    return value == .null ? nil : value
  }

  /// A field of the record from a key's value; false where it has none.
  @discardableResult
  mutating func take(_ record: inout TraceRecord, _ field: TraceField, _ key: String) -> Bool {
    guard let value = take(key) else { return false }
    switch field.kind {
    case .integer(let bounds):
      guard let number = value.integer, bounds.contains(number) else {
        fail(
          """
          \(key): found \(excerpt(value.compact)); allowed are whole numbers from \
          \(bounds.lowerBound) to \(bounds.upperBound)
          """)
        return false
      }
      record[field] = number
    case .flag: record[field] = value.flag.map { $0 ? 1 : 0 }
    case .text, .choice: record[text: field] = value.text ?? value.compact
    case .json: record[text: field] = value.compact
    case .ids, .prefix: preconditionFailure("lists are taken apart by the reader")
    }
    return true
  }

  mutating func need(_ record: inout TraceRecord, _ field: TraceField, _ key: String) {
    let before = isSound
    if !take(&record, field, key), isSound == before { fail("\(key): has no value") }
  }

  /// A time of a unit that is `scale` decimals of a nanosecond, in microseconds.
  mutating func take(
    _ record: inout TraceRecord, _ field: TraceField, _ key: String, _ unit: TimeUnit
  ) {
    guard let value = take(key) else { return }
    let unit = field == .arrival ? feed.unit(of: key, unit) : unit
    guard let time = value.scaled(unit.decimals), field == .arrival || time >= 0 else {
      return fail("\(key): found \(excerpt(value.compact)); allowed are numbers of \(unit.name)")
    }
    if field == .arrival { record.arrival = time } else { record[field] = time / 1000 }
  }

  /// What is left, as the record's `extra`.
  func extra(and more: [JSON.Field] = []) -> String? {
    let fields = rest.filter { $0.value != .null } + more
    return fields.isEmpty ? nil : JSON.object(fields).compact
  }
}
