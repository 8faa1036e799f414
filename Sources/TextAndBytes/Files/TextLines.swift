/// The lines of a text file, plain or gzip, as they are.
package enum TextLines {
  /// With their numbers; blank ones are left out.
  package static func read(
    path: String
  ) throws(FileProblems) -> [(line: Int, text: String)] {
    var lines: [(line: Int, text: String)] = []
    do throws(FileProblem) {
      var reader = try LineReader.open(path: path)
      while try reader.advance() {
        let text = String(decoding: reader.buffer[reader.line], as: UTF8.self)
        if text.contains(where: { !$0.isWhitespace }) { lines.append((reader.number, text)) }
      }
    } catch {
      throw FileProblems(error)
    }
    return lines
  }
}
