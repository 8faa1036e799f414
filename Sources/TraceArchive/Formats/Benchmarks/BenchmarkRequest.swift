import TextAndBytes

/// What the results of a load generator say of a request. Times are in nanoseconds.
struct BenchmarkRequest {
  var input: JSON?
  var output: JSON?
  /// On the generator's clock; nil: not stated.
  var start: Int64?
  /// From the start.
  var firstToken: Int64?
  var end: Int64?
  /// Between the parts of the answer.
  var gaps: [Int64] = []
  var error: String?
  var status = "ok"

  /// Into a record; false, and counted, where something is missing or wrong.
  func fill(_ record: inout TraceRecord, _ place: JSONPlace, _ feed: TraceFeed) -> Bool {
    guard let input, let output = output ?? (status == "ok" ? nil : .integer(0)) else {
      feed.drop("requests without counts of tokens")
      return false
    }
    for (field, value) in [(TraceField.inputTokens, input), (.outputTokens, output)] {
      guard let count = value.integer, (0...Int64(Int32.max)).contains(count) else {
        feed.report(
          """
          \(field.name): found \(excerpt(value.compact)); allowed are whole numbers from 0 to \
          \(Int32.max)
          """, at: place)
        feed.drop(TraceFeed.unreadable)
        return false
      }
      record[field] = count
    }
    record.line = place.line
    if let start { record.arrival = start }
    record[text: .status] = status
    record[text: .errorType] = error
    guard status == "ok" else { return true }
    record[.ttft] = firstToken.map { $0 / 1000 }
    record[.endToEnd] = end.map { $0 / 1000 }
    fillChunks(&record)
    return true
  }

  /// A part is a token only where there are as many parts as tokens.
  private func fillChunks(_ record: inout TraceRecord) {
    guard let firstToken, !gaps.isEmpty else { return }
    let isToken = Int64(gaps.count + 1) == record.outputTokens
    var at = firstToken
    record.chunks = [TraceChunk(at: at / 1000, tokens: isToken ? 1 : nil)]
    for gap in gaps {
      let (sum, overflow) = at.addingReportingOverflow(max(0, gap))
      guard !overflow else { return record.chunks.removeAll() }
      at = sum
      record.chunks.append(TraceChunk(at: at / 1000, tokens: isToken ? 1 : nil))
    }
  }
}

extension TraceHeader {
  /// What is known of a benchmark run: with `load.mode` it is a recording, which `kavier validate`
  /// and `kavier calibrate` take.
  mutating func describeBenchmark(system: String?, model: String?, concurrency: Int64?) {
    self["provenance"] = .string("benchmark_run")
    self["collection", "system"] = system.map { .string($0) }
    self["collection", "model"] = model.map { .string($0) }
    self["collection", "load", "mode"] = .string(concurrency == nil ? "open" : "closed")
    self["collection", "load", "concurrency"] = concurrency.map { .integer($0) }
  }
}

extension JSON {
  /// A time that another lies before, in nanoseconds of a clock in seconds.
  func nanoseconds(after start: JSON?) -> Int64? {
    guard let time = scaled(9), let start = start?.scaled(9) else { return nil }
    return time - start
  }
}
