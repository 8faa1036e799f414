import TraceArchive
import TextAndBytes

/// The row of a recording.
enum RecordedRow {
  static let fields: [TraceField] = TraceField.allCases.filter {
    ![.trigger, .cacheWriteTokens, .queueing].contains($0)
  }

  /// What the workload says of the request, with what was measured. `offset`: nanoseconds from the
  /// recording's origin to the load's start.
  static func make(
    _ record: RequestRecord, of request: PlannedRequest, set: RecordingSetUp, offset: Int64
  ) -> TraceRecord {
    var row = request.record
    clear(&row)
    // Traces have whole microseconds.
    let due = (record.scheduled + offset) / 1000 * 1000
    row.arrival = due
    row.inputTokens = record.promptTokens ?? request.inputTokens
    row.outputTokens = record.completionTokens ?? Int64(record.isOK ? record.chunks.count : 0)
    row[.maxOutputTokens] = request.maxTokens
    row[.streaming] = 1
    row[text: .operation] = set.style.isChat(request) ? "chat" : "completion"
    let asked = set.style.usesTraceModels ? row[text: .model] ?? set.model : set.model
    row[text: .model] = asked
    if let model = record.model, model != asked { row[text: .responseModel] = model }
    row[.cachedInputTokens] = record.cachedTokens
    row[.reasoningTokens] = record.reasoningTokens
    row[text: .status] = record.failure?.status ?? "ok"
    row[text: .finishReason] = record.finishReason
    row[text: .errorType] = record.failure?.reason
    measure(&row, record, since: due - offset)
    keepBlocks(&row, set)
    return row
  }

  /// What the workload's own source measured is no part of this measurement.
  private static func clear(_ row: inout TraceRecord) {
    row.inputIDs = []
    row.outputIDs = []
    row.events = []
    for field in [
      TraceField.trigger, .cachedInputTokens, .cacheWriteTokens, .reasoningTokens, .responseModel,
      .status, .finishReason, .errorType, .sent, .queueing, .ttft, .endToEnd, .extra,
    ] {
      row.remove(field)
    }
  }

  private static func measure(
    _ row: inout TraceRecord, _ record: RequestRecord, since due: Int64
  ) {
    func microseconds(_ time: Int64?) -> Int64? { time.map { max(0, $0 - due) / 1000 } }
    row[.sent] = microseconds(record.sent)
    row[.ttft] = microseconds(record.firstToken)
    if record.isOK { row[.endToEnd] = microseconds(record.lastToken) }
    row.chunks = record.chunks.map {
      TraceChunk(at: max(0, $0.at - due) / 1000, tokens: $0.tokens)
    }
    var extra = JSON.object([])
    if record.attempts > 1 { extra["attempts"] = .integer(Int64(record.attempts)) }
    if let status = record.httpStatus, status != 200 {
      extra["http_status"] = .integer(Int64(status))
    }
    if record.isOK, record.completionTokens == nil { extra["output_tokens_are"] = .string("parts") }
    if record.isOK, record.promptTokens == nil { extra["input_tokens_are"] = .string("asked") }
    if extra != .object([]) { row[text: .extra] = extra.compact }
  }

  /// Block ids are those of what was sent only while the server counts the same tokens.
  private static func keepBlocks(_ row: inout TraceRecord, _ set: RecordingSetUp) {
    guard row.has(.prefixIDs) else { return }
    let expected = set.workload.hashing?.expectedCount(tokens: row.inputTokens)
    if set.style.kind != .ids || expected != row.prefixIDs.count { row.prefixIDs = [] }
  }
}
