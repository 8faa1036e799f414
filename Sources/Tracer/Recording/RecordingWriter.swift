import SimKernel
package import TraceArchive
package import TextAndBytes

/// Writes a recording as an llm-trace directory.
package struct RecordingWriter: Sendable {
  package var set: RecordingSetUp
  package var path: String
  /// What was recorded before this part.
  package var before: RecordingFile
  /// Nanoseconds from the recording's origin to this part's zero.
  package var offset: Int64
  package var clock: RunClock
  /// Requests of the workload by their id.
  private let known: Set<Int64>

  package init(
    _ set: RecordingSetUp, path: String, before: RecordingFile, offset: Int64, clock: RunClock
  ) {
    self.set = set
    self.path = path
    self.before = before
    self.offset = offset
    self.clock = clock
    known = Set(set.workload.requests.map(\.record.id))
  }

  /// Writes all there is until now, in place of what stands there.
  package func write(
    _ records: [RequestRecord], _ samples: [TraceSample], _ progress: LoadProgress,
    cpuSeconds: Double
  ) throws(FileProblems) {
    let writer = try LLMTraceWriter(directory: path, replaces: true)
    let rows = self.rows(records)
    let header = header(rows, records, progress, cpuSeconds: cpuSeconds)
    var reading = TraceReading(format: .llmTrace, header: header)
    do throws(FileProblem) {
      try writer.begin(header, fields: RecordedRow.fields)
      for row in rows { try writer.take(row) }
      for sample in before.samples { try writer.take(sample) }
      for sample in samples { try writer.take(moved(sample)) }
    } catch {
      throw FileProblems(error)
    }
    reading.rowsRead = rows.count
    reading.rowsWritten = rows.count
    try writer.finish(reading)
  }

  /// In order of arrival; the number as last word keeps rows behind those they wait for.
  private func rows(_ records: [RequestRecord]) -> [TraceRecord] {
    var numbered = before.rows.map { ($0.arrival ?? 0, $0.id, $0) }
    for record in records.sorted(by: { $0.number < $1.number }) {
      let row = row(record)
      numbered.append((row.arrival ?? 0, row.id, row))
    }
    numbered.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    return numbered.map(\.2)
  }

  /// A request's row.
  func row(_ record: RequestRecord) -> TraceRecord {
    let request = set.workload.requests[record.number]
    var row = RecordedRow.make(record, of: request, set: set, offset: offset)
    row[.parentID] = row[.parentID].flatMap { known.contains($0) ? $0 : nil }
    row.dependsOn = row.dependsOn.filter(known.contains)
    return row
  }

  /// A value of this part, on the recording's time.
  func moved(_ sample: TraceSample) -> TraceSample {
    var sample = sample
    sample.at += offset / 1000
    return sample
  }

  func header(
    _ rows: [TraceRecord], _ records: [RequestRecord], _ progress: LoadProgress,
    cpuSeconds: Double
  ) -> TraceHeader {
    var header = before.header
    header["rows"] = nil
    header["stats"] = nil
    header["name"] = .string(path.split(separator: "/").last.map(String.init) ?? "recording")
    header["provenance"] = .string("benchmark_run")
    header["description"] = .string(
      "Recorded at \(set.origin) by kavier trace record: \(set.workload.description)")
    if before.header["time", "origin"] == nil {
      header["time", "origin"] = .string(Timestamp.text(nanoseconds: clock.date))
    }
    header["time", "resolution_us"] = .integer(1)
    header["arrival_mode"] = .string(set.options.concurrency == nil ? "open" : "closed")
    if rows.contains(where: { $0.has(.prefixIDs) }) { header.hashing = set.workload.hashing }
    header["collection"] = collection(rows, records, progress, cpuSeconds: cpuSeconds)
    return header
  }

  private func collection(
    _ rows: [TraceRecord], _ records: [RequestRecord], _ progress: LoadProgress,
    cpuSeconds: Double
  ) -> JSON {
    var json = set.collection
    let planned = set.workload.requests.count
    json["planned_requests"] = .integer(Int64(planned))
    json["is_complete"] = .bool(rows.count == planned && !records.contains(where: \.isCancelled))
    json["latencies"] = .string(
      set.options.concurrency == nil
        ? "from when requests were due, so that no delay of the client hides one of the server"
        : "from when a client was free to send")
    var part = JSON.object([
      .init("date", .string(Timestamp.text(nanoseconds: clock.date))),
      .init("offset_us", .integer(offset / 1000)),
      .init("requests", .integer(Int64(records.count))),
      .init("client_cpu_seconds", .decimal((cpuSeconds * 1000).rounded() / 1000)),
    ])
    for (name, q) in [("lateness_p50_us", 0.5), ("lateness_p99_us", 0.99)] {
      part[name] = progress.lateness.quantile(q).map { .integer(Int64($0 / 1e6)) }
    }
    json["parts"] = .array(before.parts + [part])
    return json
  }
}

extension RequestRecord {
  /// It was stopped by the user.
  package var isCancelled: Bool { failure == .cancelled }
}
