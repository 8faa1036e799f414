/// The format of a trace, told by its first line.
struct FormatGuess {
  var format: TraceFormat
  /// What told it, for the user.
  var reason: String

  init(path: String) throws(TraceProblem) {
    if ByteSource.isDirectory(path) || LLMTraceReader.isHeader(path) {
      format = .llmTrace
      reason = "it is a directory or a trace.json"
      return
    }
    let (names, isJSON) = try Self.columns(path: path)
    // Any column that a format needs makes it a candidate, so that its reader can say which ones
    // are missing.
    let scores = TraceFormat.allCases.map { format in
      let reader = format.reader
      guard reader.isJSONLines ?? isJSON == isJSON else { return 0.0 }
      return Double(reader.required.count { names.contains($0) }) / Double(reader.required.count)
    }
    guard let best = scores.max(), best > 0, let index = scores.firstIndex(of: best) else {
      throw Self.unknown(path: path, names: names)
    }
    format = TraceFormat.allCases[index]
    let known = format.reader.required.filter { names.contains($0) }
    reason = "it has \(isJSON ? "keys" : "columns") \(known.joined(separator: ", "))"
  }

  private static func columns(
    path: String
  ) throws(TraceProblem) -> (names: [String], isJSON: Bool) {
    var lines = try LineReader.open(path: path)
    repeat {
      guard try lines.advance() else {
        throw TraceProblem(file: path, message: "the file has only blank lines")
      }
    } while lines.line.isEmpty
    guard lines.buffer[lines.line.lowerBound] == UInt8(ascii: "{") else {
      var names: [String] = []
      var reader = FieldReader()
      while let field = reader.next(lines.buffer.span.extracting(lines.line)) {
        names.append(Escapes.csv(lines.buffer.span.extracting(lines.line).extracting(field.range)))
      }
      return (names, false)
    }
    do {
      return (try JSONKeys.of(lines.buffer.span.extracting(lines.line)), true)
    } catch {
      throw TraceProblem(
        file: path, line: lines.number,
        message: "no JSON object: column \(error.position + 1): expected \(error.expected)")
    }
  }

  private static func unknown(path: String, names: [String]) -> TraceProblem {
    let known = TraceFormat.allCases.map { format in
      "\(format.rawValue) (\(format.reader.required.joined(separator: ", ")))"
    }
    let found = names.prefix(10).map { excerpt($0) }.joined(separator: ", ")
    var message = "is no known trace format: the first line has \(found)"
    for name in TraceFormat.allCases.flatMap({ $0.reader.required }) {
      guard let near = Spelling.nearest(to: name, of: names) else { continue }
      message += "; did you mean \(name) by \(excerpt(near))?"
      break
    }
    return TraceProblem(
      file: path, line: 1,
      message: message + "; known formats and their columns: \(known.joined(separator: ", "))")
  }
}
