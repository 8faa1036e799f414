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
    let head = try Self.head(of: first)
    // Any column that a format needs makes it a candidate, so that its reader can say which ones
    // are missing; but a log that names its counts is one.
    let best = TraceFormat.allCases.map { Self.match($0.reader, head, path: path) }
      .enumerated().max { ($0.element.score, $1.offset) < ($1.element.score, $0.offset) }
    guard let best, best.element.score > 0 else { throw Self.unknown(path: path, head) }
    format = TraceFormat.allCases[best.offset]
    let found = Spelling.quoted(best.element.found)
    reason = "it has \(head.isJSON ? "keys" : "columns") \(found)"
  }

  /// How well the names fit: the share of the columns needed; a complete set counts by its size, so
  /// that of two formats the one that asks for more is it.
  private static func match(
    _ reader: any TraceReader.Type, _ head: TraceHead, path: String
  ) -> (score: Double, found: [String]) {
    guard head.isTable || reader.isJSONLines ?? head.isJSON == head.isJSON,
      head.object.map({ reader.recognises($0) }) ?? true
    else { return (0, []) }
    if reader == CSVReader.self {
      let found = head.isDocument ? [] : ColumnMap.guessed(head.paths).map(\.column)
      guard !found.isEmpty, !head.isDocument else { return (0, []) }
      return CSVReader.canRead(head.paths) ? (1, found) : (0, [])
    }
    // A table whose times have another name than the format's.
    if let times = reader.optionalArrival, !head.names.contains(times),
      ColumnMap.guessed(head.paths).contains(where: { $0.field == .arrival })
    {
      return (0, [])
    }
    // Such a table alone is a log.
    if reader == LLMTraceReader.self, !LLMTraceReader.hasHeader(beside: path) { return (0, []) }
    var best = (score: 0.0, found: [String]())
    for required in reader.alternatives {
      let found = required.filter { head.names.contains($0) }
      let isWhole = found.count == required.count
      let score = isWhole ? 1 + Double(found.count) : Double(found.count) / Double(required.count)
      if score > best.score { best = (score, found) }
    }
    return best
  }

  /// The names that a file begins with.
  static func head(_ path: String) throws(TraceProblems) -> TraceHead {
    do throws(TraceProblem) {
      return try head(of: path)
    } catch {
      throw TraceProblems(error)
    }
  }

  private static func head(of path: String) throws(TraceProblem) -> TraceHead {
    var lines = try LineReader.open(path: path, rowsAs: .csv)
    repeat {
      guard try lines.advance() else {
        throw TraceProblem(file: path, message: "the file has only blank lines")
      }
    } while lines.line.isEmpty
    guard [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(lines.buffer[lines.line.lowerBound])
    else {
      return TraceHead(
        names: CSVTable.names(lines.buffer.span.extracting(lines.line)), isTable: lines.isTable)
    }
    var isArray = false
    let object = try firstObject(path: path, lines, isArray: &isArray)
    let names = object.fields?.map(\.key) ?? []
    // Else it is an array or goes on over several lines.
    guard let paths = try? paths(&lines) else {
      return TraceHead(names: names, object: object, isDocument: true, isArray: isArray)
    }
    return TraceHead(names: names, paths: paths, object: object)
  }

  /// The first object: on the line, over several lines, or the first item of an array.
  private static func firstObject(
    path: String, _ lines: borrowing LineReader, isArray: inout Bool
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
    isArray = first?.array != nil
    while let items = first?.array { first = items.first }
    guard let first, first.fields != nil else {
      throw TraceProblem(
        file: path, line: lines.number,
        message: "no JSON object, nor an array of them, which traces in JSON consist of")
    }
    return first
  }

  /// The paths of the first objects: a request that failed may lack what others have.
  private static func paths(_ lines: inout LineReader) throws(JSONFailure) -> [String] {
    var paths = try JSONKeys.paths(of: lines.buffer.span.extracting(lines.line))
    var seen = Set(paths)
    var left = 50
    while left > 0, (try? lines.advance()) == true, paths.count < TableSample.mostColumns {
      let more = try? JSONKeys.paths(of: lines.buffer.span.extracting(lines.line))
      for path in more ?? [] where seen.insert(path).inserted { paths.append(path) }
      left -= 1
    }
    return paths
  }

  private static func unknown(path: String, _ head: TraceHead) -> TraceProblem {
    var message = "is no known trace format: the \(head.isJSON ? "keys" : "columns") are "
    message += Spelling.quoted(head.paths)
    if head.isDocument {
      message +=
        head.isArray
        ? "; the file is a JSON array: a log has one object a line, which `jq -c '.[]'` makes of it"
        : "; the file is one JSON object: a log has one object a line"
    }
    for field in [TraceField.inputTokens, .outputTokens] {
      if let known = ColumnMap.guessed(head.paths).first(where: { $0.field == field }) {
        message += "; \(known.column) has the \(field.name)"
      }
    }
    for name in TraceFormat.allCases.flatMap({ $0.reader.required }) {
      guard let near = Spelling.nearest(to: name, of: head.paths) else { continue }
      message += "; did you mean \(name) by \(excerpt(near))?"
      break
    }
    message += """
      ; say which columns are which: --map input_tokens=COLUMN --map output_tokens=COLUMN \
      --map arrival=COLUMN, in a scenario workload.trace.columns; `kavier trace formats` lists the \
      formats
      """
    return TraceProblem(file: path, line: 1, message: message)
  }
}

/// What a file begins with.
struct TraceHead {
  /// The columns, or the keys of the first object.
  var names: Set<String>
  /// The same in their order, with those of nested objects by their paths, and of further objects.
  var paths: [String]
  /// The first object.
  var object: JSON?
  /// The rows of a table that is no text.
  var isTable: Bool
  /// One object takes up the whole file.
  var isDocument: Bool
  /// That object is the first of an array.
  var isArray: Bool

  init(
    names: [String], paths: [String]? = nil, object: JSON? = nil, isTable: Bool = false,
    isDocument: Bool = false, isArray: Bool = false
  ) {
    self.names = Set(names)
    self.paths = paths ?? names
    self.object = object
    self.isTable = isTable
    self.isDocument = isDocument
    self.isArray = isArray
  }

  var isJSON: Bool { object != nil }
}
