package import TextAndBytes

/// The formats that a trace can be written in, beside llm-trace.
package enum ExportFormat: String, CaseIterable, Sendable {
  case mooncake
  case azure
  case kavier
  case blis
  case wta

  package var summary: String {
    switch self {
    case .mooncake: "Mooncake JSON Lines: times in ms, lengths, block ids, sessions, delays"
    case .azure: "Azure CSV: dates and lengths"
    case .kavier: "Kavier CSV: sessions, turns, times in s, lengths, token ids"
    case .blis: "BLIS TraceV2 CSV: tenants, classes, sessions, modalities, measured times"
    case .wta: "a directory of the Workflow Trace Archive: tasks as Parquet"
    }
  }

  /// What of a request the format can hold; the rest is left out.
  package var fields: [TraceField] {
    switch self {
    case .mooncake:
      [.arrival, .inputTokens, .outputTokens, .prefixIDs, .sessionID, .think, .priority]
    case .azure: [.arrival, .inputTokens, .outputTokens, .imageCount]
    case .kavier: [.arrival, .inputTokens, .outputTokens, .sessionID, .turn]
    case .blis: BLISWriter.fields
    case .wta:
      WTAReader.params + [.parentID, .dependsOn]
    }
  }

  /// Why a request cannot be written; nil: it can.
  func fault(of record: TraceRecord) -> String? {
    if record.arrival == nil, self != .kavier {
      return
        "a request without arrival cannot be written as \(rawValue); its requests wait for others"
    }
    return nil
  }
}

/// What was written.
package struct ExportResult: Sendable {
  package var reading: TraceReading
  /// Columns with values that the format has no place for.
  package var lost: [String]
}

package enum TraceExport {
  /// Reads the trace at `path` and writes it in another format, beside its place first.
  package static func run(
    path: String, options: TraceReadOptions, as format: ExportFormat, to out: String
  ) throws(FileProblems) -> ExportResult {
    if format == .wta { return try WTAWriter.run(path: path, options: options, to: out) }
    do throws(FileProblem) {
      let file = try StagedFile(path: out)
      let writer = LineWriter(format, to: file)
      let sorter = SortingSink(into: writer)
      let sink: any TraceSink = options.sort ? sorter : writer
      let reading: TraceReading
      do throws(FileProblems) {
        reading = try TraceReading.read(path: path, options: options, into: sink)
        if options.sort { try sorter.finish() }
      } catch {
        throw TraceExportFailure(error).problem
      }
      try file.commit()
      return ExportResult(reading: reading, lost: lost(writer.seen, format))
    } catch {
      throw FileProblems(error)
    }
  }

  static func lost(_ seen: UInt64, _ format: ExportFormat) -> [String] {
    let kept = format.fields + [.requestID]
    return TraceField.allCases.filter {
      seen & (1 << UInt64($0.rawValue)) != 0 && !kept.contains($0)
    }.map(\.name)
  }
}

/// Several problems as one, where only one can be thrown.
private struct TraceExportFailure {
  var problem: FileProblem

  init(_ problems: FileProblems) {
    problem =
      problems.problems.first ?? FileProblem(file: "", message: "the trace cannot be read")
    if problems.count > 1 { problem.message += " (and \(problems.count - 1) more problems)" }
  }
}
