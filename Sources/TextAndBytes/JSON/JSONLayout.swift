/// Where the records of a JSON file stand.
package enum JSONLayout: Hashable, Sendable {
  /// One object a line.
  case lines
  /// Objects one after the other, each over several lines, as `jq .` prints them.
  case objects
  /// The items of a list.
  case items(JSONList)
}

/// A list of objects in a file, which is the file itself or lies in the one object that the file is.
package struct JSONList: Hashable, Sendable {
  /// Its keys, joined by points; empty for the file itself.
  package var path: String
  /// Bytes before its bracket, of the file without its compression.
  var offset: Int
  /// The line its bracket stands on.
  var line: Int
}
