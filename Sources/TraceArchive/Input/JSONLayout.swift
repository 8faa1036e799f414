/// Where the records of a JSON file stand.
enum JSONLayout: Hashable, Sendable {
  /// One object a line.
  case lines
  /// Objects one after the other, each over several lines, as `jq .` prints them.
  case objects
  /// The items of a list.
  case items(JSONList)

  /// Looks at the beginning of the file: as far as its first object ends, which of a file that is one
  /// object is all of it. A file that is no JSON has lines.
  init(path: String) throws(TraceProblem) {
    self = try JSONOutline(path: path)?.layout ?? .lines
  }
}

/// A list of objects in a file, which is the file itself or lies in the one object that the file is.
struct JSONList: Hashable, Sendable {
  /// Its keys, joined by points; empty for the file itself.
  var path: String
  /// Bytes before its bracket, of the file without its compression.
  var offset: Int
  /// The line its bracket stands on.
  var line: Int
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
