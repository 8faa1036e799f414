import TextAndBytes

/// What a file begins with.
struct TraceHead {
  /// The columns, or the keys of the first object.
  var names: Set<String>
  /// The same in their order, with those of nested objects by their paths, and of further objects; of
  /// very many the first.
  var paths: [String]
  /// How many there are.
  var count: Int
  /// What well-known names mean.
  let guessed: [(field: TraceField, column: String)]
  var isJSON = false
  /// The first object; nil where it is the whole file, or there is none.
  var object: JSON?
  /// The rows of a table that is no text.
  var isTable = false
  /// One object takes up the whole file.
  var isDocument = false

  init(names: [String], paths: [String]? = nil) {
    self.names = Set(names)
    count = (paths ?? names).count
    self.paths = Array((paths ?? names).prefix(TableSample.mostColumns))
    guessed = ColumnMap.guessed(self.paths)
  }

  /// Whether the names are those of a log's columns.
  var isLog: Bool { CSVReader.canRead(guessed) }
}

/// What a file begins with, both as the one object that it may be and as the list in that.
struct TraceHeads {
  private let path: String
  /// As one object.
  private(set) var document: TraceHead?
  /// As records.
  private(set) var records: TraceHead
  /// Lists of objects that the records may be in.
  private(set) var doubtfulLists: [String] = []
  /// Whether the file is one object, and its records are not known to be elsewhere.
  private(set) var isOneObject = false
  /// The list that the records are in; empty: the file is it.
  private(set) var list: String?
  private let content: DocumentContent

  var all: [TraceHead] { [document, records.isDocument ? nil : records].compactMap(\.self) }

  init(_ path: String) throws(FileProblem) {
    self.path = path
    content = DocumentContent(path: path)
    guard let outline = try JSONOutline(path: path) else {
      records = try Self.table(path)
      return
    }
    let layout = outline.layout
    list = outline.list?.path
    if outline.isObject, outline.isAlone {
      var head = TraceHead(
        names: outline.paths.filter { !$0.contains(".") }, paths: outline.paths)
      head.isJSON = true
      head.isDocument = true
      head.count = outline.count
      document = head
      doubtfulLists = outline.doubtfulLists
      isOneObject = outline.list == nil
    }
    // A row may be the only one.
    if var document, layout == .lines || layout == .objects, !outline.isRequest, outline.isWhole {
      document.isDocument =
        outline.isMultiline || !outline.lists.isEmpty || document.isLog
      records = document
      return
    }
    // Of one that is cut off nothing is sure.
    if outline.isObject, outline.isMultiline, !outline.isWhole, outline.list == nil {
      _ = try content.value()
    }
    records = try Self.objects(path, layout)
  }

  /// The first object that a head is of.
  func object(of head: TraceHead) throws(FileProblem) -> JSON? {
    // What is alone is known without a look at its values.
    if let object = head.object { return object }
    return head.isJSON ? try content.value() : nil
  }

  private static func table(_ path: String) throws(FileProblem) -> TraceHead {
    var lines = try LineReader.open(path: path, rowsAs: .csv)
    repeat {
      guard try lines.advance() else {
        throw FileProblem(file: path, message: "the file has only blank lines")
      }
    } while lines.line.isEmpty
    var head = TraceHead(names: CSVTable.names(lines.buffer.span.extracting(lines.line)))
    head.isTable = lines.isTable
    return head
  }

  /// The first objects: a request that failed may lack what others have.
  private static func objects(
    _ path: String, _ layout: JSONLayout
  ) throws(FileProblem) -> TraceHead {
    var lines = try LineReader.open(path: path, rowsAs: .jsonLines, layout: layout)
    var first: JSON?
    var paths: [String] = []
    var seen: Set<String> = []
    var left = 50
    while left > 0, paths.count < TableSample.mostColumns {
      do throws(FileProblem) {
        guard try lines.advance() else { break }
      } catch {
        // The reading proper says so; without a first object there is none.
        guard first == nil else { break }
        throw error
      }
      guard !lines.line.isEmpty else { continue }
      left -= 1
      if first == nil { first = try object(lines) }
      let more = try? JSONKeys.paths(of: lines.buffer.span.extracting(lines.line))
      for path in more ?? [] where seen.insert(path).inserted { paths.append(path) }
    }
    guard let first else {
      throw FileProblem(
        file: path, message: "the list in it is empty; a log has an object for each request")
    }
    var head = TraceHead(names: first.fields?.map(\.key) ?? [], paths: paths)
    head.isJSON = true
    head.object = first
    return head
  }

  /// The object on the current line.
  private static func object(_ lines: borrowing LineReader) throws(FileProblem) -> JSON? {
    var value: JSON
    do throws(JSONFailure) {
      value = try JSON(lines.buffer.span.extracting(lines.line))
    } catch {
      throw FileProblem(
        file: lines.path, line: lines.number,
        message: "no JSON object: column \(error.position + 1): expected \(error.expected)"
          + lines.cutOffHint)
    }
    while let first = value.array?.first { value = first }
    guard value.fields != nil else {
      throw FileProblem(
        file: lines.path, line: lines.number,
        message: "no JSON object, nor a list of them, which traces in JSON consist of")
    }
    return value
  }
}

/// The object that a file is, read when it is asked for, and once.
private final class DocumentContent {
  private let path: String
  private var known: JSON?

  init(path: String) { self.path = path }

  func value() throws(FileProblem) -> JSON? {
    if known == nil { known = try JSON.documents(path).first?.value }
    return known
  }
}

extension FormatGuess {
  /// The names that a file's records begin with.
  static func head(_ path: String) throws(FileProblems) -> TraceHead {
    do throws(FileProblem) {
      return try TraceHeads(path).records
    } catch {
      throw FileProblems(error)
    }
  }
}
