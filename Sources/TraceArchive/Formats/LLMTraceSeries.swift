import TextAndBytes

/// `series`: what the server and its devices told beside the requests, a row a value.
enum LLMTraceSeries {
  static let columns = ["at_us", "source", "name", "labels", "value"]

  static func read(directory: String, _ feed: TraceFeed) throws(FileProblems) {
    guard let path = LLMTraceReader.file("series", in: directory) else { return }
    var rows = try RecordReader.open(
      path: path, syntax: LLMTraceReader.isJSONLines(path) ? .jsonLines : .csv,
      kind: "llm-trace's series", required: ["at_us", "name", "value"],
      optional: ["source", "labels"])
    rows.lines.leavesOutTorn = feed.header.isGrowing
    do throws(FileProblem) {
      while try rows.advance() {
        if let sample = sample(&rows) { try feed.emit(sample) }
      }
    } catch {
      rows.problems.add(error)
    }
    if rows.lines.hasTorn { feed.noteTorn(path) }
    guard rows.problems.isEmpty else { throw rows.problems }
  }

  private static func sample(_ rows: inout RecordReader) -> TraceSample? {
    guard let at = rows.integer(0, in: -(.max / 1000) ... .max / 1000) else { return nil }
    guard let value = Double(rows.text(2)) else {
      rows.reportFound(2, "allowed are numbers")
      return nil
    }
    return TraceSample(
      at: at, source: rows.text(3), name: rows.text(1), labels: rows.text(4), value: value)
  }

  static func append(_ sample: TraceSample, to bytes: inout [UInt8]) {
    bytes.append(decimal: sample.at)
    for text in [sample.source, sample.name, sample.labels] {
      bytes.append(UInt8(ascii: ","))
      bytes.append(field: text)
    }
    bytes.append(UInt8(ascii: ","))
    let whole = Int64(exactly: sample.value)
    if let whole { bytes.append(decimal: whole) } else { bytes.append(field: "\(sample.value)") }
    bytes.append(UInt8(ascii: "\n"))
  }
}
