package import TextAndBytes

extension JSONLayout {
  /// Looks at the beginning of the file: as far as its first object ends, which of a file that is one
  /// object is all of it. A file that is no JSON has lines.
  package init(path: String) throws(FileProblem) {
    self = try JSONOutline(path: path)?.layout ?? .lines
  }
}

extension JSONOutline {
  /// Whether the first object has the columns of a request itself.
  var isRequest: Bool {
    // Of a table that is written column by column, a key is a row's number.
    CSVReader.canRead(paths) && !paths.contains { $0.hasSuffix(".0") }
  }

  var layout: JSONLayout {
    if let list { return .items(list) }
    return isObject && (isMultiline || isFollowedByComma) ? .objects : .lines
  }

  /// The list that the requests are in; nil where there is none, or which one is not clear.
  var list: JSONList? {
    guard isAlone, !isRequest else { return nil }
    let logs = lists.filter { CSVReader.canRead($0.paths) }
    let candidates = logs.isEmpty ? lists : logs
    return candidates.count == 1 ? candidates[0].list : nil
  }

  /// The lists of objects in it, where which one the requests are in is not clear.
  var doubtfulLists: [String] { list == nil && isAlone ? lists.map(\.list.path) : [] }
}
