import TextAndBytes

/// What a reader took a column for.
package struct ColumnMeaning: Hashable, Sendable {
  package var field: TraceField
  package var column: String
  /// How its times are written, where it has any.
  var time: TimeSpelling?

  init(field: TraceField, column: String, time: TimeSpelling? = nil) {
    self.field = field
    self.column = column
    self.time = time
  }

  init?(_ use: RecordReader.ColumnUse, of columns: [RecordReader.Column]) {
    guard let field = TraceField(rawValue: use.purpose) else { return nil }
    self.init(field: field, column: columns[use.column].name, time: use.time)
  }

  /// `arrival = created_at (dates)`.
  package var text: String {
    let name = field.name.hasSuffix("_us") ? String(field.name.dropLast(3)) : field.name
    return "\(name) = \(column)" + (time.map { " (\($0.words))" } ?? "")
  }
}
