/// A JSON object as text: each value by its path, `config.max_num_seqs`. Arrays stay as they are
/// written, and null is no value.
package struct JSONFields: Sendable {
  package private(set) var values: [String: String] = [:]

  /// Reads a file that holds one object.
  package static func read(path: String) throws(FileProblems) -> JSONFields {
    do throws(FileProblem) {
      let bytes = try ByteSource.contents(path: path)
      var fields = JSONFields()
      do throws(JSONFailure) {
        try fields.add(bytes.span, prefix: "", isWhole: true)
      } catch {
        let line = 1 + bytes.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
        throw FileProblem(
          file: path, line: line, message: "no JSON object: expected \(error.expected)")
      }
      return fields
    } catch {
      throw FileProblems(error)
    }
  }

  package subscript(_ path: String) -> String? { values[path] }

  private mutating func add(
    _ bytes: borrowing Span<UInt8>, prefix: String, isWhole: Bool
  ) throws(JSONFailure) {
    var scanner = JSONScanner()
    try scanner.beginObject(bytes)
    while let key = try scanner.nextKey(bytes) {
      let path = prefix + Escapes.json(bytes.extracting(key))
      let cell = try scanner.value(bytes)
      let value = bytes.extracting(cell.range)
      if cell.kind == .nested, value[0] == UInt8(ascii: "{") {
        try add(value, prefix: path + ".", isWhole: false)
      } else if cell.kind != .absent {
        values[path] = Escapes.json(value)
      }
    }
    if isWhole { try scanner.end(bytes) }
  }
}
