/// One JSON object a line.
extension RecordReader {
  /// Scans the current line; false when it is no JSON object or lacks a required key.
  mutating func scanJSON() throws(TraceProblem) -> Bool {
    var found: [Cell] = []
    var others: [(name: Range<Int>, value: Cell)] = []
    // Taken out and put back, since the line and its cells cannot be in use together.
    swap(&found, &cells)
    swap(&others, &unmapped)
    let failure = Self.scan(
      lines.buffer.span.extracting(lines.line), keys: keys, into: &found, others: &others)
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

  private static func scan(
    _ bytes: borrowing Span<UInt8>, keys: [[UInt8]], into cells: inout [Cell],
    others: inout [(name: Range<Int>, value: Cell)]
  ) -> JSONFailure? {
    for column in cells.indices { cells[column] = .absent }
    others.removeAll(keepingCapacity: true)
    var scanner = JSONScanner()
    do throws(JSONFailure) {
      try scanner.beginObject(bytes)
      while let key = try scanner.nextKey(bytes) {
        let cell = try scanner.value(bytes)
        if let column = column(bytes.extracting(key), among: keys) {
          cells[column] = cell
        } else if cell.kind != .absent {
          others.append((key, cell))
        }
      }
      try scanner.end(bytes)
      return nil
    } catch {
      return error
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

enum JSONKeys {
  /// The keys of an object.
  static func of(_ bytes: borrowing Span<UInt8>) throws(JSONFailure) -> [String] {
    var keys: [String] = []
    var scanner = JSONScanner()
    try scanner.beginObject(bytes)
    while let key = try scanner.nextKey(bytes) {
      keys.append(Escapes.json(bytes.extracting(key)))
      _ = try scanner.value(bytes)
    }
    return keys
  }
}
