import TextAndBytes

extension TextTable {
  /// The table of figures of runs for a terminal, each group under the heading of its section.
  /// `sections`: one a row.
  func lines(under sections: [RunFigure.Section]) -> [String] {
    let lines = lines(width: TextLayout.width)
    var text = [lines[0]]
    var last: RunFigure.Section?
    for (section, line) in zip(sections, lines.dropFirst()) {
      if section != last { text.append(section.rawValue) }
      last = section
      text.append(line)
    }
    return text
  }
}
