/// The format of a trace, told by its first line.
struct FormatGuess {
  var format: TraceFormat
  /// What told it, for the user.
  var reason: String

  init(path: String) throws(TraceProblem) {
    let tasks = WTAReader.tasks(in: path)
    let files = ByteSource.isDirectory(tasks) ? Folder.jsonFiles(path) : [tasks]
    let isTrace = ByteSource.exists(path + "/trace.json") || LLMTraceReader.isHeader(path)
    guard let first = files.first, !isTrace else {
      format = .llmTrace
      reason = "it is a directory or a trace.json"
      return
    }
    let (names, object, isTable) = try Self.columns(path: first)
    let isJSON = object != nil
    // Any column that a format needs makes it a candidate, so that its reader can say which ones
    // are missing.
    let best = TraceFormat.allCases.map { Self.match($0.reader, names, object, isTable) }
      .enumerated().max { ($0.element.score, $1.offset) < ($1.element.score, $0.offset) }
    guard let best, best.element.score > 0 else {
      throw Self.unknown(path: path, names: names)
    }
    format = TraceFormat.allCases[best.offset]
    reason =
      "it has \(isJSON ? "keys" : "columns") \(best.element.found.joined(separator: ", "))"
  }

  /// How well the names fit: the share of the columns needed; a complete set counts by its size, so
  /// that of two formats the one that asks for more is it.
  private static func match(
    _ reader: any TraceReader.Type, _ names: [String], _ object: JSON?, _ isTable: Bool
  ) -> (score: Double, found: [String]) {
    let isJSON = object != nil
    guard isTable || reader.isJSONLines ?? isJSON == isJSON,
      object.map({ reader.recognises($0) }) ?? true
    else { return (0, []) }
    if reader == CSVReader.self, CSVReader.canRead(names) { return (1, names) }
    var best = (score: 0.0, found: [String]())
    for required in reader.alternatives {
      let found = required.filter { names.contains($0) }
      let isWhole = found.count == required.count
      let score = isWhole ? 1 + Double(found.count) : Double(found.count) / Double(required.count)
      if score > best.score { best = (score, found) }
    }
    return best
  }

  /// The names of a CSV file's first line.
  static func header(_ path: String) throws(TraceProblems) -> [String] {
    do throws(TraceProblem) {
      return try columns(path: path).names
    } catch {
      throw TraceProblems(error)
    }
  }

  private static func columns(
    path: String
  ) throws(TraceProblem) -> (names: [String], object: JSON?, isTable: Bool) {
    var lines = try LineReader.open(path: path, rowsAs: .csv)
    repeat {
      guard try lines.advance() else {
        throw TraceProblem(file: path, message: "the file has only blank lines")
      }
    } while lines.line.isEmpty
    guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(lines.buffer[lines.line.lowerBound])
    else {
      var names: [String] = []
      var reader = FieldReader()
      while let field = reader.next(lines.buffer.span.extracting(lines.line)) {
        names.append(Escapes.csv(lines.buffer.span.extracting(lines.line).extracting(field.range)))
      }
      return (names, nil, lines.isTable)
    }
    let object = try firstObject(path: path, lines)
    return (object.fields?.map(\.key) ?? [], object, false)
  }

  /// The first object: on the line, over several lines, or the first item of an array.
  private static func firstObject(
    path: String, _ lines: borrowing LineReader
  ) throws(TraceProblem) -> JSON {
    var first: JSON?
    do throws(JSONFailure) {
      first = try JSON(lines.buffer.span.extracting(lines.line))
    } catch {
      guard error.position >= lines.line.count else {
        throw TraceProblem(
          file: path, line: lines.number,
          message: "no JSON object: column \(error.position + 1): expected \(error.expected)")
      }
      first = try JSON.documents(path).first?.value
    }
    while let items = first?.array { first = items.first }
    guard let first, first.fields != nil else {
      throw TraceProblem(
        file: path, line: lines.number,
        message: "no JSON object, nor an array of them, which traces in JSON consist of")
    }
    return first
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
