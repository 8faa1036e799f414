/// One JSON object a line.
extension RecordReader {
  /// Scans the current line; false when it is no JSON object or lacks a required key.
  mutating func scanJSON() throws(FileProblem) -> Bool {
    var found: [Cell] = []
    var others: [(name: Range<Int>, value: Cell)] = []
    // Taken out and put back, since the line and its cells cannot be in use together.
    swap(&found, &cells)
    swap(&others, &unmapped)
    let failure = Self.scan(
      lines.buffer.span.extracting(lines.line), keys: keys, hasPaths: hasPaths, into: &found,
      others: &others)
    swap(&found, &cells)
    swap(&others, &unmapped)
    if let failure {
      report(
        "no JSON object: column \(failure.position + 1): expected \(failure.expected)\(cutOffHint)")
      return false
    }
    let missing = columns.indices.filter { columns[$0].isRequired && isAbsent($0) }
    guard !missing.isEmpty else { return true }
    let names = (try? JSONKeys.of(lines.buffer.span.extracting(lines.line))) ?? []
    report(
      Spelling.missing(
        missing.map { columns[$0].name }, found: names, kind: kind, required: required))
    return false
  }

  /// That the object lacks keys that it needs, with those that may be meant by them.
  package mutating func reportMissing(_ names: [String], of needed: [String]) {
    report(Spelling.missing(names, found: objectKeys, kind: kind, required: needed))
  }

  /// Whether the object has a key that no column is named by and that is spelt like `name`.
  package func hasKey(near name: String) -> Bool {
    guard !unmapped.isEmpty else { return false }
    let known = columns.map(\.name)
    return Spelling.nearest(to: name, of: objectKeys.filter { !known.contains($0) }) != nil
  }

  private var objectKeys: [String] {
    (try? JSONKeys.of(lines.buffer.span.extracting(lines.line))) ?? []
  }

  private static func scan(
    _ bytes: borrowing Span<UInt8>, keys: [[UInt8]], hasPaths: Bool, into cells: inout [Cell],
    others: inout [(name: Range<Int>, value: Cell)]
  ) -> JSONFailure? {
    for column in cells.indices { cells[column] = .absent }
    others.removeAll(keepingCapacity: true)
    var scanner = JSONScanner(allowsNonFinite: true)
    do throws(JSONFailure) {
      try scanner.beginObject(bytes)
      while let key = try scanner.nextKey(bytes) {
        let cell = try scanner.value(bytes)
        if let column = column(bytes.extracting(key), among: keys) {
          cells[column] = cell
        } else if cell.kind != .absent {
          others.append((key, cell))
        }
        // An object may be asked for as a whole and by its parts.
        if hasPaths, isObject(cell, bytes) {
          try scanObject(cell, bytes, path: bytes.extracting(key).bytes, keys, &cells)
        }
      }
      try scanner.end(bytes)
      return nil
    } catch {
      return error
    }
  }

  private static func isObject(_ cell: Cell, _ bytes: borrowing Span<UInt8>) -> Bool {
    cell.kind == .nested && bytes[cell.start] == UInt8(ascii: "{")
  }

  /// Finds the columns that lie in a nested object.
  private static func scanObject(
    _ object: Cell, _ bytes: borrowing Span<UInt8>, path: [UInt8], _ keys: [[UInt8]],
    _ cells: inout [Cell]
  ) throws(JSONFailure) {
    let prefix = path + [UInt8(ascii: ".")]
    guard keys.contains(where: { $0.starts(with: prefix) }) else { return }
    var scanner = JSONScanner(at: object.start, allowsNonFinite: true)
    try scanner.beginObject(bytes)
    while let key = try scanner.nextKey(bytes) {
      let cell = try scanner.value(bytes)
      let name = prefix + bytes.extracting(key).bytes
      if let column = keys.firstIndex(of: name) { cells[column] = cell }
      if isObject(cell, bytes) { try scanObject(cell, bytes, path: name, keys, &cells) }
    }
  }

  private static func column(_ key: borrowing Span<UInt8>, among keys: [[UInt8]]) -> Int? {
    for column in keys.indices where keys[column].count == key.count {
      var at = 0
      while at < key.count, keys[column][at] == key[at] { at += 1 }
      if at == key.count { return column }
    }
    return nil
  }
}

package enum JSONKeys {
  /// The keys of an object.
  static func of(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> [String] {
    try paths(bytes, at: 0, prefix: "", levels: 1)
  }

  /// The keys of an object and, by their paths, of the objects in it.
  package static func paths(of bytes: borrowing Span<UInt8>) throws(JSONFailure) -> [String] {
    try paths(bytes, at: 0, prefix: "", levels: 4)
  }

  private static func paths(
    _ bytes: borrowing Span<UInt8>, at start: Int, prefix: String, levels: Int
  ) throws(JSONFailure) -> [String] {
    var keys: [String] = []
    var scanner = JSONScanner(at: start, allowsNonFinite: true)
    try scanner.beginObject(bytes)
    while let key = try scanner.nextKey(bytes) {
      let path = prefix + Escapes.json(bytes.extracting(key))
      let cell = try scanner.value(bytes)
      keys.append(path)
      if levels > 1, cell.kind == .nested, bytes[cell.start] == UInt8(ascii: "{") {
        keys += try paths(bytes, at: cell.start, prefix: path + ".", levels: levels - 1)
      }
    }
    return keys
  }
}

extension Span<UInt8> {
  /// The bytes as an array.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for at in indices { bytes.append(self[at]) }
    return bytes
  }
}
