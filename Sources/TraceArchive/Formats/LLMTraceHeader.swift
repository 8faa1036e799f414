/// What `trace.json` says that reading the requests depends on.
struct LLMTraceHeader {
  /// nil: not said.
  var hashingKind: String?
  var blockSize: Int?
  var scope = PrefixBlocks.Scope.global
  var hasPartialBlocks = true

  init(path: String) throws(TraceProblem) {
    let text = try ByteSource.contents(path: path)
    let header = try Self.fields(["format_version", "hashing"], of: text, path: path)
    if let version = header[0] { try Self.check("format_version", version, ["1", "1.0"], path) }
    guard let hashing = header[1] else { return }
    let fields = try Self.fields(
      ["kind", "block_size", "scope", "partial_block"], of: Array(hashing.utf8), path: path)
    hashingKind = fields[0]
    if let size = fields[1] {
      guard let number = Int(size), (1...1_000_000).contains(number) else {
        throw TraceProblem(
          file: path,
          message: """
            hashing.block_size: found \(excerpt(size)); allowed are whole numbers from 1 to 1000000
            """)
      }
      blockSize = number
    }
    if let value = fields[2] {
      try Self.check("hashing.scope", value, PrefixBlocks.Scope.allCases.map(\.rawValue), path)
      scope = PrefixBlocks.Scope(rawValue: value) ?? .global
    }
    if let value = fields[3] {
      try Self.check("hashing.partial_block", value, ["included", "excluded"], path)
      hasPartialBlocks = value == "included"
    }
  }

  private static func check(
    _ name: String, _ found: String, _ allowed: [String], _ path: String
  ) throws(TraceProblem) {
    guard !allowed.contains(found) else { return }
    throw TraceProblem(
      file: path,
      message: "\(name): found \(excerpt(found)); allowed are \(allowed.joined(separator: ", "))")
  }

  /// The named values of an object as text, nil where there is none; nested ones as JSON.
  private static func fields(
    _ names: [String], of text: [UInt8], path: String
  ) throws(TraceProblem) -> [String?] {
    var found = [String?](repeating: nil, count: names.count)
    var scanner = JSONScanner()
    do throws(JSONFailure) {
      let bytes = text.span
      try scanner.beginObject(bytes)
      while let key = try scanner.nextKey(bytes) {
        let cell = try scanner.value(bytes)
        let name = Escapes.json(bytes.extracting(key))
        guard let index = names.firstIndex(of: name), cell.kind != .absent else { continue }
        found[index] =
          cell.kind == .nested
          ? String(decoding: text[cell.range], as: UTF8.self)
          : Escapes.json(bytes.extracting(cell.range))
      }
      try scanner.end(bytes)
    } catch {
      let line = 1 + text.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
      throw TraceProblem(
        file: path, line: line, message: "no JSON object: expected \(error.expected)")
    }
    return found
  }
}
